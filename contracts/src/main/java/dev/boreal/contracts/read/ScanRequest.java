package dev.boreal.contracts.read;

import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.row.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A range scan as of a timestamp.
 *
 * @param asOf the snapshot, nanoseconds since the Unix epoch; a row is seen in its newest version {@code <= asOf}
 * @param range the keys
 * @param reverse descending order of keys
 * @param filter only rows that satisfy it, or null for all
 * @param projection the fields to return, ascending, or null for the whole row; a projected row holds just those
 *     fields, in this order, and ends early where fields are missing at the end of the stored row
 * @param withKeys whether the batch carries keys
 * @param limit at most this many rows, after the filter; {@link Long#MAX_VALUE} for no limit
 */
public record ScanRequest(
        long asOf,
        KeyRange range,
        boolean reverse,
        @Nullable Predicate filter,
        int @Nullable [] projection,
        boolean withKeys,
        long limit) {

    /** Every whole row of the range with its key, ascending. */
    public static ScanRequest all(long asOf, KeyRange range) {
        return new ScanRequest(asOf, range, false, null, null, true, Long.MAX_VALUE);
    }
}
