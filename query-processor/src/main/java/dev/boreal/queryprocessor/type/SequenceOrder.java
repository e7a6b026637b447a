package dev.boreal.queryprocessor.type;

import org.jspecify.annotations.Nullable;

/** Order and key form of what consists of elements: one by one, NULL above all else, a prefix first. */
final class SequenceOrder {
    private static final int END = 0;
    private static final int VALUE = 1;
    private static final int NULL = 2;

    private SequenceOrder() {}

    static int compareElements(SqlType type, @Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return a == null ? (b == null ? 0 : 1) : -1;
        }
        return type.compare(a, b);
    }

    static void encodeElement(SqlType type, @Nullable Object element, ByteWriter out) {
        if (element == null) {
            out.writeByte(NULL);
        } else {
            out.writeByte(VALUE);
            type.encodeKey(element, out);
        }
    }

    static void encodeEnd(ByteWriter out) {
        out.writeByte(END);
    }
}
