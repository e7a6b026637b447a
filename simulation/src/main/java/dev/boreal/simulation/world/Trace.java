package dev.boreal.simulation.world;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What happened, one line each: {@code seconds who what detail}. Always keeps a digest of the run, by which two runs can be
 * compared without their text.
 */
public final class Trace {
    private static final long PRIME = 0x100000001B3L;

    private final @Nullable Appendable out;
    private long digest = 0xCBF29CE484222325L;

    private Trace(@Nullable Appendable out) {
        this.out = out;
    }

    /** Keeps the digest only. */
    public static Trace silent() {
        return new Trace(null);
    }

    public static Trace to(Appendable out) {
        return new Trace(out);
    }

    public boolean isRead() {
        return out != null;
    }

    void say(long time, String who, String what, Object detail) {
        mix(time);
        mix(who.hashCode());
        mix(what.hashCode());
        if (out != null) {
            try {
                out.append(String.format(
                        Locale.ROOT,
                        "%11.6f %-12s %-10s %s%n",
                        (time - World.BEGINNING) / 1e9,
                        who,
                        what,
                        shortened(String.valueOf(detail))));
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    /** Timestamps of a run differ in their last ten digits only: they are shown as nanoseconds since it began. */
    private static String shortened(String text) {
        return text.replaceAll("\\b180000000(\\d{10})\\b", "+$1");
    }

    private void mix(long value) {
        digest = (digest ^ value) * PRIME;
        digest ^= digest >>> 29;
    }

    /** Equal for equal runs. */
    public long digest() {
        return digest;
    }
}
