package dev.boreal.journal.replica;

/** What a replica does in its term. */
enum Role {
    /** Copies, or waits. */
    FOLLOWER,
    /** Of a chain: will lead as soon as its standing is durable. */
    SUCCESSOR,
    /** Of a quorum: asks for promises, or takes over the longest log among them. */
    CANDIDATE,
    LEADER
}
