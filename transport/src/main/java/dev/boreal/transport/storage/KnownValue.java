package dev.boreal.transport.storage;

import org.jspecify.annotations.Nullable;

/**
 * A watched key, and its value as of a span of snapshots. The span grows with the watermark until another value is told; since
 * values never repeat, one that was the same at both ends was the same all the time. The stream's loop writes, any thread reads.
 */
final class KnownValue {
    /** Names the key in messages. */
    final long id;

    final byte[] key;
    private volatile @Nullable Span span;

    private record Span(byte @Nullable [] value, long from, long through) {}

    /** What is known; the value may be that there is none. */
    record Answer(byte @Nullable [] value) {}

    KnownValue(long id, byte[] key) {
        this.id = id;
        this.key = key;
    }

    /** What the key's value was as of a snapshot, or null if that is not known here. */
    @Nullable Answer asOf(long snapshot) {
        Span known = span;
        return known != null && known.from <= snapshot && snapshot <= known.through ? new Answer(known.value) : null;
    }

    /** It has this value as of {@code watermark}. */
    void became(byte @Nullable [] value, long watermark) {
        span = new Span(value, watermark, watermark);
    }

    /** It has the same value as of {@code watermark}. */
    void stayed(long watermark) {
        Span known = span;
        if (known != null && known.through < watermark) {
            span = new Span(known.value, known.from, watermark);
        }
    }

    void forget() {
        span = null;
    }
}
