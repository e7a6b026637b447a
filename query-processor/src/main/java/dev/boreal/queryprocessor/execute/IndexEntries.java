package dev.boreal.queryprocessor.execute;

import dev.boreal.contracts.read.RowBatch;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.type.ByteWriter;
import java.util.Arrays;

/** What the entries of secondary indexes hold: the row's key without its table's storage id. */
final class IndexEntries {
    private IndexEntries() {}

    /** The value of an entry that names the row. */
    static byte[] value(byte[] rowKey) {
        return Arrays.copyOfRange(rowKey, KeyCodec.PREFIX, rowKey.length);
    }

    static byte[] rowKey(Table table, RowBatch batch, int row) {
        return rowKey(table, batch.data(), batch.valueOffset(row), batch.valueLength(row));
    }

    static byte[] rowKey(Table table, byte[] value) {
        return rowKey(table, value, 0, value.length);
    }

    private static byte[] rowKey(Table table, byte[] data, int offset, int length) {
        ByteWriter key = KeyCodec.begin(new ByteWriter(KeyCodec.PREFIX + length), table.storageId());
        key.writeBytes(data, offset, length);
        return key.toByteArray();
    }
}
