package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.expression.Scalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * UPDATE. Its input gives {@code old fields of the table | row key | anything else (FROM)}; a row that comes more than
 * once, or that the statement has changed elsewhere, is updated once, by its first coming.
 */
public final class UpdateOperator implements ModifyOperator {
    private final TableWriter writer;
    private final Operator source;
    private final @Nullable Scalar[] assignments;
    private final boolean[] assigned;
    private final Scalar @Nullable [] returning;

    /**
     * @param assignments one expression per field of the table over the input's row, null where it stays
     * @param returning over the input's row with the new fields in place of the old; null without RETURNING
     */
    public UpdateOperator(
            TableWriter writer, Operator source, @Nullable Scalar[] assignments, Scalar @Nullable [] returning) {
        this.writer = writer;
        this.source = source;
        this.assignments = assignments.clone();
        this.returning = returning;
        assigned = writer.assignedFields(Assignments.fields(assignments));
    }

    @Override
    public ModifyCursor open(Execution execution) {
        return new UpdateCursor(execution);
    }

    @Override
    public List<Operator> inputs() {
        return List.of(source);
    }

    @Override
    public void explain(Explanation explanation) {
        explanation.node("Update on " + writer.table().name());
    }

    private final class UpdateCursor extends ModifyCursor {
        private final Execution execution;
        private final List<@Nullable Object[]> returned = new ArrayList<>();
        private final int width = writer.table().columns().size();

        UpdateCursor(Execution execution) {
            super(execution);
            this.execution = execution;
        }

        @Override
        List<@Nullable Object[]> run() {
            writer.begin(execution.transaction());
            for (@Nullable Object[] row : Rows.drain(source, execution)) {
                byte[] rowKey = (byte[]) java.util.Objects.requireNonNull(row[width]);
                if (!execution.isChanged(rowKey)) {
                    update(row, rowKey);
                }
            }
            return returned;
        }

        private void update(@Nullable Object[] row, byte[] rowKey) {
            @Nullable Object[] old = Arrays.copyOf(row, width);
            @Nullable Object[] changed = Assignments.apply(old, row, assignments, execution);
            writer.complete(changed, execution);
            writer.update(rowKey, old, changed, assigned, execution, execution.pending());
            count();
            if (returning != null) {
                @Nullable Object[] scope = row.clone();
                System.arraycopy(changed, 0, scope, 0, width);
                returned.add(Rows.evaluate(returning, scope, execution));
            }
        }
    }
}
