package dev.boreal.queryprocessor.execute;

import org.jspecify.annotations.Nullable;

/** About how many bytes of heap values take, references compressed. */
public final class RowSize {
    private static final int ARRAY_HEADER = 16;
    private static final int REFERENCE = 4;
    private static final int NUMBER = 20;
    private static final int TEXT = 44;
    private static final int COMPOSITE = 96;

    private RowSize() {}

    public static long of(@Nullable Object[] row) {
        long bytes = ARRAY_HEADER;
        for (Object value : row) {
            bytes += REFERENCE + of(value);
        }
        return bytes;
    }

    static long of(@Nullable Object value) {
        return switch (value) {
            case null -> 0;
            case Boolean _ -> 0;
            case Number _ -> NUMBER;
            case String text -> TEXT + text.length();
            case byte[] bytes -> ARRAY_HEADER + bytes.length;
            default -> COMPOSITE;
        };
    }
}
