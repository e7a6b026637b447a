package dev.boreal.adjudicator.order;

import dev.boreal.clock.TimestampIssuer;

/**
 * Picks commit timestamps and watermark promises, each above all before it. Both may lie ahead of the clock by the lead.
 * A promise up to {@code now + lead} delays no commit, since the next commit would have been put there anyway; and every
 * snapshot taken within the next lead finds the watermark past it already.
 *
 * <p>Not thread-safe: its owner is the core.
 */
public final class TimestampOrder {
    private final TimestampIssuer issuer;
    private final long maximumLead;

    /**
     * @param floor everything issued lies above
     * @param maximumLead how far ahead of the clock a promise may lie, whoever asks
     */
    public TimestampOrder(long floor, long maximumLead) {
        this.issuer = new TimestampIssuer(floor);
        this.maximumLead = maximumLead;
    }

    /** The highest timestamp issued or promised. */
    public long last() {
        return issuer.last();
    }

    /** A commit's timestamp: above everything issued, above the snapshot, and at least {@code now + lead}. */
    public long next(long now, long lead, long snapshot) {
        return issuer.next(Math.max(now + lead, snapshot + 1));
    }

    /**
     * The promise to make when somebody waits for {@code requested}, or 0 if there is nothing above the last one. A
     * request beyond {@code now + maximumLead} is met only so far: a clock that runs ahead elsewhere must not delay
     * commits here. Whoever asked hears the rest from a later heartbeat.
     */
    public long promise(long requested, long now, long lead) {
        long target = Math.max(now + lead, Math.min(requested, now + maximumLead));
        if (target <= issuer.last()) {
            return 0;
        }
        issuer.skipTo(target);
        return target;
    }

    /** Nothing at or below {@code timestamp} will be issued. */
    public void skipTo(long timestamp) {
        issuer.skipTo(timestamp);
    }
}
