package dev.boreal.queryprocessor.function.time;

import static dev.boreal.queryprocessor.function.time.ZonedMoments.MICROS_PER_DAY;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.Arguments;
import dev.boreal.queryprocessor.type.Interval;

/** Sums, multiples and normal forms of intervals. */
final class IntervalArithmetic {
    private static final int DAYS_PER_MONTH = 30;

    private IntervalArithmetic() {}

    static SqlException outOfRange() {
        return new SqlException(SqlState.DATETIME_FIELD_OVERFLOW, "interval out of range");
    }

    static Interval negate(Interval value) {
        return subtract(Interval.ZERO, value);
    }

    static Interval add(Interval a, Interval b) {
        return checked((long) a.months() + b.months(), (long) a.days() + b.days(), sum(a.micros(), b.micros()));
    }

    static Interval subtract(Interval a, Interval b) {
        long micros = a.micros() - b.micros();
        if (((a.micros() ^ b.micros()) & (a.micros() ^ micros)) < 0) {
            throw outOfRange();
        }
        return checked((long) a.months() - b.months(), (long) a.days() - b.days(), micros);
    }

    private static long sum(long a, long b) {
        long result = a + b;
        if (((a ^ result) & (b ^ result)) < 0) {
            throw outOfRange();
        }
        return result;
    }

    private static Interval checked(long months, long days, long micros) {
        if ((int) months != months || (int) days != days) {
            throw outOfRange();
        }
        return new Interval((int) months, (int) days, micros);
    }

    /** Fractions of months become days, fractions of days become time. */
    static Interval multiply(Interval value, double factor) {
        double months = value.months() * factor;
        double days = value.days() * factor;
        if (Double.isNaN(factor) || Double.isInfinite(factor)) {
            throw outOfRange();
        }
        return spread(months, days, Math.rint(value.micros() * factor));
    }

    static Interval divide(Interval value, double divisor) {
        if (divisor == 0) {
            throw Arguments.divisionByZero();
        }
        if (Double.isNaN(divisor)) {
            throw outOfRange();
        }
        return spread(value.months() / divisor, value.days() / divisor, Math.rint(value.micros() / divisor));
    }

    private static Interval spread(double months, double days, double micros) {
        if (isBeyondInteger(months) || isBeyondInteger(days)) {
            throw outOfRange();
        }
        int wholeMonths = (int) months;
        int wholeDays = (int) days;
        double monthRemainder = roundToMicros((months - wholeMonths) * DAYS_PER_MONTH);
        double secondRemainder = roundToMicros((days - wholeDays + monthRemainder % 1) * 86_400);
        if (Math.abs(secondRemainder) >= 86_400) {
            wholeDays += (int) (secondRemainder / 86_400);
            secondRemainder %= 86_400;
        }
        double total = Math.rint(micros + secondRemainder * 1_000_000);
        if (Math.abs(total) >= 0x1p63) {
            throw outOfRange();
        }
        return checked(wholeMonths, (long) wholeDays + (int) monthRemainder, (long) total);
    }

    private static boolean isBeyondInteger(double value) {
        return value > Integer.MAX_VALUE || value < Integer.MIN_VALUE;
    }

    private static double roundToMicros(double value) {
        return Math.rint(value * 1_000_000) / 1_000_000;
    }

    /** 24 hours become a day. */
    static Interval justifyHours(Interval value) {
        long days = value.micros() / MICROS_PER_DAY;
        long micros = value.micros() - days * MICROS_PER_DAY;
        long total = value.days() + days;
        if (total > 0 && micros < 0) {
            micros += MICROS_PER_DAY;
            total--;
        } else if (total < 0 && micros > 0) {
            micros -= MICROS_PER_DAY;
            total++;
        }
        return checked(value.months(), total, micros);
    }

    /** 30 days become a month. */
    static Interval justifyDays(Interval value) {
        long months = (long) value.months() + value.days() / DAYS_PER_MONTH;
        long days = value.days() % DAYS_PER_MONTH;
        if (months > 0 && days < 0) {
            days += DAYS_PER_MONTH;
            months--;
        } else if (months < 0 && days > 0) {
            days -= DAYS_PER_MONTH;
            months++;
        }
        return checked(months, days, value.micros());
    }

    /** Both, and all fields of one sign. */
    static Interval justify(Interval value) {
        long wholeDays = value.micros() / MICROS_PER_DAY;
        long micros = value.micros() - wholeDays * MICROS_PER_DAY;
        long days = value.days() + wholeDays;
        long months = value.months() + days / DAYS_PER_MONTH;
        days %= DAYS_PER_MONTH;
        if (months > 0 && (days < 0 || (days == 0 && micros < 0))) {
            days += DAYS_PER_MONTH;
            months--;
        } else if (months < 0 && (days > 0 || (days == 0 && micros > 0))) {
            days -= DAYS_PER_MONTH;
            months++;
        }
        if (days > 0 && micros < 0) {
            micros += MICROS_PER_DAY;
            days--;
        } else if (days < 0 && micros > 0) {
            micros -= MICROS_PER_DAY;
            days++;
        }
        return checked(months, days, micros);
    }
}
