package dev.boreal.queryprocessor.type;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing array of bytes, reused from row to row. Big-endian. Not thread-safe. */
public final class ByteWriter {
    private byte[] buffer;
    private int length;

    public ByteWriter(int capacity) {
        buffer = new byte[Math.max(16, capacity)];
    }

    public ByteWriter reset() {
        length = 0;
        return this;
    }

    public byte[] buffer() {
        return buffer;
    }

    public int length() {
        return length;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(buffer, length);
    }

    /** Makes room for {@code more} bytes and returns the offset at which the caller writes; see {@link #setLength}. */
    public int reserve(int more) {
        if (more > buffer.length - length) {
            buffer = Arrays.copyOf(buffer, Math.max(Math.addExact(length, more), 2 * buffer.length));
        }
        return length;
    }

    public void setLength(int newLength) {
        length = newLength;
    }

    public void writeByte(int value) {
        reserve(1);
        buffer[length++] = (byte) value;
    }

    public void writeShort(int value) {
        reserve(2);
        buffer[length++] = (byte) (value >>> 8);
        buffer[length++] = (byte) value;
    }

    public void writeInt(int value) {
        reserve(4);
        buffer[length++] = (byte) (value >>> 24);
        buffer[length++] = (byte) (value >>> 16);
        buffer[length++] = (byte) (value >>> 8);
        buffer[length++] = (byte) value;
    }

    public void writeLong(long value) {
        writeInt((int) (value >>> 32));
        writeInt((int) value);
    }

    public void writeBytes(byte[] bytes) {
        writeBytes(bytes, 0, bytes.length);
    }

    public void writeBytes(byte[] bytes, int offset, int count) {
        reserve(count);
        System.arraycopy(bytes, offset, buffer, length, count);
        length += count;
    }

    public void writeUtf8(String text) {
        writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
