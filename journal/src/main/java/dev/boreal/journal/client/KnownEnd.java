package dev.boreal.journal.client;

import java.util.concurrent.atomic.AtomicLong;

/** The highest position that is durable as far as anybody has told this client. Any thread. */
final class KnownEnd {
    private final AtomicLong position = new AtomicLong();

    void raise(long durable) {
        if (durable > position.get()) {
            position.accumulateAndGet(durable, Math::max);
        }
    }

    long position() {
        return position.get();
    }
}
