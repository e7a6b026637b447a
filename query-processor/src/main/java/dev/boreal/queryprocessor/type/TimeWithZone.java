package dev.boreal.queryprocessor.type;

/**
 * A value of type timetz.
 *
 * @param micros microseconds since local midnight
 * @param zoneSeconds seconds west of Greenwich, as PostgreSQL keeps them
 */
public record TimeWithZone(long micros, int zoneSeconds) {
    /** The same moment in Greenwich, which decides the order. */
    long utcMicros() {
        return micros + zoneSeconds * 1_000_000L;
    }
}
