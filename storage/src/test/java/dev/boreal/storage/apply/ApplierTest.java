package dev.boreal.storage.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.contracts.feed.FeedEntry;
import dev.boreal.contracts.transaction.WriteSet;
import dev.boreal.storage.DiskFailure;
import dev.boreal.storage.cache.CommittedRows;
import dev.boreal.storage.trim.GarbageMap;
import dev.boreal.storage.trim.Purges;
import dev.boreal.storage.version.VersionBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApplierTest {
    private static final byte[] KEY = {1};

    private final List<Integer> written = new ArrayList<>();
    private final CommittedRows cache = new CommittedRows(1 << 20);
    private final Purges purges = new Purges(List.of());
    private boolean diskIsFull;

    private final Applier applier = new Applier(
            this::write,
            new VersionBatch(1),
            cache,
            new GarbageMap(1000, 10),
            purges,
            new AppliedState(5, new long[] {3}),
            1000);

    private void write(VersionBatch batch) {
        if (diskIsFull) {
            throw new DiskFailure("no space", new IOException("no space"));
        }
        written.add(batch.bytes());
    }

    @Test
    void positionsFollowCompleteEntriesOfEveryJournal() {
        applier.apply(List.of(entry(10, 0, 4, 10, true), entry(11, 2, 9, 10, true), entry(12, 0, 5, 10, false)), 5);
        assertThat(applier.state(5).positions()).containsExactly(4, 0, 9);
        applier.apply(List.of(entry(12, 0, 5, 10, true)), 5);
        assertThat(applier.state(5).positions()).containsExactly(5, 0, 9);
    }

    @Test
    void whatIsAppliedAlreadyIsLeftOut() {
        applier.apply(List.of(entry(4, 0, 3, 10, true)), 5);
        assertThat(applier.rowsApplied()).isZero();
        assertThat(written).isEmpty();
    }

    @Test
    void aLargeEntryGoesInSeveralBatchesOfBoundedSize() {
        WriteSet.Builder many = new WriteSet.Builder(0);
        for (int i = 0; i < 200; i++) {
            many.put(new byte[] {(byte) i}, new byte[50]);
        }
        applier.apply(List.of(new FeedEntry(10, 0, 4, many.build(), true)), 5);
        assertThat(written).hasSizeGreaterThan(8).allMatch(bytes -> bytes < 1200);
        assertThat(applier.rowsApplied()).isEqualTo(200);
    }

    @Test
    void anEntryAtOrBelowTheWatermarkIsRefused() {
        assertThatThrownBy(() -> applier.apply(List.of(entry(5, 0, 4, 10, true)), 5))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("after the watermark 5");
    }

    @Test
    void aFailedWriteLeavesTheCacheUntold() {
        long hash = CommittedRows.hash(KEY);
        cache.fill(KEY, hash, 1, new byte[] {7}, cache.stamp(hash));
        diskIsFull = true;
        assertThatThrownBy(() -> applier.apply(List.of(entry(10, 0, 4, 10, true)), 5))
                .isInstanceOf(DiskFailure.class);
        assertThat(cache.lookUp(KEY, hash, 9)).containsExactly(7);
    }

    @Test
    void aPurgeIsRememberedAndNotCarriedOut() {
        WriteSet purge = new WriteSet.Builder(0).purge(KEY, new byte[] {2}).build();
        applier.apply(List.of(new FeedEntry(10, 0, 4, purge, true)), 5);
        assertThat(purges.due(9)).isEmpty();
        assertThat(purges.due(10)).hasSize(1);
    }

    @Test
    void appliedStateReadsBack() {
        AppliedState state = new AppliedState(77, new long[] {1, 0, 5});
        assertThat(AppliedState.decode(state.encode())).isEqualTo(state);
    }

    private static FeedEntry entry(long timestamp, int journal, long position, int bytes, boolean last) {
        WriteSet writes = new WriteSet.Builder(0).put(KEY, new byte[bytes]).build();
        return new FeedEntry(timestamp, journal, position, writes, last);
    }
}
