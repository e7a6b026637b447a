package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.function.AggregateFunction;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The groups of one grouping set, in the order they were first seen, with the state of every aggregate call. */
final class GroupTable implements AutoCloseable {
    private static final int STATE_BYTES = 48;

    private final int[] columns;
    private final AggregateCall[] calls;
    private final SortKey[][] orders;
    private final Execution execution;
    private final KeyTable keys;
    private final @Nullable Object[] probe;
    /** For each group and call an {@link AggregateFunction.State} or {@link GatheredRows}. */
    private Object[] states;

    private long bytes;

    /** @param columns which of the group keys are in the set */
    GroupTable(int[] columns, SqlType[] keyTypes, AggregateCall[] calls, SortKey[][] orders, Execution execution) {
        this.columns = columns;
        this.calls = calls;
        this.orders = orders;
        this.execution = execution;
        SqlType[] types = new SqlType[columns.length];
        for (int i = 0; i < columns.length; i++) {
            types[i] = keyTypes[columns[i]];
        }
        keys = new KeyTable(types, execution);
        probe = new Object[columns.length];
        states = new Object[4 * calls.length];
    }

    int size() {
        return keys.size();
    }

    /** The number of the row's group. */
    int group(@Nullable Object[] keyValues) {
        for (int i = 0; i < columns.length; i++) {
            probe[i] = keyValues[columns[i]];
        }
        int known = keys.size();
        int group = keys.findOrAdd(probe);
        if (group == known) {
            begin(group);
        }
        return group;
    }

    private void begin(int group) {
        long more = (long) STATE_BYTES * calls.length;
        execution.workspace().take(more);
        bytes += more;
        int offset = group * calls.length;
        if (offset + calls.length > states.length) {
            states = Arrays.copyOf(states, Math.multiplyExact(2, states.length));
        }
        for (int i = 0; i < calls.length; i++) {
            states[offset + i] = calls[i].gathers()
                    ? new GatheredRows(calls[i], orders[i], execution)
                    : calls[i].function().newState();
        }
    }

    void add(int group, int call, @Nullable Object[] row, @Nullable Object[] arguments) {
        Object state = states[group * calls.length + call];
        if (state instanceof GatheredRows gathered) {
            gathered.add(row, arguments);
        } else {
            AggregateFunction.State collected = (AggregateFunction.State) state;
            if (collected.collects()) {
                // What is collected here is copied once more when it becomes a value.
                long more = 2 * RowSize.of(arguments);
                execution.workspace().take(more);
                bytes += more;
            }
            collected.add(execution.context(), arguments);
        }
    }

    /** Puts a group's keys, at their places, and its results behind them. */
    void output(int group, @Nullable Object[] row, int keyCount) {
        for (int i = 0; i < columns.length; i++) {
            row[columns[i]] = keys.value(group, i);
        }
        for (int i = 0; i < calls.length; i++) {
            Object state = states[group * calls.length + i];
            row[keyCount + i] = state instanceof GatheredRows gathered
                    ? gathered.result()
                    : ((AggregateFunction.State) state).result(execution.context());
        }
    }

    @Override
    public void close() {
        for (int i = 0; i < keys.size() * calls.length; i++) {
            if (states[i] instanceof GatheredRows gathered) {
                gathered.close();
            }
        }
        keys.close();
        execution.workspace().give(bytes);
        bytes = 0;
    }
}
