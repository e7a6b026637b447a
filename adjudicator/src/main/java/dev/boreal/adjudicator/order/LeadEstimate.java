package dev.boreal.adjudicator.order;

/**
 * How far ahead of the clock to issue timestamps: what most of the recent appends took at least, which is their moving average
 * less their mean deviation from it.
 *
 * <p>Why not 0: a reader that starts while a commit is on its way to the disk has {@code t_start > t_commit} and must
 * wait for it. With a lead of one append its {@code t_start} is still below {@code t_commit}, and the watermark promised
 * just before the append lets it go on at once. Why not more: the committer is answered when the clock has passed
 * {@code t_commit}; up to the latency that wait overlaps the append and costs nothing. With the plain average every second commit
 * would wait for the clock when its append is done.
 *
 * <p>One thread at a time adds samples; any thread may read.
 */
public final class LeadEstimate {
    private static final int WEIGHT_SHIFT = 4;

    private final long maximum;
    private final boolean fixed;
    private long mean;
    private long deviation;
    private volatile long nanos;

    private LeadEstimate(long first, long maximum, boolean fixed) {
        this.nanos = first;
        this.mean = first;
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
    public void add(long latencyNanos) {
        if (fixed) {
            return;
        }
        long sample = Math.clamp(latencyNanos, 0, maximum);
        long error = sample - mean;
        mean += error >> WEIGHT_SHIFT;
        deviation += (Math.abs(error) - deviation) >> WEIGHT_SHIFT;
        nanos = Math.max(0, mean - deviation);
    }

    public long nanos() {
        return nanos;
    }
}
