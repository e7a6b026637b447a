package dev.boreal.queryprocessor.function.time;

import static dev.boreal.queryprocessor.function.time.ZonedMoments.MICROS_PER_DAY;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.type.JulianDay;

/**
 * A local moment taken apart.
 *
 * @param year astronomical: 0 is 1 BC
 * @param time microseconds since midnight
 */
record Calendar(int year, int month, int day, long time) {

    static Calendar of(long localMicros) {
        long days = Math.floorDiv(localMicros, MICROS_PER_DAY);
        return ofDay((int) days, localMicros - days * MICROS_PER_DAY);
    }

    static Calendar ofDay(int days, long time) {
        long packed = JulianDay.packed(days + JulianDay.POSTGRES_EPOCH);
        return new Calendar((int) (packed >> 16), (int) (packed >> 8) & 0xff, (int) packed & 0xff, time);
    }

    static int days(int year, int month, int day) {
        return JulianDay.of(year, month, day) - JulianDay.POSTGRES_EPOCH;
    }

    int days() {
        return days(year, month, day);
    }

    long micros() {
        return days() * MICROS_PER_DAY + time;
    }

    /** The same day of another month, or its last day if it is shorter. */
    Calendar plusMonths(int months) {
        long total = year * 12L + month - 1 + months;
        int newYear = (int) Math.floorDiv(total, 12L);
        int newMonth = (int) Math.floorMod(total, 12L) + 1;
        if (!JulianDay.isValid(newYear, newMonth, 1)) {
            throw new SqlException(SqlState.DATETIME_FIELD_OVERFLOW, "timestamp out of range");
        }
        return new Calendar(newYear, newMonth, Math.min(day, JulianDay.daysInMonth(newYear, newMonth)), time);
    }

    int dayOfYear() {
        return days() - days(year, 1, 1) + 1;
    }

    /** 0 for Sunday. */
    int dayOfWeek() {
        return JulianDay.dayOfWeek(days() + JulianDay.POSTGRES_EPOCH);
    }

    /** The year to which the week belongs by ISO 8601. */
    int isoYear() {
        int thursday = days() - Math.floorMod(dayOfWeek() + 6, 7) + 3;
        return ofDay(thursday, 0).year();
    }

    int isoWeek() {
        int thursday = days() - Math.floorMod(dayOfWeek() + 6, 7) + 3;
        Calendar date = ofDay(thursday, 0);
        return (date.dayOfYear() - 1) / 7 + 1;
    }

    /** The Monday of a week of an ISO year, as days since 2000-01-01. */
    static int isoMonday(int isoYear, int week) {
        int fourth = days(isoYear, 1, 4);
        int weekday = Math.floorMod(JulianDay.dayOfWeek(fourth + JulianDay.POSTGRES_EPOCH) + 6, 7);
        return fourth - weekday + (week - 1) * 7;
    }
}
