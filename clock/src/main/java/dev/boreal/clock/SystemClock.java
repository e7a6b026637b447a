package dev.boreal.clock;

import java.time.Instant;

/**
 * The system's real-time clock with a fixed error bound. Processes of one host read one clock, so between them the
 * bound is 0; across hosts it comes from configuration.
 */
public final class SystemClock implements Clock {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final long errorNanos;

    public SystemClock(long errorNanos) {
        if (errorNanos < 0) {
            throw new IllegalArgumentException("a clock's error bound is not negative: " + errorNanos);
        }
        this.errorNanos = errorNanos;
    }

    @Override
    public TimeBounds now() {
        long reading = read();
        return new TimeBounds(reading - errorNanos, reading + errorNanos);
    }

    @Override
    public long latest() {
        return read() + errorNanos;
    }

    @Override
    public long earliest() {
        return read() - errorNanos;
    }

    private static long read() {
        Instant now = Instant.now();
        return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
    }
}
