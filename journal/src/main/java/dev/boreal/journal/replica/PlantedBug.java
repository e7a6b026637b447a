package dev.boreal.journal.replica;

/** Bugs that a simulation plants into {@link ReplicaCore} to prove that it would find them. */
public enum PlantedBug {
    /** As it should be. */
    NONE,
    /** Acknowledges what was received, before the sync. */
    ACKNOWLEDGES_BEFORE_SYNC,
    /** The head of a chain does not wait for the last member. */
    CHAIN_SKIPS_A_MEMBER,
    /** The winner of a ballot goes on with its own log, whatever the promises say. */
    PROPOSER_IGNORES_ACCEPTED,
    /** A follower puts records behind whatever it has. */
    FOLLOWER_KEEPS_MISMATCHING_SUFFIX,
    /** A head that restarted goes on in the term in which it died. */
    HEAD_GOES_ON_AFTER_RESTART,
    /** A heartbeat is told before the entries before it are committed. */
    HEARTBEAT_PASSES_UNCOMMITTED
}
