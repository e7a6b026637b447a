package dev.boreal.queryprocessor.function;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.type.Numeric;
import org.jspecify.annotations.Nullable;

/** Arguments of a body in their Java classes. All but {@link #isNull} are for arguments that cannot be null. */
public final class Arguments {
    private Arguments() {}

    public static boolean isNull(@Nullable Object[] arguments, int index) {
        return arguments[index] == null;
    }

    /** The argument of a strict function. */
    public static Object any(@Nullable Object[] arguments, int index) {
        Object value = arguments[index];
        if (value == null) {
            throw new IllegalStateException("null argument " + index + " of a strict function");
        }
        return value;
    }

    public static int integer(@Nullable Object[] arguments, int index) {
        return (Integer) any(arguments, index);
    }

    /** An int2, int4 or int8. */
    public static long bigint(@Nullable Object[] arguments, int index) {
        return any(arguments, index) instanceof Integer value ? value : (Long) any(arguments, index);
    }

    /** A float4 or float8. */
    public static double number(@Nullable Object[] arguments, int index) {
        return ((Number) any(arguments, index)).doubleValue();
    }

    public static Numeric numeric(@Nullable Object[] arguments, int index) {
        return (Numeric) any(arguments, index);
    }

    public static String text(@Nullable Object[] arguments, int index) {
        return (String) any(arguments, index);
    }

    public static boolean bool(@Nullable Object[] arguments, int index) {
        return (Boolean) any(arguments, index);
    }

    public static byte[] bytes(@Nullable Object[] arguments, int index) {
        return (byte[]) any(arguments, index);
    }

    /** 22023. */
    public static SqlException invalid(String message) {
        return new SqlException(SqlState.INVALID_PARAMETER_VALUE, message);
    }

    /** 22003: {@code integer out of range}. */
    public static SqlException outOfRange(String typeName) {
        return new SqlException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, typeName + " out of range");
    }

    /** 22012. */
    public static SqlException divisionByZero() {
        return new SqlException(SqlState.DIVISION_BY_ZERO, "division by zero");
    }
}
