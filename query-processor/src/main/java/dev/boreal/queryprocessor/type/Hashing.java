package dev.boreal.queryprocessor.type;

/** Spreads the bits of values, so that tables may take the low ones. */
final class Hashing {
    private Hashing() {}

    static int of(long value) {
        long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return (int) (mixed ^ (mixed >>> 33));
    }

    static int of(byte[] bytes) {
        int hash = 1;
        for (byte b : bytes) {
            hash = 31 * hash + b;
        }
        return of(hash);
    }

    static int combine(int first, int second) {
        return of(((long) first << 32) ^ (second & 0xffffffffL));
    }
}
