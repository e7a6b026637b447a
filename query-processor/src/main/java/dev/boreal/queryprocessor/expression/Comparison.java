package dev.boreal.queryprocessor.expression;

import dev.boreal.queryprocessor.execute.Execution;
import dev.boreal.queryprocessor.type.SqlType;
import org.jspecify.annotations.Nullable;

/** A comparison of two values by their type's order; no arguments are boxed into an array. */
public final class Comparison implements Scalar {
    private final Scalar left;
    private final Scalar right;
    private final SqlType type;
    private final boolean less;
    private final boolean equal;
    private final boolean greater;

    private Comparison(Scalar left, Scalar right, SqlType type, boolean less, boolean equal, boolean greater) {
        this.left = left;
        this.right = right;
        this.type = type;
        this.less = less;
        this.equal = equal;
        this.greater = greater;
    }

    /** The comparison of that symbol, or null if it is none of = &lt;&gt; &lt; &lt;= &gt; &gt;=. */
    public static @Nullable Scalar of(String symbol, Scalar left, Scalar right, SqlType type) {
        return switch (symbol) {
            case "=" -> new Comparison(left, right, type, false, true, false);
            case "<>" -> new Comparison(left, right, type, true, false, true);
            case "<" -> new Comparison(left, right, type, true, false, false);
            case "<=" -> new Comparison(left, right, type, true, true, false);
            case ">" -> new Comparison(left, right, type, false, false, true);
            case ">=" -> new Comparison(left, right, type, false, true, true);
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
        return b == null ? null : (Object) holds(a, b);
    }

    @Override
    public boolean isTrue(@Nullable Object[] row, Execution execution) {
        Object a = left.evaluate(row, execution);
        if (a == null) {
            return false;
        }
        Object b = right.evaluate(row, execution);
        return b != null && holds(a, b);
    }

    private boolean holds(Object a, Object b) {
        if (less == greater) {
            return type.equal(a, b) == equal;
        }
        int comparison = type.compare(a, b);
        return comparison < 0 ? less : comparison == 0 ? equal : greater;
    }
}
