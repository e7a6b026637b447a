package dev.boreal.contracts.transaction;

/** What an adjudicator answers to a {@link CommitRequest}. */
public sealed interface CommitOutcome {

    /** Durable, ordered at {@code timestamp}, and the clock has certainly passed it: the client may be answered. */
    record Committed(long timestamp) implements CommitOutcome {}

    /** Another transaction that committed in {@code (snapshot, t_commit)} conflicts. Nothing was written. */
    record Conflicted(Conflict conflict) implements CommitOutcome {}

    /** Not committed, for a reason other than a conflict. Nothing was written. */
    record Refused(RefusalReason reason, String message) implements CommitOutcome {}

    /**
     * The entry went towards the journal and no answer came, or the journal failed while writing it: it may or may not
     * be durable. The client must be told so (SQLSTATE 08007).
     */
    record Indeterminate(String message) implements CommitOutcome {}

    /** Why a request was refused. */
    enum RefusalReason {
        /** The snapshot lies before what this adjudicator remembers: take a new one and run again. */
        SNAPSHOT_TOO_OLD,
        /** The sender's epoch is not this tenure's. */
        STALE_EPOCH,
        /** This process holds no tenure now, or lost it. */
        NOT_LEADER,
        /** A bounded queue is full: try again later. */
        OVERLOADED,
        /** The journal takes no appends: full disk, failed sync, or closed. */
        JOURNAL_UNAVAILABLE,
        /** The transaction is larger than its setting allows. */
        TOO_LARGE,
        /** The request was lost when the adjudicator changed, and cannot come into effect any more: run again. */
        NEVER_COMMITTED
    }
}
