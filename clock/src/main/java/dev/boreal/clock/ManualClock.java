package dev.boreal.clock;

import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands where it was put: for tests and simulations. Any thread may ask or move it. */
public final class ManualClock implements Clock {
    private final AtomicLong time;
    private final long errorNanos;

    public ManualClock(long start, long errorNanos) {
        this.time = new AtomicLong(start);
        this.errorNanos = errorNanos;
    }

    public ManualClock(long start) {
        this(start, 0);
    }

    @Override
    public TimeBounds now() {
        long reading = time.get();
        return new TimeBounds(reading - errorNanos, reading + errorNanos);
    }

    /** Moves by {@code nanos}, which may be negative: clocks do that. */
    public void advance(long nanos) {
        time.addAndGet(nanos);
    }

    public void set(long newTime) {
        time.set(newTime);
    }
}
