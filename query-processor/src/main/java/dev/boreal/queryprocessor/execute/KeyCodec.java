package dev.boreal.queryprocessor.execute;

import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.key.Keys;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.type.ByteWriter;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one index (a table's primary key among them) as {@link Index} lays them out. Immutable.
 *
 * <p>An expression column has its type given, since the catalog knows only its text.
 */
public final class KeyCodec {
    public static final int PREFIX = Integer.BYTES;

    private static final int NULL_FIRST = 0;
    private static final int VALUE = 1;
    private static final int NULL_LAST = 2;

    private final int storageId;
    private final boolean marked;
    private final SqlType[] types;
    private final boolean[] descending;
    private final boolean[] nullsFirst;

    public KeyCodec(Index index, SqlType[] columnTypes) {
        storageId = index.storageId();
        marked = !index.primary();
        types = columnTypes.clone();
        descending = new boolean[types.length];
        nullsFirst = new boolean[types.length];
        for (int i = 0; i < types.length; i++) {
            descending[i] = index.columns().get(i).descending();
            nullsFirst[i] = index.columns().get(i).nullsFirst();
        }
    }

    /** The codec of an index without expression columns. */
    public static KeyCodec of(Table table, Index index) {
        return new KeyCodec(index, typesOf(table, index));
    }

    /** The types of an index's columns, none of which is an expression. */
    public static SqlType[] typesOf(Table table, Index index) {
        SqlType[] types = new SqlType[index.columns().size()];
        for (int i = 0; i < types.length; i++) {
            int number = index.columns().get(i).columnNumber();
            if (number == 0) {
                throw new IllegalArgumentException("index " + index.name() + " has an expression column");
            }
            types[i] = table.columns().get(number - 1).type();
        }
        return types;
    }

    public int columns() {
        return types.length;
    }

    public SqlType type(int column) {
        return types[column];
    }

    /** Starts a key: the storage id. */
    public static ByteWriter begin(ByteWriter out, int storageId) {
        out.reset();
        out.writeInt(storageId);
        return out;
    }

    public ByteWriter begin(ByteWriter out) {
        return begin(out, storageId);
    }

    /** Appends a column. */
    public void append(ByteWriter out, int column, @Nullable Object value) {
        if (marked) {
            if (value == null) {
                out.writeByte(nullsFirst[column] ? NULL_FIRST : NULL_LAST);
                return;
            }
            out.writeByte(VALUE);
        } else if (value == null) {
            throw new IllegalArgumentException("a primary key column is not null");
        }
        int from = out.length();
        types[column].encodeKey(value, out);
        if (descending[column]) {
            byte[] buffer = out.buffer();
            for (int i = from; i < out.length(); i++) {
                buffer[i] = (byte) ~buffer[i];
            }
        }
    }

    /** The whole key of these column values: a row's key for a primary key, an entry's key up to the row key else. */
    public byte[] key(@Nullable Object[] values, ByteWriter scratch) {
        begin(scratch);
        for (int i = 0; i < types.length; i++) {
            append(scratch, i, values[i]);
        }
        return scratch.toByteArray();
    }

    /** Every key of the index. */
    public KeyRange all() {
        return range(storageId);
    }

    /** Every key under a storage id. */
    public static KeyRange range(int storageId) {
        return KeyRange.ofPrefix(begin(new ByteWriter(PREFIX), storageId).toByteArray());
    }

    /**
     * The keys whose first columns equal {@code equal} and whose next column lies between the bounds.
     *
     * @param lower bound of the column behind the equal ones, null for none; NULLs are outside every bound
     */
    public KeyRange range(
            @Nullable Object[] equal,
            @Nullable Object lower,
            boolean lowerInclusive,
            @Nullable Object upper,
            boolean upperInclusive) {
        ByteWriter out = begin(new ByteWriter(32));
        for (int i = 0; i < equal.length; i++) {
            append(out, i, equal[i]);
        }
        byte[] prefix = out.toByteArray();
        if (lower == null && upper == null) {
            return KeyRange.ofPrefix(prefix);
        }
        int column = equal.length;
        boolean inverted = descending[column];
        Object low = inverted ? upper : lower;
        boolean lowInclusive = inverted ? upperInclusive : lowerInclusive;
        Object high = inverted ? lower : upper;
        boolean highInclusive = inverted ? lowerInclusive : upperInclusive;
        byte[] values = marked ? Arrays.copyOf(prefix, prefix.length + 1) : prefix;
        if (marked) {
            values[prefix.length] = VALUE;
        }
        byte[] from = values;
        if (low != null) {
            byte[] bound = bound(prefix, column, low);
            from = lowInclusive ? bound : Keys.prefixEnd(bound);
        }
        byte[] to = Keys.prefixEnd(values);
        if (high != null) {
            byte[] bound = bound(prefix, column, high);
            to = highInclusive ? Keys.prefixEnd(bound) : bound;
        }
        return new KeyRange(from, to);
    }

    private byte[] bound(byte[] prefix, int column, Object value) {
        ByteWriter out = new ByteWriter(prefix.length + 16);
        out.writeBytes(prefix);
        append(out, column, value);
        return out.toByteArray();
    }
}
