package dev.boreal.storage.trim;

import dev.boreal.contracts.Varint;
import dev.boreal.contracts.key.KeyRange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A range of keys that nobody reads any more once the trim horizon has passed {@code timestamp}. Kept with the room's
 * state until it is carried out, under {@code "purge/" | timestamp | from}, as {@code varint length | from | to}.
 */
public record Purge(long timestamp, KeyRange range) {
    /** All purges are kept under keys that start so. */
    public static final byte[] KEY_PREFIX = "purge/".getBytes(StandardCharsets.US_ASCII);

    public byte[] stateKey() {
        byte[] from = range.from();
        return ByteBuffer.allocate(KEY_PREFIX.length + Long.BYTES + from.length)
                .put(KEY_PREFIX)
                .putLong(timestamp)
                .put(from)
                .array();
    }

    public byte[] encode() {
        byte[] from = range.from();
        byte[] to = range.to();
        byte[] out = new byte[Varint.length(from.length) + from.length + to.length];
        int at = Varint.put(out, 0, from.length);
        System.arraycopy(from, 0, out, at, from.length);
        System.arraycopy(to, 0, out, at + from.length, to.length);
        return out;
    }

    public static Purge decode(byte[] stateKey, byte[] value) {
        long timestamp = ByteBuffer.wrap(stateKey).getLong(KEY_PREFIX.length);
        int fromLength = Varint.get(value, 0);
        int at = Varint.length(fromLength);
        byte[] from = Arrays.copyOfRange(value, at, at + fromLength);
        return new Purge(timestamp, new KeyRange(from, Arrays.copyOfRange(value, at + fromLength, value.length)));
    }
}
