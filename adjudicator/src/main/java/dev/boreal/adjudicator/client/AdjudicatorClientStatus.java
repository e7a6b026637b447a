package dev.boreal.adjudicator.client;

/**
 * What a client knows and does, for people.
 *
 * @param leader whom it asks, empty while it looks for one
 * @param epoch of the leader's tenure
 * @param underWay requests without an answer
 * @param waiting those of them that wait for a leader
 */
public record AdjudicatorClientStatus(String leader, long epoch, int underWay, int waiting) {}
