package dev.boreal.queryprocessor.function.time;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The fields that EXTRACT and date_trunc name. */
enum DateTimeUnit {
    MICROSECONDS,
    MILLISECONDS,
    SECOND,
    MINUTE,
    HOUR,
    DAY,
    WEEK,
    MONTH,
    QUARTER,
    YEAR,
    DECADE,
    CENTURY,
    MILLENNIUM,
    JULIAN,
    ISOYEAR,
    DOW,
    ISODOW,
    DOY,
    EPOCH,
    TIMEZONE,
    TIMEZONE_HOUR,
    TIMEZONE_MINUTE;

    /** @throws SqlException 22023 if no type has such a unit */
    static DateTimeUnit of(String name, SqlType type) {
        DateTimeUnit unit = find(name.toLowerCase(Locale.ROOT));
        if (unit == null) {
            throw new SqlException(
                    SqlState.INVALID_PARAMETER_VALUE,
                    "unit \"" + name + "\" not recognized for type " + type.formatName(-1));
        }
        return unit;
    }

    static SqlException notSupported(String name, SqlType type) {
        return new SqlException(
                SqlState.FEATURE_NOT_SUPPORTED,
                "unit \"" + name.toLowerCase(Locale.ROOT) + "\" not supported for type " + type.formatName(-1));
    }

    private static @Nullable DateTimeUnit find(String name) {
        return switch (name) {
            case "microsecond", "microseconds", "us", "usec", "usecs", "usecond", "useconds", "microsecon" ->
                MICROSECONDS;
            case "millisecond", "milliseconds", "ms", "msec", "msecs", "msecond", "mseconds", "millisecon" ->
                MILLISECONDS;
            case "second", "seconds", "s", "sec", "secs" -> SECOND;
            case "minute", "minutes", "m", "min", "mins" -> MINUTE;
            case "hour", "hours", "h", "hr", "hrs" -> HOUR;
            case "day", "days", "d" -> DAY;
            case "week", "weeks", "w" -> WEEK;
            case "month", "months", "mon", "mons" -> MONTH;
            case "quarter", "qtr" -> QUARTER;
            case "year", "years", "y", "yr", "yrs" -> YEAR;
            case "decade", "decades", "dec", "decs" -> DECADE;
            case "century", "centuries", "c", "cent" -> CENTURY;
            case "millennium", "millennia", "mil", "mils" -> MILLENNIUM;
            case "julian", "jd", "j" -> JULIAN;
            case "isoyear" -> ISOYEAR;
            case "dow" -> DOW;
            case "isodow" -> ISODOW;
            case "doy" -> DOY;
            case "epoch" -> EPOCH;
            case "timezone" -> TIMEZONE;
            case "timezone_hour", "timezone_h" -> TIMEZONE_HOUR;
            case "timezone_minute", "timezone_m" -> TIMEZONE_MINUTE;
            default -> null;
        };
    }
}
