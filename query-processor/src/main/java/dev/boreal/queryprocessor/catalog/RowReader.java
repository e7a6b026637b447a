package dev.boreal.queryprocessor.catalog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what {@link RowWriter} wrote. */
final class RowReader {
    private final byte[] buffer;
    private int at;

    RowReader(byte[] buffer) {
        this.buffer = buffer;
    }

    int readByte() {
        if (at >= buffer.length) {
            throw new IllegalArgumentException("row of the catalog ends at byte " + at);
        }
        return buffer[at++];
    }

    boolean readFlag() {
        return readByte() != 0;
    }

    int readInt() {
        return readByte() << 24 | (readByte() & 0xff) << 16 | (readByte() & 0xff) << 8 | readByte() & 0xff;
    }

    long readLong() {
        return (long) readInt() << 32 | readInt() & 0xffffffffL;
    }

    double readDouble() {
        return Double.longBitsToDouble(readLong());
    }

    String readText() {
        return new String(readBytes(), StandardCharsets.UTF_8);
    }

    @Nullable String readOptionalText() {
        return readFlag() ? readText() : null;
    }

    byte[] readBytes() {
        int length = readInt();
        if (length < 0 || length > buffer.length - at) {
            throw new IllegalArgumentException("row of the catalog has a field of " + length + " bytes at " + at);
        }
        at += length;
        return Arrays.copyOfRange(buffer, at - length, at);
    }

    byte @Nullable [] readOptionalBytes() {
        return readFlag() ? readBytes() : null;
    }

    int[] readInts() {
        int[] values = new int[readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = readInt();
        }
        return values;
    }

    <T> List<T> readList(Supplier<T> element) {
        int size = readInt();
        List<T> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(element.get());
        }
        return list;
    }

    <T> @Nullable List<T> readOptionalList(Supplier<T> element) {
        return readFlag() ? readList(element) : null;
    }

    <E extends Enum<E>> E readEnum(E[] values) {
        return values[readByte()];
    }
}
