package dev.boreal.storage.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.door.Storage;
import dev.boreal.contracts.feed.FeedStart;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.key.Keys;
import dev.boreal.contracts.read.ReadRefused;
import dev.boreal.contracts.read.RowBatch;
import dev.boreal.contracts.read.ScanRequest;
import dev.boreal.contracts.row.Predicate;
import dev.boreal.contracts.row.RowFormat;
import dev.boreal.contracts.transaction.WriteSet;
import dev.boreal.storage.StorageConfiguration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random commits, reads, scans, trims, restarts and crashes, against the naive model. */
class StorageModelTest {
    private static final int STEPS = 3000;

    @TempDir
    private Path directory;

    private final VersionModel model = new VersionModel();
    private final FakeCrossbar crossbar = new FakeCrossbar();
    private final List<byte[]> keys = new ArrayList<>();
    private Chance chance = new Chance(0);
    private StorageConfiguration configuration = StorageRoomTest.small();
    private long now = 1000;
    private long watermark;
    private long trimmed;

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 200000", "3, 4096", "4, 200000", "5, 200000", "6, 0", "7, 20000", "8, 200000"})
    void readsAgreeWithTheModelThroughTrimsRestartsAndCrashes(long seed, long cacheBytes) {
        chance = new Chance(seed);
        configuration = StorageRoomTest.small().withCacheBytes(cacheBytes).withRetentionNanos(3000);
        for (int i = 0; i < 60; i++) {
            keys.add(randomKey());
        }
        StorageRoom room = open();
        for (int step = 0; step < STEPS; step++) {
            switch (chance.below(20)) {
                case 0, 1, 2, 3, 4, 5 -> commit();
                case 6, 7, 8 -> {
                    watermark = now;
                    crossbar.advance(watermark);
                }
                case 9, 10, 11, 12 -> compareGets(room);
                case 13, 14, 15, 16 -> compareScan(room);
                case 17 -> compareCount(room);
                case 18 -> {
                    if (chance.oneIn(25)) {
                        trimmed += room.statistics().versionsTrimmed();
                        room.close();
                        room = open();
                    }
                }
                default -> {
                    if (chance.oneIn(25)) {
                        room = crash(room);
                    }
                }
            }
            assertThat(room.failure()).isNull();
        }
        assertThat(trimmed + room.statistics().versionsTrimmed()).isPositive();
        room.close();
    }

    private StorageRoom open() {
        return StorageRoom.open(directory, configuration, KeyRange.ALL, crossbar);
    }

    private StorageRoom crash(StorageRoom room) {
        trimmed += room.statistics().versionsTrimmed();
        FeedStart promised = room.persistedPositions();
        room.abandon();
        StorageRoom next = open();
        assertThat(next.startPosition()).isGreaterThanOrEqualTo(promised.position(0));
        return next;
    }

    private void commit() {
        now += 1 + chance.below(40);
        TreeSet<byte[]> written = new TreeSet<>(Keys::compare);
        int writes = 1 + chance.below(chance.oneIn(10) ? 40 : 4);
        for (int i = 0; i < writes; i++) {
            written.add(keys.get(chance.oneIn(3) ? chance.below(3) : chance.below(keys.size())));
        }
        List<WriteSet> pieces = new ArrayList<>();
        WriteSet.Builder piece = new WriteSet.Builder(0);
        for (byte[] key : written) {
            if (chance.oneIn(4)) {
                piece.delete(key);
                model.delete(key, now);
            } else {
                byte[] row = randomRow();
                piece.put(key, row);
                model.put(key, now, row);
            }
            if (chance.oneIn(6)) {
                pieces.add(piece.build());
                piece = new WriteSet.Builder(0);
            }
        }
        pieces.add(piece.build());
        crossbar.commit(now, pieces.toArray(new WriteSet[0]));
    }

    private long randomSnapshot(StorageRoom room) {
        if (chance.oneIn(3)) {
            return watermark;
        }
        long from = Math.max(1, chance.oneIn(10) ? watermark - 5000 : room.horizon());
        return from >= watermark ? watermark : from + chance.below((int) (watermark - from) + 1);
    }

    private void compareGets(StorageRoom room) {
        long asOf = randomSnapshot(room);
        byte[][] asked = new byte[1 + chance.below(8)][];
        for (int i = 0; i < asked.length; i++) {
            asked[i] = chance.oneIn(10) ? randomKey() : keys.get(chance.below(keys.size()));
        }
        byte[] @Nullable [] answers;
        try {
            answers = asked.length == 1 ? new byte[][] {room.get(asked[0], asOf)} : room.getAll(asked, asOf);
        } catch (ReadRefused e) {
            assertTooOld(room, asOf, e);
            return;
        }
        for (int i = 0; i < asked.length; i++) {
            assertThat(answers[i]).isEqualTo(model.get(asked[i], asOf));
        }
    }

    private void compareScan(StorageRoom room) {
        ScanRequest request = randomRequest(randomSnapshot(room));
        List<String> rows = new ArrayList<>();
        try (Storage.Scan scan = room.scan(request)) {
            if (chance.oneIn(4)) {
                commit();
            }
            RowBatch batch = new RowBatch();
            while (scan.next(batch)) {
                for (int row = 0; row < batch.rows(); row++) {
                    rows.add(VersionModel.line(batch.key(row), batch.value(row)));
                }
            }
        } catch (ReadRefused e) {
            assertTooOld(room, request.asOf(), e);
            return;
        }
        assertThat(rows).as("%s", request).isEqualTo(model.scan(request));
    }

    private void compareCount(StorageRoom room) {
        ScanRequest request = randomRequest(randomSnapshot(room));
        try {
            assertThat(room.count(request)).isEqualTo(model.scan(request).size());
        } catch (ReadRefused e) {
            assertTooOld(room, request.asOf(), e);
        }
    }

    private static void assertTooOld(StorageRoom room, long asOf, ReadRefused refused) {
        assertThat(refused.reason()).isEqualTo(ReadRefused.Reason.SNAPSHOT_TOO_OLD);
        assertThat(asOf).isLessThan(room.horizon());
    }

    private ScanRequest randomRequest(long asOf) {
        KeyRange range = switch (chance.below(4)) {
            case 0 -> KeyRange.ALL;
            case 1 -> KeyRange.ofPrefix(keys.get(chance.below(keys.size())));
            case 2 -> new KeyRange(keys.get(chance.below(keys.size())), Keys.EMPTY);
            default -> new KeyRange(keys.get(chance.below(keys.size())), keys.get(chance.below(keys.size())));
        };
        Predicate filter = chance.oneIn(2)
                ? null
                : new Predicate.Compare(0, Predicate.Operator.LESS, new byte[] {(byte) chance.below(256)});
        int[] projection = chance.oneIn(2) ? null : new int[] {1};
        long limit = chance.oneIn(3) ? chance.below(10) : Long.MAX_VALUE;
        return new ScanRequest(asOf, range, chance.oneIn(2), filter, projection, chance.oneIn(2), limit);
    }

    private byte[] randomKey() {
        byte[] key = new byte[chance.below(chance.oneIn(30) ? 500 : 5)];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (chance.oneIn(2) ? 0 : chance.oneIn(2) ? 0xff : chance.below(3));
        }
        return key;
    }

    private byte[] randomRow() {
        int fields = chance.below(4);
        byte[] row = new byte[fields * 2100];
        int at = 0;
        for (int i = 0; i < fields; i++) {
            byte[] field = chance.bytes(chance.oneIn(40) ? 2000 : chance.below(4));
            at = chance.oneIn(5) ? RowFormat.putNull(row, at) : RowFormat.putField(row, at, field, 0, field.length);
        }
        return Arrays.copyOf(row, at);
    }
}
