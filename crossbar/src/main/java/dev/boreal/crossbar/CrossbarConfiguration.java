package dev.boreal.crossbar;

/**
 * The settings of a crossbar, validated together.
 *
 * @param batchEntries how many entries a subscriber is given in one call at most
 * @param batchBytes after how many bytes of writes such a call takes no further entry
 * @param windowEntries how many entries a feed asks of one journal ahead of its subscriber at most
 * @param windowBytes how many bytes these should take; entries of unusual size may exceed it
 */
public record CrossbarConfiguration(int batchEntries, long batchBytes, int windowEntries, long windowBytes) {
    public CrossbarConfiguration {
        if (batchEntries < 1 || batchBytes < 1 || windowEntries < 1 || windowBytes < 1) {
            throw new IllegalArgumentException("batches and windows of a crossbar must hold something");
        }
    }

    public static CrossbarConfiguration defaults() {
        return new CrossbarConfiguration(512, 1 << 20, 2_048, 16 << 20);
    }
}
