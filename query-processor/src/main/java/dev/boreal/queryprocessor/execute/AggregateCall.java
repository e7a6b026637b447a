package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.function.AggregateFunction;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of an aggregate function.
 *
 * @param strict whether rows with a NULL among the arguments are left out
 * @param arguments over the input's rows
 * @param distinct whether rows with arguments already seen in the group are left out; the others are then taken in the
 *     order of the arguments, as PostgreSQL does, after that of {@code order}
 * @param filter which rows to take; null takes all
 * @param order in which order rows are taken, over the input's rows; empty for any
 * @param text the call as EXPLAIN prints it
 */
public record AggregateCall(
        AggregateFunction function,
        boolean strict,
        Scalar[] arguments,
        SqlType[] argumentTypes,
        boolean distinct,
        @Nullable Scalar filter,
        List<SortKey> order,
        String text) {
    public AggregateCall {
        arguments = arguments.clone();
        argumentTypes = argumentTypes.clone();
        order = List.copyOf(order);
    }

    /** Whether rows must be gathered before the function may see them. */
    boolean gathers() {
        return distinct || !order.isEmpty();
    }

    /** Evaluates the arguments into {@code values}; false if the function does not want the row. */
    boolean accepts(@Nullable Object[] row, Execution execution, @Nullable Object[] values) {
        if (filter != null && !filter.isTrue(row, execution)) {
            return false;
        }
        for (int i = 0; i < arguments.length; i++) {
            values[i] = arguments[i].evaluate(row, execution);
            if (strict && values[i] == null) {
                return false;
            }
        }
        return true;
    }
}
