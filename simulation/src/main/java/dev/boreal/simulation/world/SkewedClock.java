package dev.boreal.simulation.world;

import dev.boreal.clock.Clock;
import dev.boreal.clock.TimeBounds;

/**
 * A node's clock: it states an error bound, and its reading is off by an offset and a drift. Within its bound the stated
 * interval holds the true time; a clock that is let go beyond it lies.
 */
public final class SkewedClock implements Clock {
    private static final long MILLION = 1_000_000;

    private final World world;
    private final long error;
    private long offset;
    private long driftPerMillion;
    private long since;
    private boolean bounded = true;

    public SkewedClock(World world, long errorNanos) {
        this.world = world;
        this.error = errorNanos;
        this.since = world.now();
    }

    /** What its reading is off by from now on; how fast that changes, in parts per million. */
    public void set(long newOffset, long newDriftPerMillion, boolean withinBound) {
        offset = newOffset;
        driftPerMillion = newDriftPerMillion;
        since = world.now();
        bounded = withinBound;
    }

    private long reading() {
        long deviation = offset + (world.now() - since) / MILLION * driftPerMillion;
        return world.now() + (bounded ? Math.clamp(deviation, -error, error) : deviation);
    }

    @Override
    public TimeBounds now() {
        long reading = reading();
        return new TimeBounds(reading - error, reading + error);
    }

    @Override
    public long latest() {
        return reading() + error;
    }

    @Override
    public long earliest() {
        return reading() - error;
    }

    public long error() {
        return error;
    }
}
