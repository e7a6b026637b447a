package dev.boreal.launcher.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.clock.Chance;
import org.junit.jupiter.api.Test;

class TrimScheduleTest {

    @Test
    void forgetsNothingBeforeItHasSeenTheAge() {
        TrimSchedule schedule = new TrimSchedule(1_000, 10);
        schedule.note(0, 500);
        assertThat(schedule.oldEnough(999)).isZero();
        assertThat(schedule.oldEnough(1_000)).isEqualTo(500);
    }

    @Test
    void neverGivesUpAPositionYoungerThanTheAge() {
        Chance chance = new Chance(7);
        TrimSchedule schedule = new TrimSchedule(1_000, 16);
        long[] appendedAt = new long[20_001];
        long now = 0;
        int last = 0;
        long trimmed = 0;
        for (int round = 0; round < 5_000 && last < 20_000; round++) {
            now += chance.below(50);
            for (int i = chance.below(8); i > 0 && last < 20_000; i--) {
                appendedAt[++last] = now;
            }
            schedule.note(now, last);
            long old = schedule.oldEnough(now);
            assertThat(old).isGreaterThanOrEqualTo(trimmed);
            trimmed = old;
            if (old > 0) {
                assertThat(now - appendedAt[(int) old]).isGreaterThanOrEqualTo(1_000);
            }
        }
        assertThat(trimmed).isPositive();
    }
}
