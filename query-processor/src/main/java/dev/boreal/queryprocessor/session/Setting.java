package dev.boreal.queryprocessor.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run-time parameter, as a line of {@code settings.tsv} says.
 *
 * @param name as PostgreSQL spells it: {@code DateStyle}
 * @param unit what an integer counts: ms, kB or 8kB; null for nothing
 * @param initial what a new session has
 * @param choices the values of an enumeration
 * @param reported whether clients are told about changes
 * @param fixed whether it is accepted with its initial value only
 * @param hidden whether SHOW ALL and pg_settings leave it out
 */
record Setting(
        String name,
        Context context,
        Type type,
        @Nullable String unit,
        String initial,
        @Nullable String minimum,
        @Nullable String maximum,
        List<String> choices,
        boolean reported,
        boolean fixed,
        boolean hidden,
        String category,
        String description) {

    /** Who may change it. */
    enum Context {
        USER,
        /** Nobody: 55P02. */
        INTERNAL,
        /** Who starts the server: 55P02. */
        POSTMASTER
    }

    /** What it takes. */
    enum Type {
        BOOL,
        INTEGER,
        REAL,
        STRING,
        ENUM
    }

    private static final long[] DURATION_FACTORS = {86_400_000, 3_600_000, 60_000, 1_000, 1};
    private static final String[] DURATION_UNITS = {"d", "h", "min", "s", "ms"};
    private static final long[] MEMORY_FACTORS = {1L << 30, 1L << 20, 1024, 1};
    private static final String[] MEMORY_UNITS = {"TB", "GB", "MB", "kB"};

    boolean countsTime() {
        return "ms".equals(unit);
    }

    /** How many kB one counts; 0 if it does not count memory. */
    long kilobytes() {
        if (unit == null || countsTime()) {
            return 0;
        }
        return unit.equals("8kB") ? 8 : 1;
    }

    /** A value as SHOW prints it: durations and memory in the largest unit that fits. */
    String shown(String value) {
        if (unit == null) {
            return value;
        }
        long number = Long.parseLong(value);
        if (number <= 0) {
            return value;
        }
        return countsTime()
                ? inUnits(number, DURATION_FACTORS, DURATION_UNITS)
                : inUnits(number * kilobytes(), MEMORY_FACTORS, MEMORY_UNITS);
    }

    private static String inUnits(long value, long[] factors, String[] units) {
        int i = 0;
        while (value % factors[i] != 0) {
            i++;
        }
        return value / factors[i] + units[i];
    }
}
