package dev.boreal.queryprocessor.function.time;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.type.TimeZones;
import java.time.ZoneId;

/**
 * Moments as SQL counts them, microseconds since 2000-01-01, between local time and UTC. An hour that a zone skips is read with the
 * offset before the change, one that it repeats with the offset after it, as PostgreSQL does. Infinities stay.
 */
public final class ZonedMoments {
    public static final long MICROS_PER_SECOND = 1_000_000L;
    public static final long MICROS_PER_DAY = 86_400L * MICROS_PER_SECOND;
    /** Seconds from 1970-01-01 to 2000-01-01. */
    public static final long EPOCH_SECONDS = 10_957 * 86_400L;

    public static final long INFINITY = Long.MAX_VALUE;
    public static final long MINUS_INFINITY = Long.MIN_VALUE;
    private static final long MINIMUM = -211_813_488_000_000_000L;
    private static final long END = 9_223_371_331_200_000_000L;

    private ZonedMoments() {}

    public static boolean isFinite(long micros) {
        return micros != INFINITY && micros != MINUS_INFINITY;
    }

    /** Whether timestamps reach as far as a date; infinite ones do. */
    public static boolean reaches(int days) {
        return days == Integer.MAX_VALUE || days <= END / MICROS_PER_DAY;
    }

    /** The start of a date; 22008 if a timestamp does not reach that far. */
    public static long midnight(int days) {
        if (days == Integer.MAX_VALUE) {
            return INFINITY;
        }
        if (days == Integer.MIN_VALUE) {
            return MINUS_INFINITY;
        }
        if (days > END / MICROS_PER_DAY) {
            throw new SqlException(SqlState.DATETIME_FIELD_OVERFLOW, "date out of range for timestamp");
        }
        return days * MICROS_PER_DAY;
    }

    /** A time of a day; 22008 if a timestamp does not reach that far. */
    public static long ofLocalDay(int days, long time) {
        if (days > END / MICROS_PER_DAY) {
            throw outOfRange();
        }
        return days * MICROS_PER_DAY + time;
    }

    /** The start of a date in a zone. */
    public static long midnight(int days, ZoneId zone) {
        return toUtc(midnight(days), zone);
    }

    /** @throws SqlException 22008 unless it is infinite or in the range of timestamp */
    public static long check(long micros) {
        if (isFinite(micros) && (micros < MINIMUM || micros >= END)) {
            throw outOfRange();
        }
        return micros;
    }

    public static SqlException outOfRange() {
        return new SqlException(SqlState.DATETIME_FIELD_OVERFLOW, "timestamp out of range");
    }

    public static long toUtc(long localMicros, ZoneId zone) {
        if (!isFinite(localMicros)) {
            return localMicros;
        }
        return localMicros - TimeZones.offsetOfLocal(zone, localMicros) * MICROS_PER_SECOND;
    }

    public static long toLocal(long utcMicros, ZoneId zone) {
        if (!isFinite(utcMicros)) {
            return utcMicros;
        }
        return utcMicros + TimeZones.offsetAt(zone, utcMicros) * MICROS_PER_SECOND;
    }
}
