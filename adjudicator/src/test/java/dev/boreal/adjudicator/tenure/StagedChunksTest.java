package dev.boreal.adjudicator.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.adjudicator.conflict.WriteFootprint;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.contracts.transaction.WriteSet;
import org.junit.jupiter.api.Test;

class StagedChunksTest {
    private static final WriteFootprint NOTHING = WriteFootprint.of(WriteSet.EMPTY);

    @Test
    void nothingIsTrimmedBeforeStorageHasWhatTheTenureFound() {
        StagedChunks chunks = new StagedChunks(100);
        assertThat(chunks.trimmable(99)).isZero();
        assertThat(chunks.trimmable(100)).isEqualTo(100);
    }

    @Test
    void aChunkHoldsTheJournalUntilStorageHasTheCommitThatNamesIt() {
        StagedChunks chunks = new StagedChunks(0);
        chunks.staging(50, 9, 1, 10, NOTHING);
        assertThat(chunks.trimmable(30)).isEqualTo(9);
        chunks.staged(50, 12);
        assertThat(chunks.trimmable(30)).isEqualTo(11);
        chunks.committed(new long[] {12}, 40);
        assertThat(chunks.trimmable(39)).isEqualTo(11);
        assertThat(chunks.trimmable(40)).isEqualTo(40);
        assertThat(chunks.footprints(1, new long[] {12})).isNull();
    }

    @Test
    void anAbandonedChunkIsForgottenOnceNoCommitCanNameIt() {
        StagedChunks chunks = new StagedChunks(0);
        chunks.staging(50, 9, 1, 10, NOTHING);
        chunks.staged(50, 10);
        chunks.expire(49);
        assertThat(chunks.footprints(1, new long[] {10})).hasSize(1);
        assertThat(chunks.bytesOf(1)).isEqualTo(10);
        chunks.expire(50);
        assertThat(chunks.footprints(1, new long[] {10})).isNull();
        assertThat(chunks.trimmable(30)).isEqualTo(30);
    }

    @Test
    void aTenureStartsAboveTheJournalAndAboveWhatMayHaveBeenPromised() {
        OpenOutcome.Opened opened = new OpenOutcome.Opened(4, 17, 1_000);
        assertThat(Tenure.begin(opened, 5_000, 200)).isEqualTo(new Tenure(4, 5_200, 17));
        assertThat(Tenure.begin(opened, 500, 200).notBefore()).isEqualTo(1_000);
        assertThat(Tenure.begin(opened, 500, 200).accepts(3)).isFalse();
    }
}
