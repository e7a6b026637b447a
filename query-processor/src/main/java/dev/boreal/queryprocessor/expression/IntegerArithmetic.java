package dev.boreal.queryprocessor.expression;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.execute.Execution;
import org.jspecify.annotations.Nullable;

/** Addition, subtraction and multiplication of two int4 or of two int8, without an array of arguments. */
public final class IntegerArithmetic implements Scalar {
    private final char operation;
    private final boolean wide;
    private final Scalar left;
    private final Scalar right;

    private IntegerArithmetic(char operation, boolean wide, Scalar left, Scalar right) {
        this.operation = operation;
        this.wide = wide;
        this.left = left;
        this.right = right;
    }

    /** @param wide whether both sides are int8; else both are int4 */
    public static @Nullable Scalar of(String symbol, boolean wide, Scalar left, Scalar right) {
        return switch (symbol) {
            case "+", "-", "*" -> new IntegerArithmetic(symbol.charAt(0), wide, left, right);
            default -> null;
        };
    }

    @Override
    public @Nullable Object evaluate(@Nullable Object[] row, Execution execution) {
        Object a = left.evaluate(row, execution);
        if (a == null) {
            return null;
        }
        Object b = right.evaluate(row, execution);
        if (b == null) {
            return null;
        }
        return wide ? (Object) wide((Long) a, (Long) b) : (Object) narrow((Integer) a, (Integer) b);
    }

    private long wide(long a, long b) {
        long result = switch (operation) {
            case '+' -> a + b;
            case '-' -> a - b;
            default -> a * b;
        };
        boolean overflow = switch (operation) {
            case '+' -> ((a ^ result) & (b ^ result)) < 0;
            case '-' -> ((a ^ b) & (a ^ result)) < 0;
            default -> Math.multiplyHigh(a, b) != result >> 63;
        };
        if (overflow) {
            throw new SqlException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "bigint out of range");
        }
        return result;
    }

    private int narrow(int a, int b) {
        long result = switch (operation) {
            case '+' -> (long) a + b;
            case '-' -> (long) a - b;
            default -> (long) a * b;
        };
        if (result != (int) result) {
            throw new SqlException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "integer out of range");
        }
        return (int) result;
    }
}
