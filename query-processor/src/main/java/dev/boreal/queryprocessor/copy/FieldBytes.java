package dev.boreal.queryprocessor.copy;

import dev.boreal.contracts.door.FieldSink;
import dev.boreal.queryprocessor.type.ByteWriter;
import java.nio.charset.StandardCharsets;

/** Takes the fields that types write, and nothing else, and appends their bytes to a buffer. */
final class FieldBytes implements FieldSink {
    private final ByteWriter bytes = new ByteWriter(8192);

    ByteWriter bytes() {
        return bytes;
    }

    @Override
    public void field(byte[] source, int offset, int length) {
        bytes.writeBytes(source, offset, length);
    }

    @Override
    public void textField(String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void decimalField(long value) {
        if (value == Long.MIN_VALUE) {
            textField(Long.toString(value));
            return;
        }
        if (value < 0) {
            bytes.writeByte('-');
        }
        long rest = Math.abs(value);
        int digits = 1;
        for (long power = 10; power <= rest && digits < 19; power *= 10) {
            digits++;
        }
        int end = bytes.reserve(digits) + digits;
        byte[] to = bytes.buffer();
        for (int i = 1; i <= digits; i++) {
            to[end - i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        bytes.setLength(end);
    }

    @Override
    public void beginField() {}

    @Override
    public void endField() {}

    @Override
    public void writeByte(int value) {
        bytes.writeByte(value);
    }

    @Override
    public void writeShort(int value) {
        bytes.writeShort(value);
    }

    @Override
    public void writeInt(int value) {
        bytes.writeInt(value);
    }

    @Override
    public void writeLong(long value) {
        bytes.writeLong(value);
    }

    @Override
    public void writeBytes(byte[] source, int offset, int length) {
        bytes.writeBytes(source, offset, length);
    }

    /** COPY writes what stands for null itself. */
    @Override
    public void nullField() {
        throw new IllegalStateException("no type writes null");
    }
}
