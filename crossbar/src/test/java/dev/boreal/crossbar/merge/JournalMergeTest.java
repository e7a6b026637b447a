package dev.boreal.crossbar.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.contracts.transaction.TransactionRecord;
import dev.boreal.contracts.transaction.WriteSet;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JournalMergeTest {
    private static final TransactionRecord RECORD = TransactionRecord.commit(1, "", new long[0], WriteSet.EMPTY);

    @Test
    void theMergeEqualsASortUnderRandomSchedules() {
        for (int seed = 1; seed <= 2_000; seed++) {
            int journals = 1 + seed % 9;
            assertThat(new MergeCheck(seed, journals).run(new Sound(journals)))
                    .as("seed %s", seed)
                    .isNull();
        }
    }

    @Test
    void aMergeThatReleasesEarlyIsCaught() {
        int caught = 0;
        for (int seed = 1; seed <= 50; seed++) {
            caught += new MergeCheck(seed, 4).run(new ReleasesEarly(4)) != null ? 1 : 0;
        }
        assertThat(caught).isGreaterThan(45);
    }

    @Test
    void aMergeThatReordersIsCaught() {
        int caught = 0;
        for (int seed = 1; seed <= 50; seed++) {
            caught += new MergeCheck(seed, 4).run(new Reorders(4)) != null ? 1 : 0;
        }
        assertThat(caught).isGreaterThan(45);
    }

    @Test
    void equalTimestampsLeaveInTheOrderOfTheirJournals() {
        JournalMerge merge = new JournalMerge();
        merge.addJournal();
        merge.addJournal();
        merge.offer(new MergeEntry(5, 1, 1, RECORD));
        merge.raise(0, 4);
        assertThat(merge.poll()).isNull();
        merge.offer(new MergeEntry(5, 0, 1, RECORD));
        assertThat(merge.poll()).isEqualTo(new MergeEntry(5, 0, 1, RECORD));
        assertThat(merge.poll()).isEqualTo(new MergeEntry(5, 1, 1, RECORD));
        assertThat(merge.watermark()).isEqualTo(5);
    }

    @Test
    void aJournalThatBreaksItsPromiseIsNamed() {
        JournalMerge merge = new JournalMerge();
        merge.addJournal();
        merge.raise(0, 9);
        assertThat(merge.offer(new MergeEntry(9, 0, 7, RECORD)))
                .contains("journal 0")
                .contains("position 7");
    }

    @Test
    void aJournalThatJoinsHoldsTheWatermarkAndMustStartAboveIt() {
        JournalMerge merge = new JournalMerge();
        merge.addJournal();
        merge.raise(0, 9);
        merge.addJournal();
        merge.raise(0, 20);
        assertThat(merge.watermark()).isEqualTo(9);
        merge.raise(1, 3);
        assertThat(merge.watermark()).isEqualTo(9);
        assertThat(merge.offer(new MergeEntry(8, 1, 1, RECORD))).contains("joined later");
        merge.raise(1, 15);
        assertThat(merge.watermark()).isEqualTo(15);
    }

    @Test
    void creditFollowsTheSizeOfEntries() {
        CreditWindow window = new CreditWindow(1_000, 1 << 20);
        assertThat(window.take(0, 0)).isEqualTo(64);
        assertThat(window.take(0, 0)).isZero();
        for (int i = 0; i < 64; i++) {
            window.received(1, 100);
        }
        assertThat(window.take(0, 0)).isGreaterThan(64);
        for (int i = 0; i < 64; i++) {
            window.received(1, 1 << 20);
        }
        assertThat(window.take(64, 64 << 20)).isZero();
    }

    /** The real one, as the check wants it. */
    private static class Sound implements MergeCheck.Merge {
        final JournalMerge merge = new JournalMerge();

        Sound(int journals) {
            for (int i = 0; i < journals; i++) {
                merge.addJournal();
            }
        }

        @Override
        public @Nullable String offer(MergeEntry entry) {
            return merge.offer(entry);
        }

        @Override
        public void raise(int journal, long timestamp) {
            merge.raise(journal, timestamp);
        }

        @Override
        public @Nullable MergeEntry poll() {
            return merge.poll();
        }

        @Override
        public long watermark() {
            return merge.watermark();
        }
    }

    /** Planted bug: what comes goes, whatever the other journals may bring. */
    private static final class ReleasesEarly extends Sound {
        private final ArrayDeque<MergeEntry> waiting = new ArrayDeque<>();

        ReleasesEarly(int journals) {
            super(journals);
        }

        @Override
        public @Nullable String offer(MergeEntry entry) {
            waiting.add(entry);
            return super.offer(entry);
        }

        @Override
        public @Nullable MergeEntry poll() {
            super.poll();
            return waiting.poll();
        }
    }

    /** Planted bug: now and then two entries change places. */
    private static final class Reorders extends Sound {
        private @Nullable MergeEntry held;
        private int polled;

        Reorders(int journals) {
            super(journals);
        }

        @Override
        public @Nullable MergeEntry poll() {
            MergeEntry back = held;
            if (back != null) {
                held = null;
                return back;
            }
            MergeEntry first = super.poll();
            if (first != null && ++polled % 7 == 0) {
                MergeEntry second = super.poll();
                if (second != null) {
                    held = first;
                    return second;
                }
            }
            return first;
        }
    }
}
