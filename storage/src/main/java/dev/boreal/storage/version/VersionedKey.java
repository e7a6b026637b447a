package dev.boreal.storage.version;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The stored key of a version: {@code encoded user key | ~timestamp, 8 bytes, big-endian}.
 *
 * <p>RocksDB compares stored keys as unsigned bytes. For versions to sort by user key first, the encoding of a key that
 * is a prefix of another must not run into the other's bytes, so it needs an end that sorts below every continuation:
 * a zero byte. Keys are full of zero bytes themselves (fixed-width integers), so instead of escaping each one, a run
 * of zeroes is written as the pair {@code 00 c} that says how long the run is and what comes behind it:
 *
 * <pre>
 *   c = n          0 &lt;= n &lt;= 126   n zeroes, and the key ends
 *   c = 127                        126 zeroes, and at least one more follows, as another pair
 *   c = 255 - n    1 &lt;= n &lt;= 126   n zeroes, then a byte that is not zero
 * </pre>
 *
 * Other bytes stand for themselves. Order holds: where two keys first differ, either both have non-zero bytes, which
 * compare as they are; or one has a longer run of zeroes than the other. Let the shorter run have n zeroes. If its key
 * ends there, it must sort first, and its code n is below every code of a longer run (n+1.., 127, or 255-m for any m).
 * If a non-zero byte follows, it must sort last, and 255-n is above 255-m for every longer m, above 127 and above
 * every end code. With n = 0 the same holds of the end pair {@code 00 00} and of a plain non-zero byte. A run of more
 * than 126 compares by its first pair against shorter runs and by its further pairs against other long runs.
 *
 * <p>An encoded key is never a prefix of another one (only its last pair has a code below 127), so it alone, without a
 * timestamp, sorts below all versions of its key and above all versions of every lesser key: it is the bound to seek.
 * A key grows by two bytes at most, plus one per lone zero; runs of three zeroes and more shrink it.
 */
public final class VersionedKey {
    /** Bytes of the inverted timestamp behind the encoded user key. */
    public static final int TIMESTAMP_BYTES = Long.BYTES;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int LONGEST_RUN = 126;
    private static final int CONTINUES = 127;
    private static final int BEHIND = 255;

    private VersionedKey() {}

    /** An upper bound of what {@link #encode} writes for a key of {@code length} bytes, a timestamp included. */
    public static int bound(int length) {
        return Math.addExact(Math.multiplyExact(length, 2), 2 + TIMESTAMP_BYTES + 1);
    }

    /** Writes the encoded user key at {@code at} and returns the offset behind it. */
    public static int encode(byte[] key, int offset, int length, byte[] out, int at) {
        int end = offset + length;
        int next = offset;
        int put = at;
        while (next < end) {
            byte current = key[next++];
            out[put++] = current;
            if (current != 0) {
                continue;
            }
            int zeroes = 1;
            while (next < end && key[next] == 0) {
                zeroes++;
                next++;
            }
            while (zeroes > LONGEST_RUN) {
                out[put++] = CONTINUES;
                out[put++] = 0;
                zeroes -= LONGEST_RUN;
            }
            if (next == end) {
                out[put++] = (byte) zeroes;
                return put;
            }
            out[put++] = (byte) (BEHIND - zeroes);
        }
        out[put++] = 0;
        out[put++] = 0;
        return put;
    }

    /** The encoded user key alone: the bound below all its versions. */
    public static byte[] encode(byte[] key) {
        byte[] out = new byte[bound(key.length)];
        return Arrays.copyOf(out, encode(key, 0, key.length, out, 0));
    }

    /**
     * Writes the user key whose encoding, without timestamp, takes the first {@code length} bytes of {@code encoded} to
     * the start of {@code out}, which has {@link #decodedLength} room, and returns its length.
     */
    public static int decode(byte[] encoded, int length, byte[] out) {
        int put = 0;
        int next = 0;
        while (next < length) {
            byte current = encoded[next++];
            if (current != 0) {
                out[put++] = current;
                continue;
            }
            for (int zeroes = zeroes(encoded[next++]); zeroes > 0; zeroes--) {
                out[put++] = 0;
            }
        }
        return put;
    }

    /** An upper bound of the user key's length for an encoding of {@code length} bytes: zeroes in the longest runs. */
    public static int decodedBound(int length) {
        return Math.multiplyExact(length, LONGEST_RUN / 2);
    }

    /** The exact length of the user key that {@link #decode} would write. */
    public static int decodedLength(byte[] encoded, int length) {
        int decoded = 0;
        for (int i = 0; i < length; i++) {
            if (encoded[i] != 0) {
                decoded++;
            } else {
                decoded += zeroes(encoded[++i]);
            }
        }
        return decoded;
    }

    private static int zeroes(byte code) {
        int unsigned = code & 0xff;
        return unsigned < CONTINUES ? unsigned : unsigned == CONTINUES ? LONGEST_RUN : BEHIND - unsigned;
    }

    /** Puts the inverted timestamp behind an encoded key that ends at {@code at} and returns the offset behind it. */
    public static int putTimestamp(byte[] out, int at, long timestamp) {
        LONG.set(out, at, ~timestamp);
        return at + TIMESTAMP_BYTES;
    }

    /**
     * Completes an encoded key that ends at {@code at} to a bound above all its versions and below every greater key,
     * and returns the offset behind it.
     */
    public static int putBehindOldest(byte[] out, int at) {
        LONG.set(out, at, -1L);
        out[at + TIMESTAMP_BYTES] = 0;
        return at + TIMESTAMP_BYTES + 1;
    }

    /** The timestamp of a stored key of {@code storedLength} bytes. */
    public static long timestamp(byte[] stored, int storedLength) {
        return ~(long) LONG.get(stored, storedLength - TIMESTAMP_BYTES);
    }
}
