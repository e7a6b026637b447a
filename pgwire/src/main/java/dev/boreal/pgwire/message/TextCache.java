package dev.boreal.pgwire.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to text, with a small memory: a client that sends the same statement again gets the same {@link String}, which
 * costs no allocation and keeps its hash code for whoever looks up a plan by it.
 *
 * <p>A text enters on its second sight, so that statements with ever new literals leave nothing behind. One thread at a
 * time.
 */
public final class TextCache {
    private static final int SLOTS = 16;
    private static final int LONGEST = 2048;

    private record Entry(ByteBuf bytes, String text) {}

    private @Nullable Entry @Nullable [] entries;
    private int @Nullable [] seen;

    /**
     * The text of some bytes of a buffer, whose reader index stays.
     *
     * @throws dev.boreal.contracts.sql.SqlException 22021 if it is not UTF-8
     */
    public String text(ByteBuf buffer, int from, int length) {
        if (length == 0) {
            return "";
        }
        if (length > LONGEST) {
            return Utf8.decode(copy(buffer, from, length));
        }
        int hash = hash(buffer, from, length);
        int slot = hash & (SLOTS - 1);
        if (entries != null) {
            Entry entry = entries[slot];
            if (entry != null
                    && entry.bytes.readableBytes() == length
                    && ByteBufUtil.equals(buffer, from, entry.bytes, 0, length)) {
                return entry.text;
            }
        }
        byte[] bytes = copy(buffer, from, length);
        String text = Utf8.decode(bytes);
        remember(slot, hash, bytes, text);
        return text;
    }

    private void remember(int slot, int hash, byte[] bytes, String text) {
        if (seen == null) {
            seen = new int[SLOTS];
        }
        if (seen[slot] != hash) {
            seen[slot] = hash;
            return;
        }
        if (entries == null) {
            entries = new Entry[SLOTS];
        }
        entries[slot] = new Entry(Unpooled.wrappedBuffer(bytes), text);
    }

    private static byte[] copy(ByteBuf buffer, int from, int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(from, bytes);
        return bytes;
    }

    /** Looks at three windows only: statements that agree in them share a slot, which is harmless. */
    private static int hash(ByteBuf buffer, int from, int length) {
        long mixed = length;
        if (length >= Long.BYTES) {
            mixed = mixed * 31 + buffer.getLong(from);
            mixed = mixed * 31 + buffer.getLong(from + (length - Long.BYTES) / 2);
            mixed = mixed * 31 + buffer.getLong(from + length - Long.BYTES);
        } else {
            for (int i = from; i < from + length; i++) {
                mixed = mixed * 31 + buffer.getByte(i);
            }
        }
        mixed *= 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) ^ (int) (mixed >>> 60);
    }
}
