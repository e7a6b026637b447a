package dev.boreal.storage.version;

import dev.boreal.contracts.Varint;
import java.util.Arrays;

/**
 * A batch of changes to the store, laid out at once as RocksDB's write-batch format (the one it keeps in its logs), so
 * that a batch of thousands of rows crosses into native code in a single call:
 *
 * <pre>sequence: 8 bytes, 0 | count: 4 bytes, little-endian | records
 * record: tag: 1 byte | family: varint, with the tags of a family | key: varint length, bytes | value likewise, if any</pre>
 *
 * Rows live in the default family, the state of the room (positions, horizon, purges) in a family of its own. Not
 * thread-safe; reused after {@link #clear}.
 */
public final class VersionBatch {
    private static final byte DELETION = 0x0;
    private static final byte VALUE = 0x1;
    private static final byte FAMILY_DELETION = 0x4;
    private static final byte FAMILY_VALUE = 0x5;
    private static final byte RANGE_DELETION = 0xF;
    private static final int HEADER = 12;
    private static final int COUNT_AT = 8;
    private static final int LARGEST_KEPT = 8 << 20;
    /** Tag, family and two lengths. */
    private static final int RECORD_OVERHEAD = 1 + 3 * Varint.MAX_LENGTH;

    private final int stateFamily;
    private byte[] buffer = new byte[64 << 10];
    private int length = HEADER;
    private int count;
    private byte[] encoded = new byte[256];

    /** {@code stateFamily} is the number that RocksDB gave to the state's family. */
    public VersionBatch(int stateFamily) {
        this.stateFamily = stateFamily;
    }

    public void clear() {
        length = HEADER;
        count = 0;
        if (buffer.length > LARGEST_KEPT) {
            buffer = new byte[64 << 10];
        }
    }

    public boolean isEmpty() {
        return count == 0;
    }

    public int bytes() {
        return length;
    }

    /** A version of a row; {@code valueLength} below 0 stands for a tombstone. */
    public void version(byte[] source, int keyOffset, int keyLength, int valueOffset, int valueLength, long timestamp) {
        int bound = VersionedKey.bound(keyLength);
        if (encoded.length < bound) {
            encoded = new byte[2 * bound];
        }
        int prefix = VersionedKey.encode(source, keyOffset, keyLength, encoded, 0);
        int stored = VersionedKey.putTimestamp(encoded, prefix, timestamp);
        int storedValue = valueLength < 0 ? 0 : valueLength + StoredRow.MARK_BYTES;
        reserve((long) stored + storedValue);
        buffer[length++] = VALUE;
        putBytes(encoded, 0, stored);
        length = Varint.put(buffer, length, storedValue);
        if (valueLength >= 0) {
            System.arraycopy(source, valueOffset, buffer, length, valueLength);
            length += valueLength;
            buffer[length++] = StoredRow.ROW;
        }
        count++;
    }

    /** Removes one version by its stored key. */
    public void removeVersion(byte[] storedKey, int keyLength) {
        reserve(keyLength);
        buffer[length++] = DELETION;
        putBytes(storedKey, 0, keyLength);
        count++;
    }

    /** Removes every version from one stored key (inclusive) to another (exclusive). */
    public void removeVersions(byte[] from, int fromLength, byte[] to, int toLength) {
        reserve((long) fromLength + toLength);
        buffer[length++] = RANGE_DELETION;
        putBytes(from, 0, fromLength);
        putBytes(to, 0, toLength);
        count++;
    }

    public void state(byte[] key, byte[] value) {
        reserve((long) key.length + value.length);
        buffer[length++] = FAMILY_VALUE;
        length = Varint.put(buffer, length, stateFamily);
        putBytes(key, 0, key.length);
        putBytes(value, 0, value.length);
        count++;
    }

    public void removeState(byte[] key) {
        reserve(key.length);
        buffer[length++] = FAMILY_DELETION;
        length = Varint.put(buffer, length, stateFamily);
        putBytes(key, 0, key.length);
        count++;
    }

    /** The batch in RocksDB's layout, in an array of its own. */
    public byte[] toBytes() {
        byte[] bytes = Arrays.copyOf(buffer, length);
        for (int i = 0; i < Integer.BYTES; i++) {
            bytes[COUNT_AT + i] = (byte) (count >>> (8 * i));
        }
        return bytes;
    }

    private void putBytes(byte[] source, int offset, int sourceLength) {
        length = Varint.put(buffer, length, sourceLength);
        System.arraycopy(source, offset, buffer, length, sourceLength);
        length += sourceLength;
    }

    private void reserve(long bytes) {
        long needed = length + RECORD_OVERHEAD + bytes;
        if (needed > buffer.length) {
            long grown = Math.max(needed, 2L * buffer.length);
            buffer = Arrays.copyOf(buffer, Math.toIntExact(Math.min(grown, Integer.MAX_VALUE - 16L)));
        }
    }
}
