package dev.boreal.queryprocessor.execute;

import dev.boreal.contracts.Varint;
import dev.boreal.contracts.row.RowFormat;
import dev.boreal.queryprocessor.execute.spill.SpillReader;
import dev.boreal.queryprocessor.type.ByteWriter;
import dev.boreal.queryprocessor.type.SqlType;
import org.jspecify.annotations.Nullable;

/**
 * Reads one sorted run back. In memory an entry is the values of the sort keys with the row itself behind them; on disk
 * it is one stored row of the keys followed by the row's columns.
 */
final class SortedRun {
    private final SpillReader reader;
    private final SqlType[] types;
    private final int keys;
    private final RowFormat.Cursor fields = new RowFormat.Cursor();
    private @Nullable Object @Nullable [] head;

    /**
     * @param types of the sort keys and then of the row's columns
     * @param keys how many of them are sort keys
     */
    SortedRun(SpillReader reader, SqlType[] types, int keys) {
        this.reader = reader;
        this.types = types;
        this.keys = keys;
        advance();
    }

    /** The current entry; null behind the last. */
    @Nullable Object @Nullable [] head() {
        return head;
    }

    void advance() {
        if (!reader.next()) {
            head = null;
            return;
        }
        fields.reset(reader.record(), 0, reader.length());
        @Nullable Object[] entry = new Object[keys + 1];
        @Nullable Object[] row = new Object[types.length - keys];
        for (int i = 0; i < types.length; i++) {
            int length = fields.seek(i);
            Object value = length < 0 ? null : types[i].decodeField(fields.buffer(), fields.offset(), length);
            if (i < keys) {
                entry[i] = value;
            } else {
                row[i - keys] = value;
            }
        }
        entry[keys] = row;
        head = entry;
    }

    /** Appends an entry's stored form; {@code scratch} is overwritten. */
    static void encode(@Nullable Object[] entry, SqlType[] types, int keys, ByteWriter out, ByteWriter scratch) {
        @Nullable Object[] row = row(entry, keys);
        for (int i = 0; i < types.length; i++) {
            Object value = i < keys ? entry[i] : row[i - keys];
            if (value == null) {
                out.writeByte(0);
                continue;
            }
            types[i].encodeField(value, scratch.reset());
            int at = out.reserve(Varint.MAX_LENGTH + scratch.length());
            out.setLength(RowFormat.putField(out.buffer(), at, scratch.buffer(), 0, scratch.length()));
        }
    }

    /** The row behind an entry's keys. */
    static @Nullable Object[] row(@Nullable Object[] entry, int keys) {
        if (entry[keys] instanceof Object[] row) {
            return row;
        }
        throw new IllegalStateException("entry without a row");
    }
}
