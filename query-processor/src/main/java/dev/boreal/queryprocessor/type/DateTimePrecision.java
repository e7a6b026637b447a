package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.util.List;

/** Type modifiers of times and timestamps: how many digits behind the second. */
final class DateTimePrecision {
    static final int MAX = 6;

    private static final long[] UNITS = {1_000_000, 100_000, 10_000, 1_000, 100, 10, 1};

    private DateTimePrecision() {}

    /** {@code name} is what errors call the type, TIMESTAMP; {@code suffix} what follows its precision. */
    static int typeModifierOf(List<Integer> arguments, String name, String suffix) {
        if (arguments.size() != 1) {
            throw new SqlException(SqlState.INVALID_PARAMETER_VALUE, "invalid type modifier");
        }
        int precision = arguments.get(0);
        if (precision < 0) {
            throw new SqlException(
                    SqlState.INVALID_PARAMETER_VALUE,
                    name + "(" + precision + ")" + suffix + " precision must not be negative");
        }
        return Math.min(precision, MAX);
    }

    /** Rounds half away from zero. */
    static long round(long micros, int precision) {
        if (precision < 0 || precision >= MAX) {
            return micros;
        }
        long unit = UNITS[precision];
        return micros >= 0 ? (micros + unit / 2) / unit * unit : -((-micros + unit / 2) / unit * unit);
    }
}
