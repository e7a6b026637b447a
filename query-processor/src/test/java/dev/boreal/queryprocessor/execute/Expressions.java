package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.function.AggregateFunction;
import dev.boreal.queryprocessor.function.EvaluationContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Expressions and aggregates that tests are made of. */
final class Expressions {
    private Expressions() {}

    static Scalar column(int index) {
        return (row, _) -> row[index];
    }

    static Scalar constant(@Nullable Object value) {
        return (_, _) -> value;
    }

    static Scalar outer(int slot, int index) {
        return (_, execution) -> execution.outerRow(slot)[index];
    }

    /** Equality of two columns of the row, NULL if one is. */
    static Scalar equal(int a, int b) {
        return (row, _) -> row[a] == null || row[b] == null ? null : (Object) row[a].equals(row[b]);
    }

    static Scalar[] columns(int... indexes) {
        Scalar[] scalars = new Scalar[indexes.length];
        for (int i = 0; i < indexes.length; i++) {
            scalars[i] = column(indexes[i]);
        }
        return scalars;
    }

    /** Puts its arguments, one at a time, into a list as text: shows which rows came and in what order. */
    static final AggregateFunction GATHER = () -> new AggregateFunction.State() {
        private final List<@Nullable Object> seen = new ArrayList<>();

        @Override
        public void add(EvaluationContext context, @Nullable Object[] arguments) {
            seen.add(arguments[0]);
        }

        @Override
        public Object result(EvaluationContext context) {
            return seen.toString();
        }
    };

    static final AggregateFunction COUNT = () -> new AggregateFunction.State() {
        private long count;

        @Override
        public void add(EvaluationContext context, @Nullable Object[] arguments) {
            count++;
        }

        @Override
        public Object result(EvaluationContext context) {
            return count;
        }
    };
}
