package dev.boreal.journal.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.journal.record.RecordKind;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class JournalOrderTest {
    private final JournalOrder order = new JournalOrder(LogState.beginning());

    private long admit(long timestamp) {
        assertThat(order.refusal(order.epoch(), timestamp, JournalOrder.ANY_POSITION))
                .isNull();
        return order.admit(timestamp);
    }

    @Test
    void refusesEverythingBeforeTheFirstEpoch() {
        assertThat(order.refusal(0, 1, JournalOrder.ANY_POSITION)).isEqualTo(new AppendRefusal.Fenced(0));
        assertThat(order.promise(0, 1)).isFalse();
    }

    @Test
    void fencesTheOldEpochAsSoonAsTheNextIsAdmitted() {
        long old = order.openEpoch("old");
        long current = order.openEpoch("new");
        assertThat(order.refusal(old, 1, JournalOrder.ANY_POSITION)).isEqualTo(new AppendRefusal.Fenced(current));
        assertThat(order.promise(old, 1)).isFalse();
        assertThat(order.owner()).isEqualTo("new");
    }

    @Test
    void refusesToFollowWhatCannotStandThere() {
        LogState state = new LogState(20, 5, 3, "owner", false, 10, 100);
        assertThat(state.follow(RecordKind.ENTRY, 21, 5, 12, 3, 101, "")).contains("position 12");
        assertThat(state.follow(RecordKind.ENTRY, 21, 5, 11, 2, 101, "")).contains("epoch 2");
        assertThat(state.follow(RecordKind.ENTRY, 21, 5, 11, 3, 100, "")).contains("timestamp 100");
        assertThat(state.follow(RecordKind.EPOCH, 21, 5, 10, 5, 100, "")).contains("epoch 5");
        assertThat(state.follow(RecordKind.SEAL, 21, 5, 10, 3, 99, "")).contains("timestamp 99");
        assertThat(state.follow(RecordKind.SEAL, 21, 5, 10, 3, 100, "")).isNull();
        assertThat(state.follow(RecordKind.ENTRY, 22, 5, 11, 3, 101, "")).contains("sealed");
        assertThat(state.follow(RecordKind.EPOCH, 22, 5, 10, 4, 100, "next")).isNull();
        assertThat(state.follow(RecordKind.ENTRY, 23, 5, 11, 4, 101, "")).isNull();
        assertThat(state.owner()).isEqualTo("next");
        assertThat(state.follow(RecordKind.ENTRY, 25, 5, 12, 4, 102, "")).contains("index 25");
        assertThat(state.follow(RecordKind.ENTRY, 24, 4, 12, 4, 102, "")).contains("term 4");
        assertThat(state.follow(RecordKind.TERM, 24, 6, 11, 4, 101, "")).isNull();
        assertThat(state.lastTerm()).isEqualTo(6);
    }

    @Test
    void admitsNothingThatItRefuses() {
        order.openEpoch("writer");
        admit(10);
        assertThatThrownBy(() -> order.admit(10)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void holdsTheWatermarkAtTheFloorOfTheFirstUndeliveredEntry() {
        long epoch = order.openEpoch("writer");
        order.promise(epoch, 5);
        assertThat(order.watermark()).isEqualTo(5);
        admit(10);
        order.promise(epoch, 12);
        long secondFloor = order.lastTimestamp();
        admit(20);
        order.promise(epoch, 25);
        assertThat(order.watermark()).isEqualTo(5);
        order.durable(2);
        order.delivered(1, secondFloor);
        assertThat(order.watermark()).isEqualTo(12);
        order.delivered(2, -1);
        assertThat(order.watermark()).isEqualTo(25);
        order.promise(epoch, 30);
        assertThat(order.watermark()).isEqualTo(30);
    }

    @Test
    void neverMovesTheWatermarkBackNorPastAnUndeliveredEntry() {
        Chance chance = new Chance(11);
        long epoch = order.openEpoch("writer");
        Deque<long[]> undelivered = new ArrayDeque<>();
        long timestamp = 0;
        long watermark = 0;
        for (int i = 0; i < 100_000; i++) {
            timestamp += chance.between(1, 5);
            switch (chance.below(3)) {
                case 0 -> {
                    long floor = order.lastTimestamp();
                    undelivered.add(new long[] {admit(timestamp), floor, timestamp});
                }
                case 1 -> assertThat(order.promise(epoch, timestamp)).isTrue();
                default -> {
                    long[] delivered = undelivered.poll();
                    if (delivered != null) {
                        long[] next = undelivered.peek();
                        order.delivered(delivered[0], next == null ? -1 : next[1]);
                    }
                }
            }
            assertThat(order.watermark()).isGreaterThanOrEqualTo(watermark);
            watermark = order.watermark();
            long[] first = undelivered.peek();
            if (first == null) {
                assertThat(watermark).isEqualTo(order.lastTimestamp());
            } else {
                assertThat(watermark).isLessThan(first[2]).isLessThanOrEqualTo(first[1]);
            }
        }
    }
}
