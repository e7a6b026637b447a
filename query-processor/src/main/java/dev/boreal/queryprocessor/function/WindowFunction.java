package dev.boreal.queryprocessor.function;

import org.jspecify.annotations.Nullable;

/** The body of a window function that is not an aggregate. Immutable and thread-safe; its states are neither. */
@FunctionalInterface
public interface WindowFunction {

    /** A fresh state for one partition. */
    State newState();

    /** Running state of one partition. */
    @FunctionalInterface
    interface State {
        /** The value for the window's current row. Called once for every row of the partition, in order. */
        @Nullable Object value(EvaluationContext context, Window window);
    }

    /** One partition, its current row and that row's frame, as the executor shows them. Rows count from 0. */
    interface Window {
        /** Rows in the partition. */
        int size();

        int currentRow();

        /** First row that ORDER BY does not tell from the current one. */
        int peerStart();

        /** The row after the last peer of the current one. */
        int peerEnd();

        /** First row of the frame, EXCLUDE not considered. */
        int frameStart();

        /** The row after the frame's last, EXCLUDE not considered; an empty frame has {@code frameEnd <= frameStart}. */
        int frameEnd();

        /** Whether EXCLUDE takes a row between {@link #frameStart} and {@link #frameEnd} out of the frame. */
        boolean excluded(int row);

        /** The call's argument for a row of the partition. */
        @Nullable Object argument(int row, int index);

        /** How many arguments the call has. */
        int argumentCount();
    }
}
