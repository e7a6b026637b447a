package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates calls over one window, of one PARTITION BY and ORDER BY; frames may differ from call to call. It sorts its
 * input itself. Rows: the input's columns followed by one per call, in the window's order. One partition at a time is in
 * memory.
 */
public final class WindowOperator implements Operator {
    private final Operator sorted;
    private final Scalar[] partitionKeys;
    private final SqlType[] partitionTypes;
    private final SortKey[] order;
    private final List<WindowCall> calls;
    private final int inputColumns;

    /**
     * @param partitionTypes of the partition keys
     * @param inputTypes of all the input's columns
     */
    public WindowOperator(
            Operator input,
            Scalar[] partitionKeys,
            SqlType[] partitionTypes,
            List<SortKey> order,
            List<WindowCall> calls,
            SqlType[] inputTypes) {
        this.partitionKeys = partitionKeys.clone();
        this.partitionTypes = partitionTypes.clone();
        this.order = SortKey.array(order);
        this.calls = List.copyOf(calls);
        inputColumns = inputTypes.length;
        List<SortKey> keys = new ArrayList<>();
        for (int i = 0; i < partitionKeys.length; i++) {
            keys.add(new SortKey(partitionKeys[i], partitionTypes[i], false, false));
        }
        keys.addAll(order);
        sorted = keys.isEmpty() ? input : new SortOperator(input, keys, null, inputTypes);
    }

    @Override
    public Cursor open(Execution execution) {
        return new WindowCursor(execution);
    }

    @Override
    public List<Operator> inputs() {
        return List.of(sorted);
    }

    @Override
    public void explain(Explanation explanation) {
        explanation.node("WindowAgg");
    }

    private final class WindowCursor implements Cursor {
        private final Execution execution;
        private final Cursor source;
        private final WindowPartition partition;
        private final WindowEvaluation[] evaluations = new WindowEvaluation[calls.size()];
        private @Nullable Object @Nullable [] ahead;
        private boolean started;
        private int position;

        WindowCursor(Execution execution) {
            this.execution = execution;
            partition = new WindowPartition(order, execution);
            for (int i = 0; i < evaluations.length; i++) {
                evaluations[i] = new WindowEvaluation(calls.get(i), order, partition, execution);
            }
            source = execution.open(sorted);
        }

        @Override
        public @Nullable Object @Nullable [] next() {
            if (!started) {
                ahead = source.next();
                started = true;
            }
            if (position == partition.size() && !readPartition()) {
                return null;
            }
            @Nullable Object[] row = new Object[inputColumns + evaluations.length];
            System.arraycopy(partition.row(position), 0, row, 0, inputColumns);
            for (int i = 0; i < evaluations.length; i++) {
                row[inputColumns + i] = evaluations[i].value(position);
            }
            position++;
            return row;
        }

        private boolean readPartition() {
            partition.clear();
            position = 0;
            @Nullable Object[] row = ahead;
            if (row == null) {
                return false;
            }
            @Nullable Object[] keys = Rows.evaluate(partitionKeys, row, execution);
            do {
                partition.add(row, execution);
                row = source.next();
                if ((partition.size() & 0xfff) == 0) {
                    execution.checkCancelled();
                }
            } while (row != null && samePartition(keys, row));
            ahead = row;
            for (WindowEvaluation evaluation : evaluations) {
                evaluation.startPartition();
            }
            return true;
        }

        private boolean samePartition(@Nullable Object[] keys, @Nullable Object[] row) {
            for (int i = 0; i < keys.length; i++) {
                if (!KeyTable.equal(partitionTypes[i], keys[i], partitionKeys[i].evaluate(row, execution))) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public void close() {
            partition.close();
            source.close();
        }
    }
}
