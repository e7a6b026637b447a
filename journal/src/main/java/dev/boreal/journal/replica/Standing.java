package dev.boreal.journal.replica;

/**
 * What a replica must know after a restart, besides its log.
 *
 * @param term of a quorum: the highest ballot promised; of a chain: the last plan taken part in, made durable before the
 *     replica led or accepted anything in it
 * @param complete of a chain: whether the log holds all that was ever committed, so that the replica may lead
 */
public record Standing(long term, boolean complete) {
    /** Of a replica that never took part. */
    public static final Standing NONE = new Standing(0, false);
}
