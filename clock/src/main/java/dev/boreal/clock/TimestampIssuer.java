package dev.boreal.clock;

/** Issues strictly rising timestamps: {@code max(last + 1, candidate)}. Not thread-safe: its owner is one thread or lock. */
public final class TimestampIssuer {
    private long last;

    /** Everything issued will lie above {@code floor}. */
    public TimestampIssuer(long floor) {
        last = floor;
    }

    /** Issues {@code candidate}, or the next timestamp above the last one if that is higher. */
    public long next(long candidate) {
        last = Math.max(last + 1, candidate);
        return last;
    }

    /** The highest timestamp issued or skipped. */
    public long last() {
        return last;
    }

    /** Gives up every timestamp up to {@code timestamp}: nothing at or below it will be issued. */
    public void skipTo(long timestamp) {
        last = Math.max(last, timestamp);
    }
}
