package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.door.ResultSink;
import dev.boreal.contracts.sql.FieldDescription;
import dev.boreal.contracts.sql.SqlError;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Collects the binary forms of elements, each behind its length, as they stand inside arrays and records. */
final class ElementSink implements ResultSink {
    private final ByteWriter out = new ByteWriter(64);
    private int lengthAt;

    void writeTo(ResultSink sink) {
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

    private static UnsupportedOperationException notAField() {
        return new UnsupportedOperationException("an element consists of fields only");
    }

    @Override
    public void rowDescription(List<FieldDescription> fields) {
        throw notAField();
    }

    @Override
    public void noData() {
        throw notAField();
    }

    @Override
    public void parameterDescription(int[] typeOids) {
        throw notAField();
    }

    @Override
    public void parseComplete() {
        throw notAField();
    }

    @Override
    public void bindComplete() {
        throw notAField();
    }

    @Override
    public void commandComplete(String tag) {
        throw notAField();
    }

    @Override
    public void emptyQueryResponse() {
        throw notAField();
    }

    @Override
    public void portalSuspended() {
        throw notAField();
    }

    @Override
    public void notice(SqlError notice) {
        throw notAField();
    }

    @Override
    public void parameterStatus(String name, String value) {
        throw notAField();
    }

    @Override
    public void beginRow(int fields) {
        throw notAField();
    }

    @Override
    public void endRow() {
        throw notAField();
    }

    @Override
    public CopyIn copyIn(boolean binary, short[] columnFormats) {
        throw notAField();
    }

    @Override
    public void copyOut(boolean binary, short[] columnFormats) {
        throw notAField();
    }

    @Override
    public void copyData(byte[] bytes, int offset, int length) {
        throw notAField();
    }

    @Override
    public void copyDone() {
        throw notAField();
    }

    @Override
    public long position() {
        return out.length();
    }

    @Override
    public boolean rewind(long position) {
        out.setLength((int) position);
        return true;
    }

    @Override
    public void flush() {}
}
