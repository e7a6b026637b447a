package dev.boreal.clock;

/**
 * Seeded chance: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014). Equal seeds give equal sequences on every machine and
 * JDK. Not thread-safe: give each owner a {@link #fork}.
 */
public final class Chance {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    public Chance(long seed) {
        state = seed;
    }

    public long nextLong() {
        state += GOLDEN_GAMMA;
        long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** Uniform in {@code [0, bound)}. */
    public int below(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound " + bound);
        }
        return (int) (((nextLong() >>> 32) * bound) >>> 32);
    }

    /** Uniform in {@code [from, to]}. */
    public int between(int from, int to) {
        return from + below(to - from + 1);
    }

    /** True once in {@code n} on average. */
    public boolean oneIn(int n) {
        return below(n) == 0;
    }

    public byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) nextLong();
        }
        return bytes;
    }

    /** An independent sequence that this one determines. */
    public Chance fork() {
        return new Chance(nextLong());
    }
}
