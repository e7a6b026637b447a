package dev.boreal.contracts.key;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A 64-bit fingerprint of a key. Two keys with one fingerprint cost a false conflict, never a missed one, so the
 * function needs good spread and no secrecy. It is part of the protocol between query processors and adjudicators:
 * every process of a cluster computes the same one.
 *
 * <p>Eight bytes at a time are folded in by a 64×64→128-bit multiplication whose halves are xor-ed; the last, shorter
 * word is padded with zeroes and the length is folded in at the end, so that padding cannot make two keys equal.
 */
public final class KeyFingerprint {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long SEED = 0x9E3779B97F4A7C15L;
    private static final long FOLD = 0xD6E8FEB86659FD93L;

    private KeyFingerprint() {}

    public static long of(byte[] key) {
        return of(key, 0, key.length);
    }

    public static long of(byte[] buffer, int offset, int length) {
        long state = SEED;
        int at = offset;
        int end = offset + length;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            state = fold(state ^ (long) LONG.get(buffer, at));
        }
        long rest = 0;
        for (int shift = 0; at < end; at++, shift += 8) {
            rest |= (buffer[at] & 0xffL) << shift;
        }
        return fold(fold(state ^ rest) + length);
    }

    private static long fold(long value) {
        long mixed = value + SEED;
        return Math.multiplyHigh(mixed, FOLD) ^ (mixed * FOLD) ^ (value >>> 32);
    }
}
