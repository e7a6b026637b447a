package dev.boreal.queryprocessor.execute;

import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Constraint;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.transaction.Transaction;
import dev.boreal.queryprocessor.type.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows of one table: checks its constraints, keeps its indexes, claims the keys. Immutable; part of a cached plan.
 *
 * <p>Accesses: an inserted or deleted row, and an updated one whose key columns change, is a KEY_WRITE of its key; any
 * other update a WRITE. A row without a primary key gets a row id that nobody else can have, so its insert claims
 * nothing. A unique entry that comes or goes is a KEY_WRITE of the entry's key. Every statement that writes takes
 * KEY_SHARE on the table's version.
 */
public final class TableWriter {
    private final Table table;
    private final RowCodec rows;
    private final @Nullable KeyCodec primaryKey;
    private final int[] primaryKeyFields;
    private final List<IndexWriter> indexes = new ArrayList<>();
    private final boolean[][] indexFields;
    private final boolean[] keyFields;
    private final List<NamedCheck> checks = new ArrayList<>();
    private final List<ForeignKeyCheck> outgoing = new ArrayList<>();
    private final List<ReferencingKey> incoming = new ArrayList<>();
    private final List<Generated> generated = new ArrayList<>();
    private final boolean[] notNull;

    private record Generated(int field, Scalar expression) {}

    /** @param compiler compiles checks, index expressions and generated columns, now and when foreign keys cascade */
    public TableWriter(Table table, CatalogSnapshot catalog, ExpressionCompiler compiler) {
        this.table = table;
        int width = table.columns().size();
        rows = new RowCodec(table);
        notNull = new boolean[width];
        keyFields = new boolean[width];
        for (Column column : table.columns()) {
            notNull[column.field()] = column.notNull() && !column.dropped();
            if (column.generatedStored() && column.defaultSql() != null && !column.dropped()) {
                generated.add(new Generated(
                        column.field(),
                        compiler.compileGenerated(column.defaultSql(), table, column.type(), column.typeModifier())));
            }
        }
        Index primary = table.primaryKey();
        primaryKey = primary == null ? null : KeyCodec.of(table, primary);
        primaryKeyFields = primary == null ? new int[0] : fieldsOf(primary);
        for (Index index : table.indexes()) {
            if (index.unique()) {
                for (int field : fieldsOf(index)) {
                    keyFields[field] = true;
                }
            }
            if (!index.primary()) {
                indexes.add(new IndexWriter(table, index, compiler));
            }
        }
        indexFields = new boolean[indexes.size()][];
        for (int i = 0; i < indexFields.length; i++) {
            indexFields[i] = touchedBy(indexes.get(i).index(), width);
        }
        for (Constraint constraint : table.constraints()) {
            switch (constraint) {
                case Constraint.Check check ->
                    checks.add(new NamedCheck(
                            check.name(),
                            compiler.compile(check.conditionSql(), table).scalar()));
                case Constraint.ForeignKey key -> outgoing.add(new ForeignKeyCheck(table, key, catalog));
                case Constraint.Unique unique -> {}
            }
        }
        for (var relation : catalog.relations()) {
            if (relation instanceof Table referencing) {
                for (Constraint constraint : referencing.constraints()) {
                    if (constraint instanceof Constraint.ForeignKey key && key.referencedTable() == table.oid()) {
                        incoming.add(new ReferencingKey(table, referencing, key, compiler));
                    }
                }
            }
        }
    }

    private static int[] fieldsOf(Index index) {
        return index.columns().stream()
                .filter(column -> column.columnNumber() > 0)
                .mapToInt(column -> column.columnNumber() - 1)
                .toArray();
    }

    /** Which fields an index's entries depend on; all of them if it has an expression or a predicate. */
    private static boolean[] touchedBy(Index index, int width) {
        boolean[] touched = new boolean[width];
        boolean anything =
                index.predicateSql() != null || index.columns().stream().anyMatch(column -> column.columnNumber() == 0);
        Arrays.fill(touched, anything);
        for (int field : fieldsOf(index)) {
            touched[field] = true;
        }
        return touched;
    }

    public Table table() {
        return table;
    }

    RowCodec rows() {
        return rows;
    }

    /** Takes the access that every statement that writes the table takes. */
    public void begin(Transaction transaction) {
        transaction.accessTableVersion(table.oid(), AccessMode.KEY_SHARE);
    }

    /** Computes generated columns in place and checks NOT NULL and CHECK. */
    public void complete(@Nullable Object[] row, Execution execution) {
        for (Generated column : generated) {
            row[column.field()] = column.expression().evaluate(row, execution);
        }
        for (int field = 0; field < notNull.length; field++) {
            if (notNull[field] && row[field] == null) {
                throw RowErrors.notNull(table, table.columns().get(field), row, execution);
            }
        }
        for (NamedCheck check : checks) {
            if (Boolean.FALSE.equals(check.condition().evaluate(row, execution))) {
                throw RowErrors.check(table, check.name(), row, execution);
            }
        }
    }

    /** The key that the row has or, without a primary key, a new one. */
    private byte[] newRowKey(@Nullable Object[] row, Execution execution) {
        if (primaryKey == null) {
            return newRowId(table, execution.transaction());
        }
        return primaryKey.key(pick(row, primaryKeyFields), new ByteWriter(24));
    }

    /** A key for a row of a table without a primary key. */
    static byte[] newRowId(Table table, Transaction transaction) {
        ByteWriter out = KeyCodec.begin(new ByteWriter(16), table.storageId());
        out.writeBytes(transaction.nextRowId());
        return out.toByteArray();
    }

    private static @Nullable Object[] pick(@Nullable Object[] row, int[] fields) {
        @Nullable Object[] picked = new Object[fields.length];
        for (int i = 0; i < fields.length; i++) {
            picked[i] = row[fields[i]];
        }
        return picked;
    }

    /**
     * The key of a row that stands in the way of inserting {@code row}: it has the same value in the arbiter index, or
     * in any unique index if {@code arbiter} is null. Null if there is none.
     */
    byte @Nullable [] findConflict(@Nullable Object[] row, @Nullable Index arbiter, Execution execution) {
        Transaction transaction = execution.transaction();
        Index primary = table.primaryKey();
        if (primaryKey != null && primary != null && (arbiter == null || arbiter.oid() == primary.oid())) {
            byte[] rowKey = primaryKey.key(pick(row, primaryKeyFields), new ByteWriter(24));
            if (transaction.get(rowKey) != null) {
                return rowKey;
            }
        }
        for (IndexWriter index : indexes) {
            if (arbiter == null || arbiter.oid() == index.index().oid()) {
                IndexWriter.Entry entry = index.entry(row, new byte[KeyCodec.PREFIX], execution);
                byte[] holder = entry == null || !entry.claimsUniqueness() ? null : index.holder(entry, transaction);
                if (holder != null) {
                    return holder;
                }
            }
        }
        return null;
    }

    /** Inserts a {@link #complete} row; its foreign keys are checked now or join {@code pending}. Returns its key. */
    public byte[] insert(@Nullable Object[] row, Execution execution, PendingChecks pending) {
        Transaction transaction = execution.transaction();
        byte[] rowKey = newRowKey(row, execution);
        if (primaryKey != null) {
            if (transaction.get(rowKey) != null) {
                throw primaryKeyTaken(row, execution);
            }
            transaction.access(rowKey, AccessMode.KEY_WRITE, table.oid());
        }
        for (IndexWriter index : indexes) {
            IndexWriter.Entry entry = index.entry(row, rowKey, execution);
            if (entry != null) {
                addEntry(index, entry, rowKey, execution);
            }
        }
        transaction.put(rowKey, rows.encode(row));
        for (ForeignKeyCheck key : outgoing) {
            key.check(rowKey, row, execution, pending);
        }
        return rowKey;
    }

    private RuntimeException primaryKeyTaken(@Nullable Object[] row, Execution execution) {
        Index primary = java.util.Objects.requireNonNull(table.primaryKey());
        int[] numbers = Arrays.stream(primaryKeyFields).map(field -> field + 1).toArray();
        return RowErrors.unique(
                table,
                primary.name(),
                RowErrors.keyText(table, numbers, pick(row, primaryKeyFields), execution),
                execution);
    }

    private void addEntry(IndexWriter index, IndexWriter.Entry entry, byte[] rowKey, Execution execution) {
        if (entry.claimsUniqueness() && index.holder(entry, execution.transaction()) != null) {
            throw RowErrors.unique(table, index.index().name(), index.keyText(entry.values(), execution), execution);
        }
        index.add(entry, rowKey, execution.transaction());
    }

    /**
     * Replaces a row by a {@link #complete} one. {@code assigned} tells which fields may differ; generated columns count
     * as assigned whenever anything is. Returns the row's key, which is new if the primary key changed.
     */
    public byte[] update(
            byte[] rowKey,
            @Nullable Object[] old,
            @Nullable Object[] row,
            boolean[] assigned,
            Execution execution,
            PendingChecks pending) {
        Transaction transaction = execution.transaction();
        byte[] newKey = rowKey;
        if (primaryKey != null && anyAssigned(primaryKeyFields, assigned)) {
            newKey = newRowKey(row, execution);
        }
        boolean moved = !Arrays.equals(newKey, rowKey);
        if (moved && transaction.get(newKey) != null) {
            throw primaryKeyTaken(row, execution);
        }
        transaction.access(
                rowKey, moved || keyChanges(old, row, assigned) ? AccessMode.KEY_WRITE : AccessMode.WRITE, table.oid());
        if (moved) {
            transaction.access(newKey, AccessMode.KEY_WRITE, table.oid());
            transaction.delete(rowKey);
        }
        for (int i = 0; i < indexFields.length; i++) {
            if (moved || overlaps(indexFields[i], assigned)) {
                moveEntry(indexes.get(i), rowKey, old, newKey, row, moved, execution);
            }
        }
        transaction.put(newKey, rows.encode(row));
        for (ForeignKeyCheck key : outgoing) {
            if (key.changes(old, row)) {
                key.check(newKey, row, execution, pending);
            }
        }
        for (ReferencingKey key : incoming) {
            key.updated(old, row, execution, pending);
        }
        return newKey;
    }

    private void moveEntry(
            IndexWriter index,
            byte[] oldKey,
            @Nullable Object[] old,
            byte[] newKey,
            @Nullable Object[] row,
            boolean moved,
            Execution execution) {
        IndexWriter.Entry before = index.entry(old, oldKey, execution);
        IndexWriter.Entry after = index.entry(row, newKey, execution);
        boolean same = IndexWriter.sameKey(before, after);
        if (same && !moved) {
            return;
        }
        if (before != null) {
            index.remove(before, execution.transaction());
        }
        if (after != null) {
            addEntry(index, after, newKey, execution);
        }
    }

    private boolean keyChanges(@Nullable Object[] old, @Nullable Object[] row, boolean[] assigned) {
        for (int field = 0; field < keyFields.length; field++) {
            if (keyFields[field] && assigned[field]) {
                if (!KeyTable.equal(rows.type(field), old[field], row[field])) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean anyAssigned(int[] fields, boolean[] assigned) {
        for (int field : fields) {
            if (assigned[field]) {
                return true;
            }
        }
        return false;
    }

    private static boolean overlaps(boolean[] a, boolean[] b) {
        for (int i = 0; i < a.length; i++) {
            if (a[i] && b[i]) {
                return true;
            }
        }
        return false;
    }

    /** Which fields an update that assigns {@code fields} may change: those and the generated columns. */
    public boolean[] assignedFields(int[] fields) {
        boolean[] assigned = new boolean[table.columns().size()];
        for (int field : fields) {
            assigned[field] = true;
        }
        for (Generated column : generated) {
            assigned[column.field()] = true;
        }
        return assigned;
    }

    /** Deletes a row; what refers to it is checked or follows. */
    public void delete(byte[] rowKey, @Nullable Object[] old, Execution execution, PendingChecks pending) {
        Transaction transaction = execution.transaction();
        transaction.access(rowKey, AccessMode.KEY_WRITE, table.oid());
        for (IndexWriter index : indexes) {
            IndexWriter.Entry entry = index.entry(old, rowKey, execution);
            if (entry != null) {
                index.remove(entry, transaction);
            }
        }
        transaction.delete(rowKey);
        for (ReferencingKey key : incoming) {
            key.deleted(old, execution, pending);
        }
    }
}
