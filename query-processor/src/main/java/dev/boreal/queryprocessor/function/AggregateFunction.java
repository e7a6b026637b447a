package dev.boreal.queryprocessor.function;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of an aggregate function. Immutable and thread-safe; its states are neither. */
public interface AggregateFunction {

    /** A fresh state for one group. */
    State newState();

    /** Of a hypothetical-set aggregate: the body for an order of WITHIN GROUP. */
    default AggregateFunction within(List<Ordering> order) {
        return this;
    }

    /** Running state of one group. */
    interface State {
        /**
         * Takes in one row's arguments. A strict aggregate is never called with a null among them. The array is the
         * caller's, which fills it anew for the next row: a state keeps values, not the array.
         */
        void add(EvaluationContext context, @Nullable Object[] arguments);

        /** The result so far; may be called more than once, with more rows in between (windows). */
        @Nullable Object result(EvaluationContext context);

        /** Whether the state grows with every row that it takes in. */
        default boolean collects() {
            return false;
        }
    }
}
