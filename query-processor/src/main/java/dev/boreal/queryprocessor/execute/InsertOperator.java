package dev.boreal.queryprocessor.execute;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.expression.Scalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * INSERT. Its input gives whole rows of the table (fields in order, defaults filled in, of the columns' types; generated
 * columns anything).
 */
public final class InsertOperator implements ModifyOperator {
    private final TableWriter writer;
    private final Operator source;
    private final @Nullable OnConflict onConflict;
    private final Scalar @Nullable [] returning;

    /**
     * ON CONFLICT.
     *
     * @param arbiters the unique indexes that count, empty for all (DO NOTHING only)
     * @param assignments null for DO NOTHING; else one expression per field of the table, null where it stays, over the
     *     row {@code existing fields | existing row key | excluded fields}
     * @param where over the same row, or null
     */
    public record OnConflict(
            List<Index> arbiters,
            @Nullable Scalar @Nullable [] assignments,
            @Nullable Scalar where) {}

    /** @param returning over the inserted (or, ON CONFLICT, updated) row's fields; null without RETURNING */
    public InsertOperator(
            TableWriter writer, Operator source, @Nullable OnConflict onConflict, Scalar @Nullable [] returning) {
        this.writer = writer;
        this.source = source;
        this.onConflict = onConflict;
        this.returning = returning;
    }

    @Override
    public ModifyCursor open(Execution execution) {
        return new InsertCursor(execution);
    }

    @Override
    public List<Operator> inputs() {
        return List.of(source);
    }

    @Override
    public void explain(Explanation explanation) {
        explanation.node("Insert on " + writer.table().name());
        if (onConflict != null) {
            explanation.property("Conflict Resolution", onConflict.assignments() == null ? "NOTHING" : "UPDATE");
        }
    }

    private final class InsertCursor extends ModifyCursor {
        private final Execution execution;
        private final List<@Nullable Object[]> returned = new ArrayList<>();

        InsertCursor(Execution execution) {
            super(execution);
            this.execution = execution;
        }

        @Override
        List<@Nullable Object[]> run() {
            writer.begin(execution.transaction());
            int width = writer.table().columns().size();
            try (Cursor rows = execution.open(source)) {
                int done = 0;
                for (@Nullable Object[] given = rows.next(); given != null; given = rows.next()) {
                    if ((++done & 0xff) == 0) {
                        execution.checkCancelled();
                    }
                    @Nullable Object[] row = Arrays.copyOf(given, width);
                    writer.complete(row, execution);
                    byte[] conflicting = onConflict == null ? null : findConflict(row);
                    if (conflicting == null) {
                        writer.insert(row, execution, execution.pending());
                        affected(row);
                    } else if (onConflict != null && onConflict.assignments() != null) {
                        updateExisting(conflicting, row, onConflict.assignments(), onConflict.where());
                    }
                }
            }
            return returned;
        }

        private byte @Nullable [] findConflict(@Nullable Object[] row) {
            OnConflict clause = java.util.Objects.requireNonNull(onConflict);
            if (clause.arbiters().isEmpty()) {
                return writer.findConflict(row, null, execution);
            }
            for (Index arbiter : clause.arbiters()) {
                byte[] found = writer.findConflict(row, arbiter, execution);
                if (found != null) {
                    return found;
                }
            }
            return null;
        }

        private void updateExisting(
                byte[] rowKey, @Nullable Object[] excluded, @Nullable Scalar[] assignments, @Nullable Scalar where) {
            if (execution.isChanged(rowKey)) {
                throw new SqlException(SqlError.error(
                                SqlState.CARDINALITY_VIOLATION,
                                "ON CONFLICT DO UPDATE command cannot affect row a second time")
                        .withHint("Ensure that no rows proposed for insertion within the same command have duplicate"
                                + " constrained values."));
            }
            byte[] stored =
                    java.util.Objects.requireNonNull(execution.transaction().get(rowKey));
            @Nullable Object[] existing = writer.rows().decode(stored);
            @Nullable Object[] scope = new Object[2 * existing.length + 1];
            System.arraycopy(existing, 0, scope, 0, existing.length);
            scope[existing.length] = rowKey;
            System.arraycopy(excluded, 0, scope, existing.length + 1, excluded.length);
            if (where != null && !where.isTrue(scope, execution)) {
                return;
            }
            @Nullable Object[] changed = Assignments.apply(existing, scope, assignments, execution);
            writer.complete(changed, execution);
            writer.update(
                    rowKey,
                    existing,
                    changed,
                    writer.assignedFields(Assignments.fields(assignments)),
                    execution,
                    execution.pending());
            affected(changed);
        }

        private void affected(@Nullable Object[] row) {
            count();
            if (returning != null) {
                returned.add(Rows.evaluate(returning, row, execution));
            }
        }
    }
}
