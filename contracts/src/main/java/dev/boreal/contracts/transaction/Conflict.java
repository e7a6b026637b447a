package dev.boreal.contracts.transaction;

/**
 * Why a transaction may not commit: everything a person could ask.
 *
 * @param accessIndex index into the loser's {@link Accesses#fingerprints()} of the point in conflict, or -1 if a read
 *     range is in conflict
 * @param rangeIndex index into {@link Accesses#readRanges()}, or -1
 * @param loserMode how the loser accessed it
 * @param winnerMode how the winner accessed it
 * @param winnerTransactionId the transaction that committed first, or 0 if it is not known any more (a promise that
 *     expired, a window rebuilt without names)
 * @param winnerTimestamp the winner's {@code t_commit}
 * @param winnerSession the winner's session label, empty if unknown
 * @param winnerRegion the winner's region, empty if unknown
 * @param loserSnapshot the loser's {@code t_start}
 * @param adjudicator the adjudicator that found it
 */
public record Conflict(
        int accessIndex,
        int rangeIndex,
        AccessMode loserMode,
        AccessMode winnerMode,
        long winnerTransactionId,
        long winnerTimestamp,
        String winnerSession,
        String winnerRegion,
        long loserSnapshot,
        String adjudicator) {}
