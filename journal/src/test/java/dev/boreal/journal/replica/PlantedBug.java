package dev.boreal.journal.replica;

/** Mistakes that {@link FaultyReplica} makes around the real core, to prove that the simulation would find them. */
enum PlantedBug {
    /** As it should be. */
    NONE,
    /** The disk says that it has what it was only asked to write. */
    ACKNOWLEDGES_BEFORE_SYNC,
    /** The head of a chain does not wait for the last member: it says itself that that has everything. */
    CHAIN_SKIPS_A_MEMBER,
    /** A candidate hears promises without what was accepted, and goes on with its own log. */
    PROPOSER_IGNORES_ACCEPTED,
    /** A follower puts records behind whatever it has. */
    FOLLOWER_KEEPS_MISMATCHING_SUFFIX,
    /** A head that restarted forgot that it led its term already, and goes on in it. */
    HEAD_GOES_ON_AFTER_RESTART,
    /** A heartbeat is told before the entries before it are committed. */
    HEARTBEAT_PASSES_UNCOMMITTED
}
