package dev.boreal.storage.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.door.Storage;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.read.ReadRefused;
import dev.boreal.contracts.read.RowBatch;
import dev.boreal.contracts.read.ScanRequest;
import dev.boreal.contracts.transaction.WriteSet;
import dev.boreal.storage.StorageConfiguration;
import dev.boreal.storage.StorageOpenException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageRoomTest {
    private static final byte[] KEY = {1, 2, 3};

    @TempDir
    private Path directory;

    private final FakeCrossbar crossbar = new FakeCrossbar();
    private StorageConfiguration configuration = small();
    private @Nullable StorageRoom opened;

    /** Small buffers and a busy maintenance thread, so that little work meets every mechanism. */
    static StorageConfiguration small() {
        return new StorageConfiguration(
                1_000_000_000_000L,
                20_000_000_000L,
                1 << 20,
                4 << 20,
                256 << 10,
                2,
                2 << 10,
                100_000,
                50_000_000,
                2_000_000,
                1);
    }

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    private StorageRoom open() {
        opened = StorageRoom.open(directory, configuration, KeyRange.ALL, crossbar);
        return opened;
    }

    @Test
    void aReadSeesTheNewestVersionAtItsSnapshot() {
        StorageRoom room = open();
        crossbar.commit(10, put(KEY, "a"));
        crossbar.commit(20, put(KEY, "b"));
        crossbar.commit(30, new WriteSet.Builder(0).delete(KEY).build());
        crossbar.advance(40);
        assertThat(room.get(KEY, 9)).isNull();
        assertThat(room.get(KEY, 10)).isEqualTo("a".getBytes(UTF_8));
        assertThat(room.get(KEY, 29)).isEqualTo("b".getBytes(UTF_8));
        assertThat(room.get(KEY, 30)).isNull();
        assertThat(room.getAll(new byte[][] {{9}, KEY}, 25)).isDeepEqualTo(new byte[][] {null, "b".getBytes(UTF_8)});
    }

    @Test
    void anEmptyRowIsNotATombstone() {
        StorageRoom room = open();
        crossbar.commit(10, put(KEY, ""));
        crossbar.advance(10);
        assertThat(room.get(KEY, 10)).isEmpty();
        assertThat(room.count(ScanRequest.all(10, KeyRange.ALL))).isEqualTo(1);
    }

    @Test
    void piecesOfATransactionShowOnlyOnceTheWatermarkPasses() {
        StorageRoom room = open();
        crossbar.commit(10, put(KEY, "old"));
        crossbar.advance(15);
        crossbar.commitPiece(20, put(KEY, "new"), false);
        assertThat(room.get(KEY, 15)).isEqualTo("old".getBytes(UTF_8));
        crossbar.commitPiece(20, put(new byte[] {7}, "other"), true);
        assertThat(room.get(KEY, 15)).isEqualTo("old".getBytes(UTF_8));
        crossbar.advance(20);
        assertThat(room.get(KEY, 20)).isEqualTo("new".getBytes(UTF_8));
        assertThat(room.get(new byte[] {7}, 20)).isEqualTo("other".getBytes(UTF_8));
    }

    @Test
    void aCrashBetweenPiecesRepeatsTheWholeTransaction() {
        StorageRoom room = open();
        crossbar.commit(10, put(KEY, "old"));
        crossbar.advance(15);
        crossbar.commitPiece(20, put(KEY, "new"), false);
        room.flushNow();
        assertThat(room.persistedPositions().position(0)).isEqualTo(1);
        crossbar.commitPiece(20, put(new byte[] {7}, "other"), true);
        room.abandon();
        room = open();
        assertThat(room.startPosition()).isEqualTo(1);
        crossbar.advance(20);
        assertThat(room.get(KEY, 20)).isEqualTo("new".getBytes(UTF_8));
        assertThat(room.get(new byte[] {7}, 20)).isEqualTo("other".getBytes(UTF_8));
    }

    @Test
    void piecesThatComeAgainAfterABreakChangeNothing() {
        StorageRoom room = open();
        crossbar.commit(10, put(KEY, "old"));
        crossbar.advance(15);
        crossbar.commitPiece(20, put(KEY, "new"), false);
        crossbar.repeatBehind(1);
        room.flushNow();
        assertThat(room.persistedPositions().position(0)).isEqualTo(1);
        crossbar.commitPiece(20, put(new byte[] {7}, "other"), true);
        crossbar.advance(20);
        assertThat(room.get(KEY, 19)).isEqualTo("old".getBytes(UTF_8));
        assertThat(room.get(KEY, 20)).isEqualTo("new".getBytes(UTF_8));
        assertThat(room.get(new byte[] {7}, 20)).isEqualTo("other".getBytes(UTF_8));
        assertThat(room.failure()).isNull();
    }

    @Test
    void aReplicaThatComesBackFollowsFromItsOwnStateOnceThereIsACrossbar() {
        configuration = quietMaintenance();
        StorageRoom room = open();
        crossbar.commit(10, put(KEY, "a"));
        crossbar.advance(12);
        room.close();
        crossbar.commit(20, put(KEY, "b"));
        FakeCrossbar away = new FakeCrossbar();
        opened = StorageRoom.open(directory, configuration, KeyRange.ALL, away);
        assertThat(opened.get(KEY, 12)).isEqualTo("a".getBytes(UTF_8));
        assertThat(opened.tryReach(25)).isFalse();
        assertThat(away.requests).isPositive();
        assertThat(opened.startPosition()).isEqualTo(1);
        opened.close();
        opened = open();
        crossbar.advance(25);
        assertThat(opened.get(KEY, 25)).isEqualTo("b".getBytes(UTF_8));
    }

    @Test
    void aReplicaWhoseContinuationWasTrimmedSaysWhatToDo() {
        StorageRoom room = open();
        crossbar.commit(10, put(KEY, "a"));
        crossbar.advance(12);
        crossbar.endTrimmed("journal 0 begins at 90");
        assertThat(room.failure()).contains("journal 0 begins at 90").contains("backup");
        assertThat(room.get(KEY, 12)).isEqualTo("a".getBytes(UTF_8));
        assertThatThrownBy(() -> room.get(KEY, 13)).isInstanceOf(ReadRefused.class);
    }

    @Test
    void persistedPositionsTellWhatACrashLeaves() {
        configuration = quietMaintenance();
        StorageRoom room = open();
        crossbar.commit(10, put(KEY, "a"));
        assertThat(room.persistedPositions().position(0)).isZero();
        room.flushNow();
        assertThat(room.persistedPositions().position(0)).isEqualTo(1);
        crossbar.commit(20, put(KEY, "b"));
        assertThat(room.persistedPositions().position(0)).isEqualTo(1);
        room.abandon();
        room = open();
        assertThat(room.startPosition()).isEqualTo(1);
        crossbar.advance(20);
        assertThat(room.get(KEY, 20)).isEqualTo("b".getBytes(UTF_8));
    }

    @Test
    void cleanCloseKeepsEverythingAndTheWatermark() {
        StorageRoom room = open();
        crossbar.commit(10, put(KEY, "a"));
        crossbar.advance(12);
        room.close();
        assertThat(room.persistedPositions().position(0)).isEqualTo(1);
        FakeCrossbar silent = new FakeCrossbar();
        opened = StorageRoom.open(directory, configuration, KeyRange.ALL, silent);
        assertThat(opened.tryReach(12)).isTrue();
        assertThat(opened.get(KEY, 12)).isEqualTo("a".getBytes(UTF_8));
    }

    @Test
    void entriesDeliveredAgainChangeNothing() {
        StorageRoom room = open();
        crossbar.commit(10, put(KEY, "a"));
        crossbar.commit(20, put(KEY, "b"));
        crossbar.advance(20);
        crossbar.repeatAll();
        assertThat(room.failure()).isNull();
        assertThat(room.statistics().rowsApplied()).isEqualTo(2);
        assertThat(room.get(KEY, 20)).isEqualTo("b".getBytes(UTF_8));
    }

    @Test
    void anEntryBelowTheWatermarkStopsTheRoom() {
        StorageRoom room = open();
        crossbar.advance(50);
        crossbar.commit(40, put(KEY, "late"));
        assertThat(room.failure()).contains("came after the watermark");
        crossbar.advance(60);
        assertRefused(ReadRefused.Reason.UNAVAILABLE, () -> room.get(KEY, 60));
    }

    @Test
    void theEndOfTheFeedRefusesWaitingReads() throws Exception {
        StorageRoom room = open();
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> waiting = readers.submit(() -> room.get(KEY, 100));
            crossbar.end("journal 0 is gone");
            assertThatThrownBy(waiting::get).hasMessageContaining("journal 0 is gone");
        }
        assertThat(room.failure()).contains("journal 0 is gone");
    }

    @Test
    void tryReachAsksForAnAdvanceAndLooksOnceMore() {
        StorageRoom room = open();
        assertThat(room.tryReach(10)).isFalse();
        assertThat(crossbar.requests).isEqualTo(1);
        crossbar.advancesOnRequest = true;
        assertThat(room.tryReach(11)).isTrue();
        assertThat(room.tryReach(10)).isTrue();
        assertThat(crossbar.requests).isEqualTo(2);
    }

    @Test
    void thousandsOfWaitingReadsWakeWhenReachedAndNotBefore() throws Exception {
        StorageRoom room = open();
        crossbar.commit(5, put(KEY, "a"));
        int readers = 3000;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> reads = new ArrayList<>();
            CountDownLatch started = new CountDownLatch(readers);
            for (int i = 0; i < readers; i++) {
                long asOf = 10L + i;
                reads.add(threads.submit(() -> {
                    started.countDown();
                    room.get(KEY, asOf);
                    return room.watermark() - asOf;
                }));
            }
            started.await();
            assertThat(reads).noneMatch(Future::isDone);
            for (int i = 0; i <= readers; i += 100) {
                crossbar.advance(10L + i);
                for (int reached = 0; reached < Math.min(i, readers); reached++) {
                    assertThat(reads.get(reached).get()).isNotNegative();
                }
                assertThat(reads.subList(Math.min(readers, i + 1), readers)).noneMatch(Future::isDone);
            }
        }
    }

    @Test
    void aLostRequestForAnAdvanceIsRepeated() throws Exception {
        StorageRoom room = open();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> read = threads.submit(() -> room.get(KEY, 10));
            while (crossbar.requests < 3) {
                Thread.onSpinWait();
            }
            crossbar.advancesOnRequest = true;
            read.get();
        }
    }

    @Test
    void waitingEndsWithTheTimeOut() {
        configuration = small().withReadTimeoutNanos(5_000_000);
        StorageRoom room = open();
        assertRefused(ReadRefused.Reason.TIMED_OUT, () -> room.get(KEY, 10));
        assertRefused(ReadRefused.Reason.TIMED_OUT, () -> room.count(ScanRequest.all(10, KeyRange.ALL)));
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        StorageRoom room = open();
        CountDownLatch refused = new CountDownLatch(1);
        Thread reader = Thread.ofVirtual().start(() -> {
            assertRefused(ReadRefused.Reason.INTERRUPTED, () -> room.get(KEY, 10));
            refused.countDown();
        });
        reader.interrupt();
        refused.await();
    }

    @Test
    void anOpenScanAtCloseIsRefusedAndNothingCrashes() {
        StorageRoom room = open();
        fill(20_000);
        Storage.Scan started = room.scan(ScanRequest.all(10, KeyRange.ALL));
        Storage.Scan fresh = room.scan(ScanRequest.all(10, KeyRange.ALL));
        RowBatch batch = new RowBatch();
        assertThat(started.next(batch)).isTrue();
        room.close();
        assertRefused(ReadRefused.Reason.UNAVAILABLE, () -> started.next(batch));
        assertRefused(ReadRefused.Reason.UNAVAILABLE, () -> fresh.next(batch));
        started.close();
        started.close();
        fresh.close();
        assertRefused(ReadRefused.Reason.UNAVAILABLE, () -> room.get(KEY, 10));
        assertRefused(ReadRefused.Reason.UNAVAILABLE, () -> room.scan(ScanRequest.all(10, KeyRange.ALL)));
        assertRefused(ReadRefused.Reason.UNAVAILABLE, () -> room.count(ScanRequest.all(10, KeyRange.ALL)));
        room.close();
    }

    @Test
    void closingUnderReadersAndWritersIsSafe() throws Exception {
        for (int round = 0; round < 5; round++) {
            FakeCrossbar feed = new FakeCrossbar();
            StorageRoom room = StorageRoom.open(directory.resolve("round" + round), configuration, KeyRange.ALL, feed);
            feed.commit(5, bulk(5000, "row"));
            feed.advance(10);
            try (ExecutorService threads = Executors.newCachedThreadPool()) {
                List<Future<?>> all = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    all.add(threads.submit(() -> untilRefused(room, () -> drain(room))));
                    all.add(threads.submit(() -> untilRefused(room, () -> room.get(key(4999), 10) == null ? 1L : 0L)));
                    all.add(threads.submit(() ->
                            untilRefused(room, () -> room.count(ScanRequest.all(10, KeyRange.ALL)))));
                }
                for (long at = 11; at < 60; at++) {
                    feed.commit(at, bulk(100, "more"));
                    feed.advance(at);
                }
                room.close();
                for (Future<?> one : all) {
                    one.get();
                }
            }
        }
    }

    @Test
    void aScanSeesItsSnapshotWhileRowsChangeAndAreTrimmed() {
        configuration = small().withRetentionNanos(50);
        StorageRoom room = open();
        fill(3000);
        try (Storage.Scan scan = room.scan(ScanRequest.all(10, KeyRange.ALL))) {
            RowBatch batch = new RowBatch();
            assertThat(scan.next(batch)).isTrue();
            int rows = batch.rows();
            for (long at = 11; at < 400; at += 20) {
                crossbar.commit(at, bulk(3000, "changed"));
                crossbar.advance(at);
            }
            crossbar.advance(10_000);
            while (room.statistics().versionsTrimmed() < 3000) {
                Thread.onSpinWait();
            }
            while (scan.next(batch)) {
                for (int i = 0; i < batch.rows(); i++) {
                    assertThat(batch.value(i)).isEqualTo("filled".getBytes(UTF_8));
                }
                rows += batch.rows();
            }
            assertThat(rows).isEqualTo(3000);
        }
        assertRefused(ReadRefused.Reason.SNAPSHOT_TOO_OLD, () -> room.scan(ScanRequest.all(10, KeyRange.ALL)));
        assertRefused(ReadRefused.Reason.SNAPSHOT_TOO_OLD, () -> room.count(ScanRequest.all(10, KeyRange.ALL)));
        assertThat(room.count(ScanRequest.all(10_000, KeyRange.ALL))).isEqualTo(3000);
    }

    @Test
    void aPurgeRemovesTheRangeOnceTheHorizonHasPassedAndNotBefore() {
        configuration = small().withRetentionNanos(1000);
        StorageRoom room = open();
        fill(2000);
        crossbar.commit(20, new WriteSet.Builder(0).purge(key(500), key(1500)).build());
        crossbar.advance(1019);
        assertThat(room.count(ScanRequest.all(1019, KeyRange.ALL))).isEqualTo(2000);
        assertThat(room.get(key(700), 1019)).isNotNull();
        room.abandon();
        StorageRoom next = open();
        assertThat(next.count(ScanRequest.all(1019, KeyRange.ALL))).isEqualTo(2000);
        crossbar.advance(1100);
        while (next.count(ScanRequest.all(1100, KeyRange.ALL)) != 1000) {
            Thread.onSpinWait();
        }
        while (next.get(key(700), 1100) != null) {
            Thread.onSpinWait();
        }
        assertThat(next.get(key(499), 1100)).isNotNull();
        assertThat(next.get(key(1500), 1100)).isNotNull();
    }

    @Test
    void aPurgeWithoutEndRemovesEverythingBehindItsStart() {
        configuration = small().withRetentionNanos(10);
        StorageRoom room = open();
        fill(100);
        crossbar.commit(20, new WriteSet.Builder(0).purge(key(50), new byte[0]).build());
        crossbar.advance(1000);
        while (room.count(ScanRequest.all(1000, KeyRange.ALL)) != 50) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aRowUpdatedManyTimesIsTrimmedToItsNewestVersion() {
        configuration = small().withRetentionNanos(100);
        StorageRoom room = open();
        for (long at = 10; at < 5010; at++) {
            crossbar.commit(at, put(KEY, "v" + at));
        }
        crossbar.advance(5010);
        assertThat(room.get(KEY, 5000)).isEqualTo("v5000".getBytes(UTF_8));
        assertThat(room.get(KEY, 4990)).isEqualTo("v4990".getBytes(UTF_8));
        crossbar.advance(9000);
        while (room.storedVersions() > 1) {
            Thread.onSpinWait();
        }
        assertThat(room.get(KEY, 9000)).isEqualTo("v5009".getBytes(UTF_8));
    }

    @Test
    void aTombstoneGoesWithAllThatItHides() {
        configuration = small().withRetentionNanos(100);
        StorageRoom room = open();
        for (long at = 10; at < 600; at += 2) {
            crossbar.commit(at, bulk(10, "v" + at));
        }
        WriteSet.Builder gone = new WriteSet.Builder(0);
        for (int i = 0; i < 10; i++) {
            gone.delete(key(i));
        }
        crossbar.commit(700, gone.build());
        crossbar.advance(5000);
        while (room.storedVersions() > 0) {
            Thread.onSpinWait();
        }
        room.close();
        assertThat(open().count(ScanRequest.all(5000, KeyRange.ALL))).isZero();
    }

    @Test
    void aFailingDiskStopsApplyingAndSkipsNothing() throws IOException {
        StorageRoom room = open();
        fill(100);
        for (Path file : files("")) {
            Files.delete(file);
        }
        Files.delete(directory);
        long at = 11;
        while (room.failure() == null) {
            crossbar.commit(at, bulk(1000, "after the failure " + at));
            crossbar.advance(at++);
        }
        long reached = room.watermark();
        crossbar.commit(at, bulk(1, "more"));
        crossbar.advance(at);
        long missing = at;
        assertThat(room.watermark()).isEqualTo(reached).isLessThan(missing);
        assertRefused(ReadRefused.Reason.UNAVAILABLE, () -> room.get(KEY, missing));
        assertThat(room.tryReach(missing)).isFalse();
        room.close();
        Files.createDirectories(directory);
        StorageRoom rebuilt = open();
        crossbar.advance(missing + 1);
        assertThat(rebuilt.count(ScanRequest.all(missing + 1, KeyRange.ALL))).isEqualTo(1000);
        assertThat(rebuilt.get(key(0), missing + 1)).isEqualTo("more".getBytes(UTF_8));
    }

    @Test
    void readsNeverGoBackUnderConcurrentApplyAndFlush() throws Exception {
        configuration = small().withCacheBytes(400_000).withRetentionNanos(3000);
        StorageRoom room = open();
        int keys = 500;
        long last = 30_000;
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Chance chance = new Chance(i);
                readers.add(threads.submit(() -> {
                    while (room.watermark() < last) {
                        long asOf = Math.max(1, room.watermark() - (chance.oneIn(3) ? chance.below(400) : 0));
                        int number = chance.below(keys);
                        long expected = asOf - Math.floorMod(asOf - number, (long) keys);
                        byte[] row;
                        try {
                            row = room.get(key(number), asOf);
                        } catch (ReadRefused e) {
                            // A reader that was held up between choosing its snapshot and reading may be too late.
                            assertThat(e.reason()).isEqualTo(ReadRefused.Reason.SNAPSHOT_TOO_OLD);
                            assertThat(asOf).isLessThan(room.horizon());
                            continue;
                        }
                        if (expected > 0) {
                            assertThat(row).isNotNull();
                            assertThat(ByteBuffer.wrap(row).getLong()).isEqualTo(expected);
                        } else {
                            assertThat(row).isNull();
                        }
                    }
                    return null;
                }));
            }
            for (long at = 1; at <= last; at++) {
                byte[] row = ByteBuffer.allocate(8).putLong(at).array();
                crossbar.commit(
                        at,
                        new WriteSet.Builder(0).put(key((int) (at % keys)), row).build());
                crossbar.advance(at);
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
        }
        assertThat(room.statistics().cachedRows()).isPositive();
    }

    @Test
    void aForeignDirectoryIsRefused() throws IOException {
        Files.writeString(directory.resolve("notes.txt"), "mine");
        assertThat(failureToOpen().reason()).isEqualTo(StorageOpenException.Reason.FORMAT);
        assertThat(directory.resolve("notes.txt")).exists();
    }

    @Test
    void anotherFormatIsRefused() throws IOException {
        open().close();
        Files.writeString(directory.resolve("FORMAT"), "boreal-storage 2\n");
        StorageOpenException refused = failureToOpen();
        assertThat(refused.reason()).isEqualTo(StorageOpenException.Reason.FORMAT);
        assertThat(refused).hasMessageContaining("boreal-storage 2");
    }

    @Test
    void aDirectoryInUseIsRefused() {
        open();
        StorageOpenException refused = failureToOpen();
        assertThat(refused.reason()).isEqualTo(StorageOpenException.Reason.IN_USE);
    }

    @Test
    void aMissingFileIsToldWithWhatToDo() throws IOException {
        StorageRoom room = open();
        fill(5000);
        room.close();
        for (Path file : files(".sst")) {
            Files.delete(file);
        }
        StorageOpenException refused = failureToOpen();
        assertThat(refused.reason()).isEqualTo(StorageOpenException.Reason.DAMAGED);
        assertThat(refused).hasMessageContaining("rebuilt from the journal");
    }

    @Test
    void aMissingCurrentFileIsNotTakenForANewDirectory() throws IOException {
        open().close();
        Files.delete(directory.resolve("CURRENT"));
        assertThat(failureToOpen().reason()).isEqualTo(StorageOpenException.Reason.DAMAGED);
    }

    @Test
    void aCorruptManifestIsRefused() throws IOException {
        StorageRoom room = open();
        fill(100);
        room.close();
        for (Path file : files("MANIFEST")) {
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 0x55;
            bytes[bytes.length / 3] ^= 0x55;
            Files.write(file, bytes);
        }
        assertThat(failureToOpen().reason()).isEqualTo(StorageOpenException.Reason.DAMAGED);
    }

    @Test
    void aCorruptRowFileRefusesReadsAndNeverAnswersWrongly() throws IOException {
        configuration = small().withCacheBytes(0);
        StorageRoom room = open();
        fill(20_000);
        room.close();
        for (Path file : files(".sst")) {
            byte[] bytes = Files.readAllBytes(file);
            for (int at = 100; at < bytes.length / 2; at += 1000) {
                bytes[at] ^= 0x55;
            }
            Files.write(file, bytes);
        }
        try {
            StorageRoom damaged = open();
            assertRefused(ReadRefused.Reason.UNAVAILABLE, () -> drain(damaged));
        } catch (StorageOpenException e) {
            assertThat(e.reason()).isEqualTo(StorageOpenException.Reason.DAMAGED);
        }
    }

    private StorageConfiguration quietMaintenance() {
        StorageConfiguration s = small();
        return new StorageConfiguration(
                s.retentionNanos(),
                s.readTimeoutNanos(),
                s.cacheBytes(),
                s.blockCacheBytes(),
                64 << 20,
                2,
                1 << 20,
                1 << 30,
                3_600_000_000_000L,
                1_000_000,
                1);
    }

    private StorageOpenException failureToOpen() {
        StorageOpenException refused = catchThrowableOfType(
                StorageOpenException.class,
                () -> StorageRoom.open(directory, configuration, KeyRange.ALL, new FakeCrossbar()));
        assertThat(refused).isNotNull();
        return refused;
    }

    private List<Path> files(String part) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(file -> file.getFileName().toString().contains(part))
                    .toList();
        }
    }

    private void fill(int rows) {
        crossbar.commit(5, bulk(rows, "filled"));
        crossbar.advance(10);
    }

    private static long drain(StorageRoom room) {
        long rows = 0;
        try (Storage.Scan scan = room.scan(ScanRequest.all(10, KeyRange.ALL))) {
            RowBatch batch = new RowBatch();
            while (scan.next(batch)) {
                rows += batch.rows();
            }
        }
        return rows;
    }

    private static long untilRefused(StorageRoom room, Callable<Long> read) throws Exception {
        while (true) {
            try {
                read.call();
            } catch (ReadRefused e) {
                assertThat(e.reason()).isEqualTo(ReadRefused.Reason.UNAVAILABLE);
                assertThat(room.failure()).isNull();
                return 0;
            }
        }
    }

    private static void assertRefused(ReadRefused.Reason reason, Callable<?> read) {
        ReadRefused refused = catchThrowableOfType(ReadRefused.class, read::call);
        assertThat(refused).isNotNull();
        assertThat(refused.reason()).isEqualTo(reason);
    }

    private static WriteSet put(byte[] key, String row) {
        return new WriteSet.Builder(0).put(key, row.getBytes(UTF_8)).build();
    }

    private static WriteSet bulk(int rows, String row) {
        WriteSet.Builder builder = new WriteSet.Builder(rows * 32);
        for (int i = 0; i < rows; i++) {
            builder.put(key(i), row.getBytes(UTF_8));
        }
        return builder.build();
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(8).putLong(number).array();
    }
}
