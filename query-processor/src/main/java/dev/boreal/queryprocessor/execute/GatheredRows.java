package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.function.AggregateFunction;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** One group's rows for an aggregate with DISTINCT or ORDER BY, until all have come and can be put in order. */
final class GatheredRows implements AutoCloseable {
    private final AggregateCall call;
    private final SortKey[] order;
    private final Execution execution;
    private final @Nullable KeyTable seen;
    private final RowBuffer rows;

    GatheredRows(AggregateCall call, SortKey[] order, Execution execution) {
        this.call = call;
        this.order = order;
        this.execution = execution;
        seen = call.distinct() ? new KeyTable(call.argumentTypes(), execution) : null;
        rows = new RowBuffer(execution);
    }

    /** @param arguments copied */
    void add(@Nullable Object[] row, @Nullable Object[] arguments) {
        if (seen != null) {
            int known = seen.size();
            if (seen.findOrAdd(arguments) < known) {
                return;
            }
        }
        int width = arguments.length;
        @Nullable Object[] gathered = Arrays.copyOf(arguments, width + order.length);
        for (int i = 0; i < order.length; i++) {
            gathered[width + i] = order[i].expression().evaluate(row, execution);
        }
        rows.add(gathered);
    }

    /** Hands the rows to the function in their order. */
    @Nullable Object result() {
        @Nullable Object[][] sorted = new Object[rows.size()][];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = rows.get(i);
        }
        Arrays.sort(sorted, comparator());
        AggregateFunction.State state = call.function().newState();
        @Nullable Object[] arguments = new Object[call.arguments().length];
        for (int i = 0; i < sorted.length; i++) {
            System.arraycopy(sorted[i], 0, arguments, 0, arguments.length);
            state.add(execution.context(), arguments);
            if ((i & 0xfff) == 0xfff) {
                execution.checkCancelled();
            }
        }
        return state.result(execution.context());
    }

    private Comparator<@Nullable Object[]> comparator() {
        int width = call.arguments().length;
        return (a, b) -> {
            for (int i = 0; i < order.length; i++) {
                int found = order[i].compare(a[width + i], b[width + i]);
                if (found != 0) {
                    return found;
                }
            }
            return call.distinct() ? compareArguments(a, b) : 0;
        };
    }

    private int compareArguments(@Nullable Object[] a, @Nullable Object[] b) {
        for (int i = 0; i < call.argumentTypes().length; i++) {
            Object left = a[i];
            Object right = b[i];
            int found = left == null || right == null
                    ? Boolean.compare(left == null, right == null)
                    : call.argumentTypes()[i].compare(left, right);
            if (found != 0) {
                return found;
            }
        }
        return 0;
    }

    @Override
    public void close() {
        if (seen != null) {
            seen.close();
        }
        rows.close();
    }
}
