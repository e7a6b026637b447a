package dev.boreal.storage.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.key.KeyRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CommittedRowsTest {
    private static final long CAPACITY = 16 << 20;
    private static final byte[] KEY = {1, 2, 3};
    private static final long OLD = 10;
    private static final long NEW = 20;

    /** What a reader that missed does, and in which order; the second order is the bug that the stamp is there for. */
    private enum ReaderStep {
        STAMP,
        VIEW,
        FILL
    }

    private static final List<ReaderStep> RIGHT = List.of(ReaderStep.STAMP, ReaderStep.VIEW, ReaderStep.FILL);
    private static final List<ReaderStep> PLANTED_BUG = List.of(ReaderStep.VIEW, ReaderStep.STAMP, ReaderStep.FILL);

    @Test
    void noInterleavingOfFillAndApplyLeavesAStaleRow() {
        assertThat(staleInterleavings(RIGHT)).isZero();
    }

    @Test
    void aStampTakenAfterTheViewIsCaughtAsStale() {
        assertThat(staleInterleavings(PLANTED_BUG)).isPositive();
    }

    /** Runs all orders of a writer's two steps (store, tell) and a reader's three, and counts those that end stale. */
    private static int staleInterleavings(List<ReaderStep> reader) {
        int stale = 0;
        for (int order = 0; order < 1 << 5; order++) {
            if (Integer.bitCount(order) == 2 && endsStale(order, reader)) {
                stale++;
            }
        }
        return stale;
    }

    private static boolean endsStale(int order, List<ReaderStep> reader) {
        CommittedRows cache = new CommittedRows(CAPACITY);
        long hash = CommittedRows.hash(KEY);
        long stored = OLD;
        long seen = 0;
        long stamp = 0;
        int written = 0;
        int read = 0;
        for (int step = 0; step < 5; step++) {
            if ((order >> step & 1) == 1) {
                if (written++ == 0) {
                    stored = NEW;
                } else {
                    tell(cache, KEY, NEW);
                }
                continue;
            }
            switch (reader.get(read++)) {
                case STAMP -> stamp = cache.stamp(hash);
                case VIEW -> seen = stored;
                case FILL -> cache.fill(KEY, hash, seen, row(seen), stamp);
            }
        }
        byte[] found = cache.lookUp(KEY, hash, NEW);
        return found != null && timestamp(found) != NEW;
    }

    @Test
    void aRowNewerThanTheSnapshotIsNotAnswered() {
        CommittedRows cache = new CommittedRows(CAPACITY);
        fill(cache, KEY, NEW);
        assertThat(cache.lookUp(KEY, CommittedRows.hash(KEY), NEW - 1)).isNull();
        assertThat(cache.lookUp(KEY, CommittedRows.hash(KEY), NEW)).isEqualTo(row(NEW));
    }

    @Test
    void aWriteReplacesAndATombstoneRemoves() {
        CommittedRows cache = new CommittedRows(CAPACITY);
        fill(cache, KEY, OLD);
        tell(cache, KEY, NEW);
        assertThat(cache.lookUp(KEY, CommittedRows.hash(KEY), NEW)).isEqualTo(row(NEW));
        cache.written(KEY, 0, KEY.length, 0, -1, NEW + 1);
        assertThat(cache.lookUp(KEY, CommittedRows.hash(KEY), NEW + 1)).isNull();
        assertThat(cache.rows()).isZero();
        assertThat(cache.bytes()).isZero();
    }

    @Test
    void theBoundHoldsAndRowsInUseStay() {
        CommittedRows cache = new CommittedRows(1 << 20);
        byte[][] hot = new byte[200][];
        for (int i = 0; i < hot.length; i++) {
            hot[i] = key(i);
            fill(cache, hot[i], OLD);
        }
        int missed = 0;
        for (int i = 1000; i < 60_000; i++) {
            fill(cache, key(i), OLD);
            if (cache.lookUp(hot[i % hot.length], CommittedRows.hash(hot[i % hot.length]), NEW) == null) {
                missed++;
                fill(cache, hot[i % hot.length], OLD);
            }
        }
        assertThat(cache.bytes()).isLessThanOrEqualTo(1 << 20);
        assertThat(cache.rows()).isGreaterThan(5000);
        assertThat(missed).isLessThan(1500);
    }

    @Test
    void aRangeIsForgotten() {
        CommittedRows cache = new CommittedRows(CAPACITY);
        for (int i = 0; i < 1000; i++) {
            fill(cache, key(i), OLD);
        }
        cache.forget(new KeyRange(key(100), key(900)));
        assertThat(cache.rows()).isEqualTo(200);
        assertThat(cache.lookUp(key(99), CommittedRows.hash(key(99)), OLD)).isNotNull();
        assertThat(cache.lookUp(key(500), CommittedRows.hash(key(500)), OLD)).isNull();
    }

    @Test
    void aTurnedOffCacheKeepsNothing() {
        CommittedRows cache = new CommittedRows(0);
        fill(cache, KEY, OLD);
        assertThat(cache.lookUp(KEY, CommittedRows.hash(KEY), OLD)).isNull();
    }

    /**
     * A writer writes key {@code t % KEYS} at every timestamp t; so the right answer at a snapshot is known by
     * arithmetic. Readers race with it, fill, and the small bound keeps evicting and growing under them.
     */
    @Test
    void neverStaleUnderConcurrentApplyFillAndEviction() throws Exception {
        int keys = 4000;
        long last = 1_000_000;
        CommittedRows cache = new CommittedRows(200_000);
        AtomicLongArray store = new AtomicLongArray(keys);
        AtomicLongArray watermark = new AtomicLongArray(1);
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<Long>> readers = new ArrayList<>();
            for (int reader = 0; reader < 3; reader++) {
                Chance chance = new Chance(reader);
                readers.add(threads.submit(() -> {
                    long hits = 0;
                    while (watermark.get(0) < last) {
                        hits += readOne(cache, store, chance.below(chance.oneIn(2) ? 40 : keys), watermark.get(0));
                    }
                    return hits;
                }));
            }
            for (long t = 1; t <= last; t++) {
                int key = (int) (t % keys);
                store.set(key, t);
                tell(cache, key(key), t);
                watermark.set(0, t);
            }
            long hits = 0;
            for (Future<Long> reader : readers) {
                hits += reader.get();
            }
            assertThat(hits).isPositive();
        }
    }

    private static long readOne(CommittedRows cache, AtomicLongArray store, int number, long asOf) {
        long keys = store.length();
        long expected = asOf - Math.floorMod(asOf - number, keys);
        if (expected <= 0) {
            return 0;
        }
        byte[] key = key(number);
        long hash = CommittedRows.hash(key);
        byte @Nullable [] found = cache.lookUp(key, hash, asOf);
        if (found != null) {
            assertThat(timestamp(found)).isEqualTo(expected);
            return 1;
        }
        long stamp = cache.stamp(hash);
        long newest = store.get(number);
        cache.fill(key, hash, newest, row(newest), stamp);
        return 0;
    }

    private static void fill(CommittedRows cache, byte[] key, long timestamp) {
        long hash = CommittedRows.hash(key);
        cache.fill(key, hash, timestamp, row(timestamp), cache.stamp(hash));
    }

    private static void tell(CommittedRows cache, byte[] key, long timestamp) {
        byte[] write =
                ByteBuffer.allocate(key.length + 8).put(key).putLong(timestamp).array();
        cache.written(write, 0, key.length, key.length, 8, timestamp);
    }

    private static byte[] row(long timestamp) {
        return ByteBuffer.allocate(8).putLong(timestamp).array();
    }

    private static long timestamp(byte[] row) {
        return ByteBuffer.wrap(row).getLong();
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }
}
