package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Constraint;
import dev.boreal.queryprocessor.catalog.Constraint.ForeignKey.Action;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.transaction.Reads;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The referenced side of a foreign key: what happens to rows that refer to a key which goes away. They are found through
 * an index on the referencing columns if there is one, else by a scan. Immutable.
 */
final class ReferencingKey {
    private final Table table;
    private final Table referencing;
    private final Constraint.ForeignKey key;
    private final ExpressionCompiler compiler;
    private final int[] referencedFields;
    private final int[] referencingFields;
    private final SqlType[] types;

    ReferencingKey(Table table, Table referencing, Constraint.ForeignKey key, ExpressionCompiler compiler) {
        this.table = table;
        this.referencing = referencing;
        this.key = key;
        this.compiler = compiler;
        referencedFields =
                Arrays.stream(key.referencedColumns()).map(number -> number - 1).toArray();
        referencingFields =
                Arrays.stream(key.columns()).map(number -> number - 1).toArray();
        types = new SqlType[referencedFields.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = table.columns().get(referencedFields[i]).type();
        }
    }

    void deleted(@Nullable Object[] old, Execution execution, PendingChecks pending) {
        gone(old, null, key.onDelete(), execution, pending);
    }

    void updated(@Nullable Object[] old, @Nullable Object[] row, Execution execution, PendingChecks pending) {
        for (int i = 0; i < types.length; i++) {
            if (!KeyTable.equal(types[i], old[referencedFields[i]], row[referencedFields[i]])) {
                gone(old, row, key.onUpdate(), execution, pending);
                return;
            }
        }
    }

    private void gone(
            @Nullable Object[] old,
            @Nullable Object @Nullable [] replacement,
            Action action,
            Execution execution,
            PendingChecks pending) {
        @Nullable Object[] values = new Object[types.length];
        for (int i = 0; i < values.length; i++) {
            Object value = old[referencedFields[i]];
            if (value == null) {
                return;
            }
            values[i] = KeyConversion.convert(
                    value,
                    types[i],
                    referencing.columns().get(referencingFields[i]).type());
        }
        switch (action) {
            case RESTRICT -> pending.add(later -> refuse(values, old, later));
            case NO_ACTION -> {
                if (execution.transaction().deferredChecks().waits(key)) {
                    execution
                            .transaction()
                            .deferredChecks()
                            .add(key, () -> refuseUnlessReplaced(values, old, execution));
                } else {
                    pending.add(later -> refuseUnlessReplaced(values, old, later));
                }
            }
            case CASCADE, SET_NULL, SET_DEFAULT ->
                pending.add(later -> follow(values, replacement, action, later, pending));
        }
    }

    private void refuseUnlessReplaced(@Nullable Object[] values, @Nullable Object[] old, Execution execution) {
        if (!keyExists(old, execution)) {
            refuse(values, old, execution);
        }
    }

    /** Whether another row has taken the key over within the statement. */
    private boolean keyExists(@Nullable Object[] old, Execution execution) {
        Index index = table.indexes().stream()
                .filter(candidate -> candidate.oid() == key.referencedIndex())
                .findFirst()
                .orElseThrow();
        @Nullable Object[] values = index.columns().stream()
                .map(column -> old[column.columnNumber() - 1])
                .toArray();
        byte[] entry = KeyCodec.of(table, index).key(values, new dev.boreal.queryprocessor.type.ByteWriter(24));
        return execution.transaction().get(entry) != null;
    }

    private void refuse(@Nullable Object[] values, @Nullable Object[] old, Execution execution) {
        if (!referencingRows(values, 1, execution).isEmpty()) {
            @Nullable Object[] oldValues = Arrays.stream(referencedFields)
                    .mapToObj(field -> old[field])
                    .toArray();
            throw RowErrors.foreignKeyReferenced(
                    table,
                    key.name(),
                    RowErrors.keyText(table, key.referencedColumns(), oldValues, execution),
                    referencing,
                    execution);
        }
    }

    private void follow(
            @Nullable Object[] values,
            @Nullable Object @Nullable [] replacement,
            Action action,
            Execution execution,
            PendingChecks pending) {
        List<@Nullable Object[]> found = referencingRows(values, Integer.MAX_VALUE, execution);
        if (found.isEmpty()) {
            return;
        }
        TableWriter writer =
                new TableWriter(referencing, execution.transaction().catalog(), compiler);
        writer.begin(execution.transaction());
        int width = referencing.columns().size();
        List<Integer> setColumns = key.setColumns();
        for (@Nullable Object[] row : found) {
            byte[] rowKey = (byte[]) java.util.Objects.requireNonNull(row[width]);
            @Nullable Object[] old = Arrays.copyOf(row, width);
            if (action == Action.CASCADE && replacement == null) {
                writer.delete(rowKey, old, execution, pending);
                continue;
            }
            @Nullable Object[] changed = old.clone();
            for (int i = 0; i < referencingFields.length; i++) {
                if (replacement == null && setColumns != null && !setColumns.contains(referencingFields[i] + 1)) {
                    continue;
                }
                changed[referencingFields[i]] = newValue(i, replacement, action, execution);
            }
            writer.complete(changed, execution);
            writer.update(rowKey, old, changed, writer.assignedFields(referencingFields), execution, pending);
        }
    }

    private @Nullable Object newValue(
            int i, @Nullable Object @Nullable [] replacement, Action action, Execution execution) {
        Column column = referencing.columns().get(referencingFields[i]);
        return switch (action) {
            case CASCADE -> {
                Object value = java.util.Objects.requireNonNull(replacement)[referencedFields[i]];
                yield value == null ? null : KeyConversion.convert(value, types[i], column.type());
            }
            case SET_DEFAULT -> {
                Scalar scalar = compiler.columnDefault(referencing, column.field());
                yield scalar == null ? null : scalar.evaluate(KeyBounds.NO_ROW, execution);
            }
            default -> null;
        };
    }

    /** Rows of the referencing table that have these values now: all fields, then the row key. */
    private List<@Nullable Object[]> referencingRows(@Nullable Object[] values, int most, Execution execution) {
        List<@Nullable Object[]> found = new ArrayList<>();
        Reads before = execution.exchangeReads(execution.transaction());
        try (Operator.Cursor cursor = finder(values).open(execution)) {
            for (@Nullable Object[] row = cursor.next(); row != null && found.size() < most; row = cursor.next()) {
                found.add(row);
            }
        } finally {
            execution.exchangeReads(before);
        }
        return found;
    }

    private Operator finder(@Nullable Object[] values) {
        int[] all = new int[referencing.columns().size()];
        Arrays.setAll(all, field -> field);
        for (Index index : referencing.indexes()) {
            Scalar[] bound = boundBy(index, values);
            if (bound != null && index.predicateSql() == null && index.state() == Index.State.READY) {
                KeyBounds bounds = KeyBounds.equal(List.of(bound), key.name());
                return index.primary()
                        ? new TableScan(referencing, bounds, null, "", all, true, false, null)
                        : new IndexScan(
                                referencing, index, KeyCodec.typesOf(referencing, index), bounds, all, true, false);
            }
        }
        Operator scan = new TableScan(referencing, KeyBounds.ALL, null, "", all, true, false, null);
        return new FilterOperator(scan, (row, execution) -> matches(row, values), key.name());
    }

    private boolean matches(@Nullable Object[] row, @Nullable Object[] values) {
        for (int i = 0; i < values.length; i++) {
            Object value = row[referencingFields[i]];
            Object wanted = values[i];
            if (value == null
                    || wanted == null
                    || !referencing.columns().get(referencingFields[i]).type().equal(value, wanted)) {
                return false;
            }
        }
        return true;
    }

    /** The values in the order of the index's first columns, or null if those are not just the referencing columns. */
    private Scalar @Nullable [] boundBy(Index index, @Nullable Object[] values) {
        if (index.columns().size() < values.length) {
            return null;
        }
        Scalar[] bound = new Scalar[values.length];
        for (int i = 0; i < bound.length; i++) {
            int field = index.columns().get(i).columnNumber() - 1;
            for (int j = 0; j < referencingFields.length; j++) {
                if (referencingFields[j] == field) {
                    Object value = values[j];
                    bound[i] = (row, execution) -> value;
                }
            }
            if (bound[i] == null) {
                return null;
            }
        }
        return bound;
    }
}
