package dev.boreal.controlplane.paxos;

/** What a member does at the moment. */
public enum PaxosRole {
    /** Follows, or waits to hear from a leader. */
    FOLLOWER,
    /** Asks whether it would get promises. */
    CANVASSING,
    /** Gathers promises. */
    CANDIDATE,
    /** Proposes. */
    LEADER
}
