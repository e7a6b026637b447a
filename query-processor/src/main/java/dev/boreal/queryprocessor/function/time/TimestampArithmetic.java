package dev.boreal.queryprocessor.function.time;

import static dev.boreal.queryprocessor.function.time.ZonedMoments.MICROS_PER_DAY;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.type.Interval;
import dev.boreal.queryprocessor.type.JulianDay;
import java.time.ZoneId;

/** Sums and differences of timestamps and dates. */
final class TimestampArithmetic {
    private TimestampArithmetic() {}

    static long add(long timestamp, Interval span) {
        if (!ZonedMoments.isFinite(timestamp)) {
            return timestamp;
        }
        long result = timestamp;
        if (span.months() != 0) {
            result = Calendar.of(result).plusMonths(span.months()).micros();
        }
        try {
            result = Math.addExact(
                    Math.addExact(result, Math.multiplyExact(span.days(), MICROS_PER_DAY)), span.micros());
        } catch (ArithmeticException e) {
            throw ZonedMoments.outOfRange();
        }
        return ZonedMoments.check(result);
    }

    /** Months and days are added on the zone's clock, hours in real time. */
    static long add(long timestamp, Interval span, ZoneId zone) {
        if (!ZonedMoments.isFinite(timestamp)) {
            return timestamp;
        }
        long result = timestamp;
        if (span.months() != 0 || span.days() != 0) {
            long local = ZonedMoments.toLocal(timestamp, zone);
            result = ZonedMoments.toUtc(add(local, new Interval(span.months(), span.days(), 0)), zone);
        }
        return add(result, new Interval(0, 0, span.micros()));
    }

    /** Days and hours between two moments. */
    static Interval subtract(long a, long b) {
        if (!ZonedMoments.isFinite(a) || !ZonedMoments.isFinite(b)) {
            throw new SqlException(SqlState.DATETIME_FIELD_OVERFLOW, "cannot subtract infinite timestamps");
        }
        return IntervalArithmetic.justifyHours(new Interval(0, 0, a - b));
    }

    static int addDays(int date, long days) {
        if (date == Integer.MAX_VALUE || date == Integer.MIN_VALUE) {
            return date;
        }
        long result = date + days;
        if (result < -JulianDay.POSTGRES_EPOCH || result >= 2_145_031_949L) {
            throw new SqlException(SqlState.DATETIME_FIELD_OVERFLOW, "date out of range");
        }
        return (int) result;
    }

    static int subtractDates(int a, int b) {
        if (a == Integer.MAX_VALUE || a == Integer.MIN_VALUE || b == Integer.MAX_VALUE || b == Integer.MIN_VALUE) {
            throw new SqlException(SqlState.DATETIME_FIELD_OVERFLOW, "cannot subtract infinite dates");
        }
        return a - b;
    }

    /** Years, months, days and time between two local moments. */
    static Interval age(long later, long earlier) {
        if (!ZonedMoments.isFinite(later) || !ZonedMoments.isFinite(earlier)) {
            throw ZonedMoments.outOfRange();
        }
        boolean negative = later < earlier;
        Calendar a = Calendar.of(negative ? earlier : later);
        Calendar b = Calendar.of(negative ? later : earlier);
        int months = (a.year() - b.year()) * 12 + a.month() - b.month();
        int days = a.day() - b.day();
        long micros = a.time() - b.time();
        if (micros < 0) {
            micros += MICROS_PER_DAY;
            days--;
        }
        while (days < 0) {
            days += JulianDay.daysInMonth(b.year(), b.month());
            months--;
        }
        Interval age = new Interval(months, days, micros);
        return negative ? IntervalArithmetic.negate(age) : age;
    }
}
