package dev.boreal.storage.trim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.storage.version.VersionedKey;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class GarbageMapTest {
    private static final long RETENTION = 1000;

    private final GarbageMap map = new GarbageMap(RETENTION, 10);

    @Test
    void afterAStartEverythingIsDueOnce() {
        GarbageMap.Due due = taken(0);
        assertThat(due.to()).isEmpty();
        map.swept(due.range(), 100, List.of());
        assertThat(map.takeDue(0)).isNull();
    }

    @Test
    void writesMakeARangeDueOnlyOnceTheHorizonHasPassedThem() {
        settle(50);
        write(5, 5000, 40);
        assertThat(map.takeDue(4900)).isNull();
        assertThat(map.takeDue(5000 + RETENTION)).isNotNull();
        assertThat(map.takeDue(5000 + RETENTION)).isNull();
    }

    @Test
    void fewWritesInALargeRangeAreNotWorthASweep() {
        settle(1_000_000);
        write(5, 5000, 1000);
        assertThat(map.takeDue(9000)).isNull();
        write(5, 9000, 199_000);
        assertThat(map.takeDue(20_000)).isNotNull();
    }

    @Test
    void cutsLetAHotCornerBeSweptAlone() {
        GarbageMap.Due all = taken(0);
        map.swept(all.range(), 3000, List.of(encoded(10), encoded(20)));
        assertThat(map.ranges()).isEqualTo(3);
        write(15, 5000, 500);
        GarbageMap.Due due = taken(9000);
        assertThat(due.from()).isEqualTo(encoded(10));
        assertThat(due.to()).isEqualTo(encoded(20));
        assertThat(map.takeDue(9000)).isNull();
        map.swept(due.range(), 0, List.of());
        assertThat(map.ranges()).isEqualTo(2);
    }

    @Test
    void writesOfLongAgoCountHoweverFarTimeJumps() {
        settle(50);
        write(5, 5000, 40);
        write(5, 5_000_000, 1);
        assertThat(map.takeDue(6000)).isNotNull();
    }

    private GarbageMap.Due taken(long horizon) {
        return Objects.requireNonNull(map.takeDue(horizon), "nothing is due");
    }

    private void settle(long versions) {
        GarbageMap.Due due = taken(0);
        map.swept(due.range(), versions, List.of());
    }

    private void write(int key, long timestamp, int times) {
        for (int i = 0; i < times; i++) {
            map.written(new byte[][] {{(byte) key}}, new int[] {0, 1, 0, 0}, new long[] {timestamp}, 1);
        }
    }

    private static byte[] encoded(int key) {
        return VersionedKey.encode(new byte[] {(byte) key});
    }
}
