package dev.boreal.queryprocessor.copy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds bytes that may mean something, eight at a time (Lamport, "Multiple byte processing with full-word instructions",
 * CACM 1975): two given bytes, control characters below 16, which line ends and zero are among, and on demand bytes
 * that are not ASCII. A borrow can flag a byte wrongly only above one that is flagged rightly, so the lowest flag is true.
 */
final class SpecialBytes {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long SIXTEENS = 0x1010101010101010L;

    private final long first;
    private final long second;
    private final long notAscii;

    /** Looks for {@code a} and {@code b}, both ASCII. */
    SpecialBytes(byte a, byte b, boolean strict) {
        first = ONES * a;
        second = ONES * b;
        notAscii = strict ? HIGHS : 0;
    }

    /** The first place at which such a byte is, or one less than eight bytes before {@code end} if there is none up to it. */
    int next(byte[] bytes, int from, int end) {
        int i = from;
        for (; i <= end - 8; i += 8) {
            long word = (long) WORD.get(bytes, i);
            long a = word ^ first;
            long b = word ^ second;
            long found = ((word - SIXTEENS) & ~word) | ((a - ONES) & ~a) | ((b - ONES) & ~b);
            long flags = (found & HIGHS) | (word & notAscii);
            if (flags != 0) {
                return i + (Long.numberOfTrailingZeros(flags) >>> 3);
            }
        }
        return i;
    }
}
