package dev.boreal.simulation.workload;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The value of an item: a list of numbers. Nobody changes the array. */
public record Numbers(long[] values) {
    public static Numbers of(long... values) {
        return new Numbers(values);
    }

    public static Numbers decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long[] values = new long[bytes.length / Long.BYTES];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.getLong();
        }
        return new Numbers(values);
    }

    public byte[] encode() {
        ByteBuffer out = ByteBuffer.allocate(values.length * Long.BYTES);
        for (long value : values) {
            out.putLong(value);
        }
        return out.array();
    }

    public Numbers plus(long value) {
        long[] more = Arrays.copyOf(values, values.length + 1);
        more[values.length] = value;
        return new Numbers(more);
    }

    public int size() {
        return values.length;
    }

    public long at(int index) {
        return values[index];
    }

    public long last() {
        return values[values.length - 1];
    }

    public boolean contains(long value) {
        for (long each : values) {
            if (each == value) {
                return true;
            }
        }
        return false;
    }

    /** Whether {@code longer} begins with all of this. */
    public boolean isPrefixOf(Numbers longer) {
        return values.length <= longer.values.length
                && Arrays.equals(values, 0, values.length, longer.values, 0, values.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Numbers that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
