package dev.boreal.queryprocessor.copy;

import dev.boreal.contracts.door.ResultSink;
import dev.boreal.contracts.sql.FieldDescription;
import dev.boreal.contracts.sql.SqlError;
import dev.boreal.queryprocessor.type.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Takes the fields that types write, and nothing else, and appends their bytes to a buffer. */
final class FieldSink implements ResultSink {
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

    private static IllegalStateException notAField() {
        return new IllegalStateException("a type writes fields only");
    }

    @Override
    public void nullField() {
        throw notAField();
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
    public void copyData(byte[] source, int offset, int length) {
        throw notAField();
    }

    @Override
    public void copyDone() {
        throw notAField();
    }

    @Override
    public long position() {
        throw notAField();
    }

    @Override
    public boolean rewind(long position) {
        throw notAField();
    }

    @Override
    public void flush() {
        throw notAField();
    }
}
