package dev.boreal.queryprocessor.type;

import org.jspecify.annotations.Nullable;

/** An interval while its literal is read: parts add up, and fractions flow into smaller units. */
final class IntervalSum {
    private static final int DAYS_PER_MONTH = 30;
    private static final int MONTHS_PER_YEAR = 12;

    private long years;
    private long months;
    private long days;
    private long micros;
    private boolean overflow;

    /** Adds {@code whole + fraction} units. */
    void add(IntervalUnit unit, long whole, double fraction) {
        switch (unit) {
            case MICROSECOND -> addMicros(whole, fraction, 1);
            case MILLISECOND -> addMicros(whole, fraction, 1_000);
            case SECOND -> addMicros(whole, fraction, 1_000_000);
            case MINUTE -> addMicros(whole, fraction, 60_000_000);
            case HOUR -> addMicros(whole, fraction, 3_600_000_000L);
            case DAY -> {
                addDays(whole, 1);
                addFractionOfMicros(fraction, JulianDay.MICROS_PER_DAY);
            }
            case WEEK -> {
                addDays(whole, 7);
                addFractionOfDays(fraction, 7);
            }
            case MONTH -> {
                months = plus(months, whole, 1);
                overflow |= months != (int) months;
                addFractionOfDays(fraction, DAYS_PER_MONTH);
            }
            case YEAR -> addYears(whole, fraction, 1);
            case DECADE -> addYears(whole, fraction, 10);
            case CENTURY -> addYears(whole, fraction, 100);
            case MILLENNIUM -> addYears(whole, fraction, 1000);
        }
    }

    private long plus(long sum, long whole, long scale) {
        long result;
        try {
            result = Math.addExact(sum, Math.multiplyExact(whole, scale));
        } catch (ArithmeticException e) {
            overflow = true;
            return 0;
        }
        return result;
    }

    private void addMicros(long whole, double fraction, long scale) {
        micros = plus(micros, whole, scale);
        addFractionOfMicros(fraction, scale);
    }

    private void addFractionOfMicros(double fraction, long scale) {
        double scaled = fraction * scale;
        long whole = (long) scaled;
        double rest = scaled - whole;
        if (rest > 0.5) {
            whole++;
        } else if (rest < -0.5) {
            whole--;
        }
        micros = plus(micros, whole, 1);
    }

    private void addDays(long whole, long scale) {
        days = plus(days, whole, scale);
        overflow |= days != (int) days;
    }

    private void addFractionOfDays(double fraction, int scale) {
        double scaled = fraction * scale;
        int whole = (int) scaled;
        addDays(whole, 1);
        addFractionOfMicros(scaled - whole, JulianDay.MICROS_PER_DAY);
    }

    private void addYears(long whole, double fraction, int scale) {
        years = plus(years, whole, scale);
        months = plus(months, (long) Math.rint(fraction * scale * MONTHS_PER_YEAR), 1);
        overflow |= years != (int) years;
    }

    /** Forgets hours and smaller units: a clock time replaces what fractions to its right have left. */
    void clearTime() {
        micros = 0;
    }

    void negate() {
        overflow |= micros == Long.MIN_VALUE;
        years = -years;
        months = -months;
        days = -days;
        micros = -micros;
    }

    boolean overflowed() {
        return overflow;
    }

    /** The interval; null if its months or days do not fit. */
    @Nullable Interval toInterval() {
        long total = years * MONTHS_PER_YEAR + months;
        return overflow || total != (int) total || days != (int) days
                ? null
                : new Interval((int) total, (int) days, micros);
    }
}
