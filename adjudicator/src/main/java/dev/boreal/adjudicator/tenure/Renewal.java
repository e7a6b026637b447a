package dev.boreal.adjudicator.tenure;

/**
 * How long a tenure lasts, and when to write its next record. What counts is the last record that is known to be durable:
 * a successor that finds it begins above its end, so nothing may be issued or promised beyond. A record is due when a
 * third of the length has gone by since the last one, which leaves two thirds for it to become durable.
 *
 * <p>After Amazon MemoryDB (SIGMOD 2024, section 4.1): the lease is renewed through the log itself. It differs in that the
 * lease's end is a timestamp that bounds what is issued, so that clocks cannot make two leases overlap.
 *
 * <p>A pure core: not thread-safe, its owner is the adjudicator's core.
 */
public final class Renewal {
    private final long length;
    private long notAfter;
    private long lastWritten;
    private boolean givenBack;

    private Renewal(long length, long notAfter) {
        this.length = length;
        this.notAfter = notAfter;
    }

    /** One that never ends and is never written: for a journal that nobody else can open. */
    public static Renewal unlimited() {
        return new Renewal(0, Long.MAX_VALUE);
    }

    /** Lasts for {@code lengthNanos} from each record; not at all until the first is durable. */
    public static Renewal every(long lengthNanos) {
        return new Renewal(lengthNanos, 0);
    }

    public boolean isUnlimited() {
        return length == 0;
    }

    /** The end of the tenure as far as it is durable. */
    public long notAfter() {
        return notAfter;
    }

    public boolean isDue(long now) {
        return !isUnlimited() && !givenBack && now >= lastWritten + length / 3;
    }

    /** A record with this timestamp goes to the journal. */
    public TenureEntry written(long timestamp) {
        lastWritten = timestamp;
        return new TenureEntry(timestamp, givenBack ? timestamp : timestamp + length);
    }

    /** The last record, which ends the tenure at its own timestamp. Holds from now on, durable or not. */
    public TenureEntry givenBack(long timestamp) {
        givenBack = true;
        notAfter = Math.min(notAfter, timestamp);
        return written(timestamp);
    }

    public void durable(TenureEntry entry) {
        if (!givenBack) {
            notAfter = Math.max(notAfter, entry.notAfter());
        }
    }

    /** The journal did not take it: it is due again. */
    public void refused(TenureEntry entry) {
        if (lastWritten == entry.timestamp()) {
            lastWritten = entry.timestamp() - length;
        }
    }
}
