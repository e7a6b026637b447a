package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.expression.Scalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * DELETE. Its input gives {@code old fields of the table | row key | anything else (USING)}; a row that comes more than
 * once, or that the statement has changed elsewhere, counts once, by its first coming.
 */
public final class DeleteOperator implements ModifyOperator {
    private final TableWriter writer;
    private final Operator source;
    private final Scalar @Nullable [] returning;

    /** @param returning over the input's row; null without RETURNING */
    public DeleteOperator(TableWriter writer, Operator source, Scalar @Nullable [] returning) {
        this.writer = writer;
        this.source = source;
        this.returning = returning;
    }

    @Override
    public ModifyCursor open(Execution execution) {
        return new DeleteCursor(execution);
    }

    @Override
    public List<Operator> inputs() {
        return List.of(source);
    }

    @Override
    public void explain(Explanation explanation) {
        explanation.node("Delete on " + writer.table().name());
    }

    private final class DeleteCursor extends ModifyCursor {
        private final Execution execution;

        DeleteCursor(Execution execution) {
            super(execution);
            this.execution = execution;
        }

        @Override
        List<@Nullable Object[]> run() {
            writer.begin(execution.transaction());
            List<@Nullable Object[]> returned = new ArrayList<>();
            int width = writer.table().columns().size();
            for (@Nullable Object[] row : Rows.drain(source, execution)) {
                byte[] rowKey = (byte[]) java.util.Objects.requireNonNull(row[width]);
                if (execution.isChanged(rowKey)) {
                    continue;
                }
                writer.delete(rowKey, Arrays.copyOf(row, width), execution, execution.pending());
                count();
                if (returning != null) {
                    returned.add(Rows.evaluate(returning, row, execution));
                }
            }
            return returned;
        }
    }
}
