package dev.boreal.adjudicator.order;

/**
 * How far ahead of the clock to issue timestamps: the recent latency of the journal, as a moving average.
 *
 * <p>Why not 0: a reader that starts while a commit is on its way to the disk has {@code t_start > t_commit} and must
 * wait for it. With a lead of one append its {@code t_start} is still below {@code t_commit}, and the watermark promised
 * just before the append lets it go on at once. Why not more: the committer is answered when the clock has passed
 * {@code t_commit}; up to the latency that wait overlaps the append and costs nothing.
 *
 * <p>One thread at a time adds samples; any thread may read.
 */
public final class LeadEstimate {
    private static final int WEIGHT_SHIFT = 4;

    private final long maximum;
    private final boolean fixed;
    private volatile long nanos;

    private LeadEstimate(long first, long maximum, boolean fixed) {
        this.nanos = first;
        this.maximum = maximum;
        this.fixed = fixed;
    }

    /** Always {@code nanos}. */
    public static LeadEstimate fixed(long nanos) {
        return new LeadEstimate(nanos, nanos, true);
    }

    /** Follows the samples, from {@code first}, never above {@code maximum}. */
    public static LeadEstimate adaptive(long first, long maximum) {
        return new LeadEstimate(Math.min(first, maximum), maximum, false);
    }

    /** An append took this long. A single slow one (a stalled disk) counts at most as the maximum. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // One writer at a time.
    public void add(long latencyNanos) {
        if (fixed) {
            return;
        }
        long sample = Math.clamp(latencyNanos, 0, maximum);
        long before = nanos;
        nanos = before + ((sample - before) >> WEIGHT_SHIFT);
    }

    public long nanos() {
        return nanos;
    }
}
