package dev.boreal.storage.client;

import dev.boreal.contracts.read.ReadRefused;
import dev.boreal.contracts.read.ReadRefused.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Time limits in virtual time: who waits in vain uses up the limit it runs under. */
final class VirtualLimit implements TimeLimit {
    private static final long UNTIL_THE_CONNECTION_BREAKS = 1_000_000_000;

    private final List<Long> limits = new ArrayList<>();
    private long now;
    private long limit;

    long now() {
        return now;
    }

    void advance(long nanos) {
        now += nanos;
    }

    List<Long> limits() {
        return limits;
    }

    ReadRefused waitInVain() {
        if (limit == 0) {
            now += UNTIL_THE_CONNECTION_BREAKS;
            return new ReadRefused(Reason.UNAVAILABLE, "connection lost");
        }
        now += limit;
        return new ReadRefused(Reason.TIMED_OUT, "silent");
    }

    @Override
    public <T> T call(long limitNanos, Supplier<T> read) {
        limits.add(limitNanos);
        limit = limitNanos;
        try {
            return read.get();
        } finally {
            limit = 0;
        }
    }

    @Override
    public void pause(long nanos) {
        now += nanos;
    }
}
