package dev.boreal.launcher.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommitTimesTest {
    private final CommitTimes times = new CommitTimes();

    @Test
    void countsFromTheBeginningToTheFirstCommitAndFromTheLastToTheEnd() {
        times.note(100);
        times.note(130);
        times.note(135);
        assertThat(times.longestGapNanos(110, 140)).isEqualTo(20);
        assertThat(times.longestGapNanos(50, 136)).isEqualTo(50);
        assertThat(times.longestGapNanos(120, 200)).isEqualTo(65);
        assertThat(times.longestGapNanos(136, 150)).isEqualTo(14);
    }

    @Test
    void hasAGapAsLongAsTheTimeWithoutAnyCommit() {
        assertThat(times.longestGapNanos(-5, 5)).isEqualTo(10);
    }
}
