package dev.boreal.queryprocessor.execute;

import dev.boreal.contracts.Varint;
import dev.boreal.contracts.row.RowFormat;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.type.ByteWriter;
import dev.boreal.queryprocessor.type.SqlType;
import org.jspecify.annotations.Nullable;

/** Between a table's rows as values and as stored bytes. Immutable; cursors and writers are the caller's. */
public final class RowCodec {
    private final SqlType[] types;
    private final byte[] @Nullable [] missing;

    public RowCodec(Table table) {
        int width = table.columns().size();
        types = new SqlType[width];
        missing = new byte[width][];
        for (Column column : table.columns()) {
            types[column.field()] = column.type();
            missing[column.field()] = column.missingField();
        }
    }

    public int width() {
        return types.length;
    }

    /** Appends the row to {@code out}; {@code scratch} is overwritten. */
    public void encode(@Nullable Object[] row, ByteWriter out, ByteWriter scratch) {
        for (int field = 0; field < types.length; field++) {
            Object value = row[field];
            if (value == null) {
                out.writeByte(0);
                continue;
            }
            scratch.reset();
            types[field].encodeField(value, scratch);
            int length = scratch.length();
            int at = out.reserve(Varint.MAX_LENGTH + length);
            out.setLength(RowFormat.putField(out.buffer(), at, scratch.buffer(), 0, length));
        }
    }

    /** The stored form of a row. */
    public byte[] encode(@Nullable Object[] row) {
        ByteWriter out = new ByteWriter(16 * types.length);
        encode(row, out, new ByteWriter(64));
        return out.toByteArray();
    }

    /** The value of one field of the row under the cursor. */
    public @Nullable Object decode(RowFormat.Cursor cursor, int field) {
        return decode(cursor, field, field);
    }

    /** The value of table field {@code field}, which stands at {@code index} of the (projected) row under the cursor. */
    public @Nullable Object decode(RowFormat.Cursor cursor, int index, int field) {
        int length = cursor.seek(index);
        if (length >= 0) {
            return types[field].decodeField(cursor.buffer(), cursor.offset(), length);
        }
        byte[] substitute = missing[field];
        return length == RowFormat.MISSING && substitute != null
                ? types[field].decodeField(substitute, 0, substitute.length)
                : null;
    }

    /** A whole stored row. */
    public @Nullable Object[] decode(byte[] stored) {
        RowFormat.Cursor cursor = new RowFormat.Cursor().reset(stored, 0, stored.length);
        @Nullable Object[] row = new Object[types.length];
        for (int field = 0; field < types.length; field++) {
            row[field] = decode(cursor, field);
        }
        return row;
    }

    public SqlType type(int field) {
        return types[field];
    }
}
