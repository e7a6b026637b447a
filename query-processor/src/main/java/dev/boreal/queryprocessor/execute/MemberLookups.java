package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.type.SqlArray;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code column = ANY (array)} over a key: the array is evaluated once, and each of its elements looked up. */
public final class MemberLookups implements Operator {
    private final Table table;
    private final Index index;
    private final SqlType[] columnTypes;
    private final Scalar array;
    private final SqlType elementType;
    private final Conversion conversion;
    private final String text;
    private final int[] fields;
    private final boolean withRowKey;

    /** Makes a scalar one of the key column's type; NULL where no key can be equal. */
    public interface Conversion {
        Scalar convert(Scalar element);
    }

    /**
     * @param index the column is its first
     * @param columnTypes of the index
     * @param array over no row
     * @param fields of the table to give, in order
     * @param withRowKey whether the row's key follows
     */
    public MemberLookups(
            Table table,
            Index index,
            SqlType[] columnTypes,
            Scalar array,
            SqlType elementType,
            Conversion conversion,
            String text,
            int[] fields,
            boolean withRowKey) {
        this.table = table;
        this.index = index;
        this.columnTypes = columnTypes.clone();
        this.array = array;
        this.elementType = elementType;
        this.conversion = conversion;
        this.text = text;
        this.fields = fields.clone();
        this.withRowKey = withRowKey;
    }

    /** The lookup of one value in an index whose first column has it. */
    public static Operator lookup(
            Table table,
            Index index,
            SqlType[] columnTypes,
            Scalar value,
            String text,
            int[] fields,
            boolean withRowKey) {
        if (index.primary() && index.columns().size() == 1) {
            return new PointLookup(table, List.of(value), text, fields, withRowKey);
        }
        KeyBounds bounds = KeyBounds.equal(List.of(value), text);
        return index.primary()
                ? new TableScan(table, bounds, null, "", fields, withRowKey, false, null)
                : new IndexScan(table, index, columnTypes, bounds, fields, withRowKey, false);
    }

    @Override
    public Cursor open(Execution execution) {
        if (!(array.evaluate(KeyBounds.NO_ROW, execution) instanceof SqlArray members)) {
            return EmptyCursor.INSTANCE;
        }
        SqlType[] types = {elementType};
        Set<Rows.HashKey> distinct = new HashSet<>();
        List<Object> wanted = new ArrayList<>();
        for (Object member : members.elements()) {
            if (member != null && distinct.add(new Rows.HashKey(new Object[] {member}, types))) {
                wanted.add(member);
            }
        }
        return new LookupCursor(wanted, execution);
    }

    private final class LookupCursor implements Cursor {
        private final List<Object> wanted;
        private final Execution execution;
        private int next;
        private @Nullable Cursor source;

        LookupCursor(List<Object> wanted, Execution execution) {
            this.wanted = wanted;
            this.execution = execution;
        }

        @Override
        public @Nullable Object @Nullable [] next() {
            while (true) {
                Cursor current = source;
                @Nullable Object[] row = current == null ? null : current.next();
                if (row != null) {
                    return row;
                }
                close();
                if (next == wanted.size()) {
                    return null;
                }
                if ((next & 0xff) == 0xff) {
                    execution.checkCancelled();
                }
                Object member = wanted.get(next++);
                Scalar value = conversion.convert((_, _) -> member);
                source = lookup(table, index, columnTypes, value, text, fields, withRowKey)
                        .open(execution);
            }
        }

        @Override
        public void close() {
            Cursor current = source;
            source = null;
            if (current != null) {
                current.close();
            }
        }
    }

    @Override
    public List<Operator> inputs() {
        return List.of();
    }

    @Override
    public void explain(Explanation explanation) {
        if (index.primary()) {
            explanation.node("Primary Key Lookup on " + table.name());
            explanation.property("Key Cond", text);
        } else {
            explanation.node("Index Scan using " + index.name() + " on " + table.name());
            explanation.property("Index Cond", text);
        }
    }
}
