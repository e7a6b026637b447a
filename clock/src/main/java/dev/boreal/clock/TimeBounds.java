package dev.boreal.clock;

/** The true time lies in {@code [earliest, latest]}: nanoseconds since the Unix epoch, both ends included. */
public record TimeBounds(long earliest, long latest) {
    public TimeBounds {
        if (earliest > latest) {
            throw new IllegalArgumentException("earliest " + earliest + " after latest " + latest);
        }
    }
}
