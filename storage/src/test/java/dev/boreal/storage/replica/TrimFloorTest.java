package dev.boreal.storage.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.contracts.feed.FeedStart;
import org.junit.jupiter.api.Test;

class TrimFloorTest {
    private final TrimFloor floor = new TrimFloor(1_000);

    private static FeedStart at(long... positions) {
        return new FeedStart(positions);
    }

    @Test
    void theLowestPositionOfEachJournalRules() {
        floor.told("a", at(10, 5), 0);
        floor.told("b", at(7, 9), 0);
        assertThat(floor.trimmable(1)).isEqualTo(at(7, 5));
        floor.told("b", at(30, 30), 2);
        assertThat(floor.trimmable(3)).isEqualTo(at(10, 5));
        floor.told("c", at(40), 4);
        assertThat(floor.trimmable(5)).as("c has nothing of the second journal").isEqualTo(at(10));
    }

    @Test
    void nothingIsTrimmedForNobody() {
        assertThat(floor.trimmable(1)).isNull();
    }

    @Test
    void aReplicaThatIsAwayHoldsItForSoLongAndNoLonger() {
        floor.known("away", at(3), 100);
        floor.told("here", at(10), 100);
        floor.told("here", at(50), 1_100);
        floor.known("away", at(3), 1_100);
        assertThat(floor.trimmable(1_100)).isEqualTo(at(3));
        assertThat(floor.givenUp(1_100)).isEmpty();
        assertThat(floor.trimmable(1_101)).isEqualTo(at(50));
        assertThat(floor.givenUp(1_101)).containsExactly("away");
        floor.told("away", at(4), 1_200);
        assertThat(floor.trimmable(1_200)).isEqualTo(at(4));
    }

    @Test
    void aReplicaThatStandsStillHoldsItForSoLongAndNoLonger() {
        for (long now = 0; now <= 1_000; now += 100) {
            floor.told("stuck", at(3), now);
            floor.told("here", at(10 + now), now);
        }
        assertThat(floor.trimmable(1_000)).isEqualTo(at(3));
        floor.told("stuck", at(3), 1_200);
        assertThat(floor.trimmable(1_200)).isEqualTo(at(1_010));
        floor.told("stuck", at(900), 1_300);
        assertThat(floor.trimmable(1_300)).as("it goes on").isEqualTo(at(900));
    }

    @Test
    void whoeverHasEverythingMayStandStill() {
        floor.told("a", at(10), 0);
        floor.told("b", at(10), 0);
        floor.told("a", at(10), 5_000);
        floor.told("b", at(10), 5_000);
        assertThat(floor.givenUp(5_000)).isEmpty();
    }

    @Test
    void oneThatIsExpectedHoldsEverythingForSoLongAndNoLonger() {
        floor.told("here", at(10), 0);
        floor.expected("new", 0);
        floor.expected("here", 0);
        assertThat(floor.trimmable(500)).isEqualTo(FeedStart.BEGINNING);
        floor.told("here", at(20), 1_500);
        floor.expected("new", 1_500);
        assertThat(floor.trimmable(1_500)).isEqualTo(at(20));
    }

    @Test
    void whenAllAreGivenUpNothingIsTrimmed() {
        floor.told("a", at(10), 0);
        assertThat(floor.trimmable(2_000)).isNull();
    }
}
