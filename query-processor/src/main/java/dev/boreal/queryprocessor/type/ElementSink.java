package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.door.FieldSink;
import java.nio.charset.StandardCharsets;

/** Collects the binary forms of elements, each behind its length, as they stand inside arrays and records. */
final class ElementSink implements FieldSink {
    private final ByteWriter out = new ByteWriter(64);
    private int lengthAt;

    void writeTo(FieldSink sink) {
        sink.field(out.buffer(), 0, out.length());
    }

    /** What has been written so far, lengths included. */
    byte[] bytes() {
        return out.toByteArray();
    }

    @Override
    public void nullField() {
        out.writeInt(-1);
    }

    @Override
    public void field(byte[] bytes, int offset, int length) {
        out.writeInt(length);
        out.writeBytes(bytes, offset, length);
    }

    @Override
    public void textField(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        field(bytes, 0, bytes.length);
    }

    @Override
    public void decimalField(long value) {
        textField(Long.toString(value));
    }

    @Override
    public void beginField() {
        lengthAt = out.length();
        out.writeInt(0);
    }

    @Override
    public void endField() {
        Lengths.patch(out, lengthAt);
    }

    @Override
    public void writeByte(int value) {
        out.writeByte(value);
    }

    @Override
    public void writeShort(int value) {
        out.writeShort(value);
    }

    @Override
    public void writeInt(int value) {
        out.writeInt(value);
    }

    @Override
    public void writeLong(long value) {
        out.writeLong(value);
    }

    @Override
    public void writeBytes(byte[] bytes, int offset, int length) {
        out.writeBytes(bytes, offset, length);
    }
}
