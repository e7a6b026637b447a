package dev.boreal.queryprocessor.function.time;

import static dev.boreal.queryprocessor.function.time.ZonedMoments.MICROS_PER_DAY;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.type.Interval;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.time.ZoneId;

/** date_trunc and date_bin. */
final class Truncation {
    private Truncation() {}

    static long local(String name, long micros, SqlType type) {
        DateTimeUnit unit = DateTimeUnit.of(name, type);
        if (!ZonedMoments.isFinite(micros)) {
            return micros;
        }
        long time = time(unit, 0);
        if (time > 0) {
            return Math.floorDiv(micros, time) * time;
        }
        Calendar calendar = Calendar.of(micros);
        int year = calendar.year();
        return switch (unit) {
            case WEEK -> calendar.days() * MICROS_PER_DAY - Math.floorMod(calendar.dayOfWeek() + 6, 7) * MICROS_PER_DAY;
            case MONTH -> start(year, calendar.month());
            case QUARTER -> start(year, (calendar.month() - 1) / 3 * 3 + 1);
            case YEAR -> start(year, 1);
            case DECADE -> start(year > 0 ? year / 10 * 10 : -((8 - (year - 1)) / 10) * 10, 1);
            case CENTURY -> start(year > 0 ? (year + 99) / 100 * 100 - 99 : -((99 - (year - 1)) / 100) * 100 + 1, 1);
            case MILLENNIUM ->
                start(year > 0 ? (year + 999) / 1000 * 1000 - 999 : -((999 - (year - 1)) / 1000) * 1000 + 1, 1);
            default -> throw DateTimeUnit.notSupported(name, type);
        };
    }

    /** Microseconds of a unit that all days have alike, else {@code otherwise}. */
    private static long time(DateTimeUnit unit, long otherwise) {
        return switch (unit) {
            case MICROSECONDS -> 1;
            case MILLISECONDS -> 1000;
            case SECOND -> 1_000_000;
            case MINUTE -> 60_000_000;
            case HOUR -> 3_600_000_000L;
            case DAY -> MICROS_PER_DAY;
            default -> otherwise;
        };
    }

    private static long start(int year, int month) {
        return Calendar.days(year, month, 1) * MICROS_PER_DAY;
    }

    static long zoned(String name, long micros, ZoneId zone) {
        DateTimeUnit unit = DateTimeUnit.of(name, TypeRegistry.TIMESTAMPTZ);
        if (!ZonedMoments.isFinite(micros)) {
            return micros;
        }
        long shift = ZonedMoments.toLocal(micros, zone) - micros;
        long truncated = local(name, micros + shift, TypeRegistry.TIMESTAMPTZ);
        return unit.compareTo(DateTimeUnit.DAY) >= 0 ? ZonedMoments.toUtc(truncated, zone) : truncated - shift;
    }

    static Interval interval(String name, Interval span) {
        DateTimeUnit unit = DateTimeUnit.of(name, TypeRegistry.INTERVAL);
        long time = time(unit, 0);
        if (time > 0 && unit != DateTimeUnit.DAY) {
            return new Interval(span.months(), span.days(), span.micros() / time * time);
        }
        int months = switch (unit) {
            case DAY -> 0;
            case MONTH -> 1;
            case QUARTER -> 3;
            case YEAR -> 12;
            case DECADE -> 120;
            case CENTURY -> 1200;
            case MILLENNIUM -> 12_000;
            default -> throw DateTimeUnit.notSupported(name, TypeRegistry.INTERVAL);
        };
        return months == 0
                ? new Interval(span.months(), span.days(), 0)
                : new Interval(span.months() / months * months, 0, 0);
    }

    /** The start of the bin of a stride, counted from an origin, in which a moment lies. */
    static long bin(Interval stride, long micros, long origin) {
        if (!ZonedMoments.isFinite(micros)) {
            return micros;
        }
        if (!ZonedMoments.isFinite(origin)) {
            throw new SqlException(SqlState.DATETIME_FIELD_OVERFLOW, "origin out of range");
        }
        if (stride.months() != 0) {
            throw new SqlException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "timestamps cannot be binned into intervals containing months or years");
        }
        long width = stride.days() * MICROS_PER_DAY + stride.micros();
        if (width <= 0) {
            throw new SqlException(SqlState.DATETIME_FIELD_OVERFLOW, "stride must be greater than zero");
        }
        return origin + Math.floorDiv(micros - origin, width) * width;
    }
}
