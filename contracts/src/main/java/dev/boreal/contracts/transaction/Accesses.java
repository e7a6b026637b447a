package dev.boreal.contracts.transaction;

import dev.boreal.contracts.key.KeyRange;
import java.util.Arrays;
import java.util.List;

/**
 * The accesses of one transaction: points as fingerprints with their modes, in two parallel arrays, and the ranges
 * that it read under SERIALIZABLE. Each point stands once, with its strongest mode. Immutable by agreement: whoever
 * builds one gives the arrays away.
 */
public record Accesses(long[] fingerprints, byte[] modes, List<KeyRange> readRanges) {
    public static final Accesses NONE = new Accesses(new long[0], new byte[0], List.of());

    public Accesses {
        if (fingerprints.length != modes.length) {
            throw new IllegalArgumentException(fingerprints.length + " fingerprints, " + modes.length + " modes");
        }
        readRanges = List.copyOf(readRanges);
    }

    public int points() {
        return fingerprints.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Accesses that
                && Arrays.equals(fingerprints, that.fingerprints)
                && Arrays.equals(modes, that.modes)
                && readRanges.equals(that.readRanges);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(fingerprints) + readRanges.hashCode();
    }

    @Override
    public String toString() {
        return "Accesses[points=" + fingerprints.length + ", readRanges=" + readRanges + "]";
    }
}
