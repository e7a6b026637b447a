package dev.boreal.adjudicator.order;

import dev.boreal.clock.TimestampIssuer;

/**
 * Picks commit timestamps and watermark promises, each above all before it. Both may lie ahead of the clock by the lead.
 * A promise up to {@code now + lead} delays no commit, since the next commit would have been put there anyway; and every
 * snapshot taken within the next lead finds the watermark past it already.
 *
 * <p>Nothing is issued or promised above a limit, the end of the tenure as far as it is durable.
 *
 * <p>Not thread-safe: its owner is the core.
 */
public final class TimestampOrder {
    private final TimestampIssuer issuer;
    private final long maximumLead;
    private long limit = Long.MAX_VALUE;

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

    /** Nothing above {@code newLimit} is issued or promised from now on. */
    public void limitTo(long newLimit) {
        limit = newLimit;
    }

    public long limit() {
        return limit;
    }

    /**
     * A commit's timestamp: above everything issued, above the snapshot, and at least {@code now + lead} unless that
     * passes the limit. 0 if there is none below the limit, or the clock has passed it.
     */
    public long next(long now, long lead, long snapshot) {
        long least = Math.max(issuer.last() + 1, snapshot + 1);
        if (now > limit || least > limit) {
            return 0;
        }
        return issuer.next(Math.max(least, Math.min(now + lead, limit)));
    }

    /** The timestamp of a tenure's own record, which no limit holds: it says nothing until it is durable. */
    public long nextOfTenure(long now) {
        return issuer.next(now);
    }

    /** What may be promised just before an entry at {@code timestamp} goes to the journal. */
    public long before(long timestamp) {
        return Math.min(timestamp - 1, limit);
    }

    /**
     * The promise to make when somebody waits for {@code requested}, or 0 if there is nothing above the last one. A
     * request beyond {@code now + maximumLead} is met only so far: a clock that runs ahead elsewhere must not delay
     * commits here. Whoever asked hears the rest from a later heartbeat.
     */
    public long promise(long requested, long now, long lead) {
        long target = Math.min(limit, Math.max(now + lead, Math.min(requested, now + maximumLead)));
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
