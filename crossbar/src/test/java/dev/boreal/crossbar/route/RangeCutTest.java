package dev.boreal.crossbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.key.Keys;
import dev.boreal.contracts.transaction.WriteKind;
import dev.boreal.contracts.transaction.WriteSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RangeCutTest {
    @Test
    void aCutEqualsAFilterOfTheWritesOneByOne() {
        Chance chance = new Chance(11);
        for (int i = 0; i < 20_000; i++) {
            WriteSet writes = draw(chance);
            KeyRange range = range(chance);
            assertThat(list(new RangeCut(range).cut(writes)))
                    .as("%s of %s", range, list(writes))
                    .isEqualTo(filtered(writes, range));
        }
    }

    @Test
    void theWholeRangePassesTheSetUntouched() {
        WriteSet writes = new WriteSet(new byte[] {9, 9, 9}, 0, 3);
        assertThat(new RangeCut(KeyRange.ALL).cut(writes)).isSameAs(writes);
    }

    @Test
    void aRunIsAWindowOfTheSameArray() {
        WriteSet writes = new WriteSet.Builder(0)
                .put(new byte[] {1}, new byte[9])
                .put(new byte[] {2}, new byte[9])
                .put(new byte[] {3}, new byte[9])
                .build();
        assertThat(new RangeCut(KeyRange.ofKey(new byte[] {2})).cut(writes).buffer())
                .isSameAs(writes.buffer());
    }

    @Test
    void theFirstKeyOfTheRangeBelongsToItAndItsEndDoesNot() {
        WriteSet writes = new WriteSet.Builder(0)
                .put(new byte[] {1}, new byte[0])
                .put(new byte[] {2}, new byte[0])
                .build();
        assertThat(list(new RangeCut(new KeyRange(new byte[] {1}, new byte[] {2})).cut(writes)))
                .containsExactly("PUT 01 ");
    }

    private static List<String> filtered(WriteSet writes, KeyRange range) {
        List<String> kept = new ArrayList<>();
        WriteSet.Cursor cursor = writes.cursor();
        while (cursor.advance()) {
            if (cursor.kind() == WriteKind.PURGE) {
                KeyRange purge = new KeyRange(cursor.key(), cursor.value());
                if (purge.overlaps(range)) {
                    byte[] from = Keys.compare(purge.from(), range.from()) < 0 ? range.from() : purge.from();
                    boolean clip = range.to().length != 0
                            && (purge.to().length == 0 || Keys.compare(purge.to(), range.to()) > 0);
                    kept.add(show(WriteKind.PURGE, from, clip ? range.to() : purge.to()));
                }
            } else if (range.contains(cursor.key())) {
                kept.add(show(cursor.kind(), cursor.key(), cursor.value()));
            }
        }
        return kept;
    }

    private static List<String> list(WriteSet writes) {
        List<String> all = new ArrayList<>();
        WriteSet.Cursor cursor = writes.cursor();
        while (cursor.advance()) {
            all.add(show(cursor.kind(), cursor.key(), cursor.value()));
        }
        return all;
    }

    private static String show(WriteKind kind, byte[] key, byte[] value) {
        return kind + " " + HexFormat.of().formatHex(key) + " " + HexFormat.of().formatHex(value);
    }

    private static WriteSet draw(Chance chance) {
        TreeSet<byte[]> keys = new TreeSet<>(Arrays::compareUnsigned);
        int count = chance.below(8);
        for (int i = 0; i < count; i++) {
            keys.add(key(chance));
        }
        WriteSet.Builder writes = new WriteSet.Builder(0);
        for (byte[] key : keys) {
            if (chance.oneIn(8)) {
                purge(chance, writes);
            }
            if (chance.oneIn(3)) {
                writes.delete(key);
            } else {
                writes.put(key, chance.bytes(chance.below(4)));
            }
        }
        if (chance.oneIn(8)) {
            purge(chance, writes);
        }
        return writes.build();
    }

    private static void purge(Chance chance, WriteSet.Builder writes) {
        KeyRange range = range(chance);
        writes.purge(range.from(), range.to());
    }

    private static byte[] key(Chance chance) {
        return chance.oneIn(3)
                ? new byte[] {(byte) chance.below(5)}
                : new byte[] {(byte) chance.below(5), (byte) (250 * chance.below(2))};
    }

    private static KeyRange range(Chance chance) {
        while (true) {
            byte[] from = chance.oneIn(5) ? Keys.EMPTY : key(chance);
            byte[] to = chance.oneIn(5) ? Keys.EMPTY : key(chance);
            KeyRange range = new KeyRange(from, to);
            if (!range.isEmpty()) {
                return range;
            }
        }
    }
}
