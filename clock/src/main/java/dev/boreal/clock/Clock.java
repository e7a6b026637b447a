package dev.boreal.clock;

/**
 * Time with its error bound, after TrueTime (Spanner, OSDI 2012, section 3). Timestamps are {@code long} nanoseconds
 * since the Unix epoch. Any thread may ask. Need not be monotonic: issuers are.
 */
public interface Clock {

    /** The true time, bounded: {@code earliest()} and {@code latest()} of one reading. */
    TimeBounds now();

    /** {@code now().latest()} without an object. */
    default long latest() {
        return now().latest();
    }

    /** {@code now().earliest()} without an object. */
    default long earliest() {
        return now().earliest();
    }
}
