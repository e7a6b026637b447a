package dev.boreal.queryprocessor.session;

import dev.boreal.clock.Clock;

/**
 * Transaction ids: {@code microseconds since the Unix epoch << 12 | processor id}. They rise with time and are unique in
 * the cluster as long as a processor starts fewer than one transaction a microsecond on average. Thread-safe.
 */
final class TransactionIds {
    private static final int PROCESSOR_BITS = 12;

    private final Clock clock;
    private final int processorId;
    private final java.util.concurrent.atomic.AtomicLong last = new java.util.concurrent.atomic.AtomicLong();

    TransactionIds(Clock clock, int processorId) {
        this.clock = clock;
        this.processorId = processorId;
    }

    long next() {
        long micros = clock.latest() / 1_000;
        long issued = last.updateAndGet(previous -> Math.max(previous + 1, micros));
        return issued << PROCESSOR_BITS | processorId;
    }
}
