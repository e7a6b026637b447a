package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.function.AggregateFunction;
import dev.boreal.queryprocessor.function.WindowFunction;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates one call for each row of a partition in order. An aggregate whose frame only grows at its end keeps one
 * running state; any other frame that changes is aggregated anew, since states cannot forget rows.
 */
final class WindowEvaluation {
    private final WindowCall call;
    private final WindowPartition partition;
    private final Execution execution;
    private final FrameWalk window;
    private final @Nullable Object[] arguments;
    private WindowFunction.@Nullable State functionState;
    private AggregateFunction.@Nullable State aggregateState;
    private int stateStart;
    private int stateEnd;
    private boolean resultKnown;
    private @Nullable Object result;
    private int steps;

    WindowEvaluation(WindowCall call, SortKey[] order, WindowPartition partition, Execution execution) {
        this.call = call;
        this.partition = partition;
        this.execution = execution;
        window = new FrameWalk(call, order, partition, execution);
        arguments = new Object[call.arguments().length];
    }

    void startPartition() {
        window.startPartition();
        functionState = call.function() == null ? null : call.function().newState();
        aggregateState = null;
        resultKnown = false;
    }

    @Nullable Object value(int row) {
        window.moveTo(row);
        if (functionState != null) {
            return functionState.value(execution.context(), window);
        }
        return call.frame().exclusion() == WindowFrame.Exclusion.NO_OTHERS ? growing() : fresh();
    }

    private @Nullable Object growing() {
        int start = window.frameStart();
        int end = Math.max(start, window.frameEnd());
        AggregateFunction.State state = aggregateState;
        if (state == null || stateStart != start || end < stateEnd) {
            state = newState();
            stateStart = start;
            stateEnd = start;
            resultKnown = false;
        }
        if (end > stateEnd || !resultKnown) {
            for (int i = stateEnd; i < end; i++) {
                add(state, i);
            }
            stateEnd = end;
            result = state.result(execution.context());
            resultKnown = true;
        }
        return result;
    }

    private @Nullable Object fresh() {
        AggregateFunction.State state = newState();
        for (int i = window.frameStart(); i < window.frameEnd(); i++) {
            if (!window.excluded(i)) {
                add(state, i);
            }
        }
        return state.result(execution.context());
    }

    private AggregateFunction.State newState() {
        AggregateFunction aggregate = call.aggregate();
        if (aggregate == null) {
            throw new IllegalStateException("not an aggregate: " + call.text());
        }
        AggregateFunction.State state = aggregate.newState();
        aggregateState = state;
        return state;
    }

    private void add(AggregateFunction.State state, int index) {
        if ((++steps & 0xfff) == 0) {
            execution.checkCancelled();
        }
        @Nullable Object[] row = partition.row(index);
        if (call.filter() != null && !call.filter().isTrue(row, execution)) {
            return;
        }
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = call.arguments()[i].evaluate(row, execution);
            if (call.strict() && arguments[i] == null) {
                return;
            }
        }
        state.add(execution.context(), arguments);
    }
}
