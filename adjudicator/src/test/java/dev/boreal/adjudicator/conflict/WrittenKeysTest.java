package dev.boreal.adjudicator.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.key.Keys;
import dev.boreal.contracts.transaction.WriteSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WrittenKeysTest {
    private record Written(byte[] key, long timestamp) {}

    @Test
    void answersAsAListOfAllWrittenKeysOverManyBlocks() {
        Chance chance = new Chance(3);
        WrittenKeys keys = new WrittenKeys(64 << 20, 0);
        List<Written> all = new ArrayList<>();
        for (int commit = 1; commit <= 6_000; commit++) {
            WriteSet.Builder writes = new WriteSet.Builder(0);
            for (byte[] key : sortedKeys(chance, chance.between(1, 5))) {
                writes.put(key, new byte[0]);
                all.add(new Written(key, commit));
            }
            keys.remember(WriteFootprint.of(writes.build()), commit);
        }
        assertThat(keys.arrayBytes()).isGreaterThan(4 * WrittenKeyBlock.BYTES);
        int hits = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] from = key(chance);
            KeyRange range = chance.oneIn(3)
                    ? new KeyRange(from, Keys.EMPTY)
                    : KeyRange.ofPrefix(Arrays.copyOf(from, chance.between(2, 3)));
            long snapshot = chance.below(6_001);
            boolean expected = all.stream().anyMatch(w -> w.timestamp > snapshot && range.contains(w.key));
            long found = keys.any(range, snapshot);
            assertThat(found != 0).as("%s after %s", range, snapshot).isEqualTo(expected);
            assertThat(found == 0 || found > snapshot).isTrue();
            hits += expected ? 1 : 0;
        }
        assertThat(hits).isBetween(200, 1_900);
    }

    @Test
    void aFootprintOfManyKeysCoversEachAndLeavesOutUnwrittenTables() {
        Chance chance = new Chance(4);
        WriteSet.Builder writes = new WriteSet.Builder(0);
        List<byte[]> all = new ArrayList<>();
        for (int table = 0; table < 10; table += 2) {
            for (byte[] tail : sortedKeys(chance, 2_000)) {
                byte[] key = new byte[tail.length + 1];
                key[0] = (byte) table;
                System.arraycopy(tail, 0, key, 1, tail.length);
                writes.put(key, new byte[] {1});
                all.add(key);
            }
        }
        WriteFootprint footprint = WriteFootprint.of(writes.build());
        assertThat(footprint.count()).isLessThanOrEqualTo(WriteFootprint.EXACT);
        WrittenKeys keys = new WrittenKeys(1 << 20, 0);
        keys.remember(footprint, 5);
        for (byte[] key : all) {
            assertThat(keys.any(KeyRange.ofKey(key), 4)).isEqualTo(5);
        }
        for (int table = 1; table < 12; table += 2) {
            assertThat(keys.any(KeyRange.ofPrefix(new byte[] {(byte) table}), 4))
                    .isZero();
        }
    }

    @Test
    void aPurgeIsAnInterval() {
        WrittenKeys keys = new WrittenKeys(1 << 20, 0);
        keys.remember(
                WriteFootprint.of(new WriteSet.Builder(0)
                        .purge(new byte[] {3}, new byte[] {5})
                        .build()),
                7);
        assertThat(keys.any(KeyRange.ofPrefix(new byte[] {4}), 6)).isEqualTo(7);
        assertThat(keys.any(KeyRange.ofPrefix(new byte[] {4}), 7)).isZero();
        assertThat(keys.any(KeyRange.ofPrefix(new byte[] {5}), 6)).isZero();
        assertThat(keys.any(new KeyRange(Keys.EMPTY, new byte[] {3}), 6)).isZero();
    }

    @Test
    void beyondItsBytesTheOldestGoesAndTheFloorRises() {
        WrittenKeys keys = new WrittenKeys(300_000, 0);
        Chance chance = new Chance(5);
        for (int commit = 1; commit <= 50_000; commit++) {
            keys.remember(
                    WriteFootprint.of(new WriteSet.Builder(0)
                            .put(chance.bytes(20), new byte[0])
                            .build()),
                    commit);
        }
        assertThat(keys.arrayBytes()).isLessThan(600_000);
        assertThat(keys.floor()).isBetween(30_000L, 49_000L);
        assertThat(keys.any(KeyRange.ALL, keys.floor())).isGreaterThan(keys.floor());
        keys.expire(60_000);
        assertThat(keys.arrayBytes()).isLessThan(200_000);
    }

    @Test
    void aLargeSetWhoseKeysDoNotAscendIsRefused() {
        WriteSet.Builder writes = new WriteSet.Builder(0);
        for (int i = 0; i < 100; i++) {
            writes.put(new byte[] {(byte) (100 - i)}, new byte[0]);
        }
        WriteSet set = writes.build();
        assertThatThrownBy(() -> WriteFootprint.of(set)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Set<byte[]> sortedKeys(Chance chance, int count) {
        TreeSet<byte[]> keys = new TreeSet<>(Arrays::compareUnsigned);
        while (keys.size() < count) {
            keys.add(key(chance));
        }
        return keys;
    }

    private static byte[] key(Chance chance) {
        byte[] key = chance.bytes(chance.between(3, 24));
        key[0] = (byte) chance.below(3);
        return key;
    }
}
