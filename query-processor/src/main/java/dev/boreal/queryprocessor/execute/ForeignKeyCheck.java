package dev.boreal.queryprocessor.execute;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.catalog.Constraint;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.type.ByteWriter;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The referencing side of a foreign key: the referenced key must be there, and is claimed KEY_SHARE, so that whoever
 * deletes or moves it at the same time conflicts. Immutable.
 */
final class ForeignKeyCheck {
    private final Table table;
    private final Constraint.ForeignKey key;
    private final Table referenced;
    private final KeyCodec referencedKeys;
    private final RowCodec rows;
    private final int[] fields;
    private final SqlType[] types;

    ForeignKeyCheck(Table table, Constraint.ForeignKey key, CatalogSnapshot catalog) {
        this.table = table;
        this.key = key;
        rows = new RowCodec(table);
        referenced = key.referencedTable() == table.oid()
                ? table
                : (Table) java.util.Objects.requireNonNull(catalog.relation(key.referencedTable()));
        Index index = referenced.indexes().stream()
                .filter(candidate -> candidate.oid() == key.referencedIndex())
                .findFirst()
                .orElseThrow();
        referencedKeys = KeyCodec.of(referenced, index);
        fields = new int[index.columns().size()];
        types = new SqlType[fields.length];
        for (int i = 0; i < fields.length; i++) {
            int number = index.columns().get(i).columnNumber();
            for (int j = 0; j < key.referencedColumns().length; j++) {
                if (key.referencedColumns()[j] == number) {
                    fields[i] = key.columns()[j] - 1;
                }
            }
            types[i] = table.columns().get(fields[i]).type();
        }
    }

    boolean changes(@Nullable Object[] old, @Nullable Object[] row) {
        for (int i = 0; i < fields.length; i++) {
            if (!KeyTable.equal(types[i], old[fields[i]], row[fields[i]])) {
                return true;
            }
        }
        return false;
    }

    /** Checks a row that was there before, whether the constraint may wait or not. */
    void validate(@Nullable Object[] row, Execution execution) {
        byte[] referencedKey = referencedKey(row, execution);
        if (referencedKey != null && execution.transaction().get(referencedKey) == null) {
            throw missing(row, execution);
        }
    }

    /** Checks a row that was just written; now, at the end of the statement, or at the end of the transaction. */
    void check(byte[] rowKey, @Nullable Object[] row, Execution execution, PendingChecks pending) {
        byte[] referencedKey = referencedKey(row, execution);
        if (referencedKey == null || execution.transaction().get(referencedKey) != null) {
            return;
        }
        if (execution.transaction().deferredChecks().waits(key)) {
            execution
                    .transaction()
                    .deferredChecks()
                    .add(key, () -> checkDeferred(rowKey, row, referencedKey, execution));
        } else {
            pending.add(later -> {
                if (later.transaction().get(referencedKey) == null) {
                    throw missing(row, later);
                }
            });
        }
    }

    private void checkDeferred(byte[] rowKey, @Nullable Object[] row, byte[] referencedKey, Execution execution) {
        byte[] stored = execution.transaction().get(rowKey);
        boolean refersStill = stored != null && !changes(rows.decode(stored), row);
        if (refersStill && execution.transaction().get(referencedKey) == null) {
            throw missing(row, execution);
        }
    }

    /** Claims the key that the row refers to; null if a null lets it refer to nothing. */
    private byte @Nullable [] referencedKey(@Nullable Object[] row, Execution execution) {
        ByteWriter out = referencedKeys.begin(new ByteWriter(24));
        int nulls = 0;
        for (int i = 0; i < fields.length; i++) {
            Object value = row[fields[i]];
            if (value == null) {
                nulls++;
            } else {
                referencedKeys.append(out, i, KeyConversion.convert(value, types[i], referencedKeys.type(i)));
            }
        }
        if (nulls > 0) {
            if (key.matchFull() && nulls < fields.length) {
                throw missing(row, execution);
            }
            return null;
        }
        byte[] referencedKey = out.toByteArray();
        execution.transaction().access(referencedKey, AccessMode.KEY_SHARE, referenced.oid());
        return referencedKey;
    }

    private SqlException missing(@Nullable Object[] row, Execution execution) {
        @Nullable Object[] values =
                Arrays.stream(key.columns()).mapToObj(number -> row[number - 1]).toArray();
        return RowErrors.foreignKeyMissing(
                table, key.name(), RowErrors.keyText(table, key.columns(), values, execution), referenced, execution);
    }
}
