package dev.boreal.queryprocessor.catalog;

import dev.boreal.queryprocessor.type.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes rows of the catalog: big-endian numbers, and counted bytes, texts and lists. */
final class RowWriter {
    private final ByteWriter out = new ByteWriter(256);

    byte[] toByteArray() {
        return out.toByteArray();
    }

    void writeByte(int value) {
        out.writeByte(value);
    }

    void writeFlag(boolean value) {
        out.writeByte(value ? 1 : 0);
    }

    void writeInt(int value) {
        out.writeInt(value);
    }

    void writeLong(long value) {
        out.writeLong(value);
    }

    void writeDouble(double value) {
        out.writeLong(Double.doubleToLongBits(value));
    }

    void writeText(String value) {
        writeBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    void writeOptionalText(@Nullable String value) {
        writeFlag(value != null);
        if (value != null) {
            writeText(value);
        }
    }

    void writeBytes(byte[] value) {
        out.writeInt(value.length);
        out.writeBytes(value);
    }

    void writeOptionalBytes(byte @Nullable [] value) {
        writeFlag(value != null);
        if (value != null) {
            writeBytes(value);
        }
    }

    void writeInts(int[] values) {
        out.writeInt(values.length);
        for (int value : values) {
            out.writeInt(value);
        }
    }

    <T> void writeList(List<T> list, Consumer<T> element) {
        out.writeInt(list.size());
        list.forEach(element);
    }

    <T> void writeOptionalList(@Nullable List<T> list, Consumer<T> element) {
        writeFlag(list != null);
        if (list != null) {
            writeList(list, element);
        }
    }

    void writeEnum(Enum<?> value) {
        out.writeByte(value.ordinal());
    }
}
