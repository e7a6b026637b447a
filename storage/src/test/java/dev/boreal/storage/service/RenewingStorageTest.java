package dev.boreal.storage.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.contracts.door.Storage;
import dev.boreal.contracts.feed.FeedStart;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.read.ReadRefused;
import dev.boreal.contracts.read.RowBatch;
import dev.boreal.contracts.read.ScanRequest;
import dev.boreal.contracts.transaction.WriteSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenewingStorageTest {
    private static final int COMMITS = 500;

    @TempDir
    private Path directory;

    private final FakeCrossbar donorFeed = new FakeCrossbar();
    private final FakeCrossbar feed = new FakeCrossbar();
    private final SequencedMap<String, Storage> peers = new LinkedHashMap<>();
    private StorageRoom donor;
    private @Nullable RenewingStorage renewing;

    @BeforeEach
    void aDonorHasEverything() {
        donor = StorageRoom.open(directory.resolve("donor"), StorageRoomTest.small(), KeyRange.ALL, donorFeed);
        for (int i = 1; i <= COMMITS; i++) {
            commit(i);
        }
        donor.flushNow();
    }

    @AfterEach
    void close() {
        if (renewing != null) {
            renewing.close();
        }
        donor.close();
    }

    private void commit(int number) {
        byte[] key = key(number % 100);
        WriteSet writes = new WriteSet.Builder(0)
                .put(key, ("value " + number).getBytes(UTF_8))
                .build();
        donorFeed.commit(10L * number, writes);
        feed.commit(10L * number, writes);
        donorFeed.advance(10L * number);
        feed.advance(10L * number);
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    private RenewingStorage open() {
        RenewingStorage opened = RenewingStorage.open(
                directory.resolve("rows"), StorageRoomTest.small(), KeyRange.ALL, feed, () -> peers);
        renewing = opened;
        return opened;
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 30_000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(1);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private static boolean follows(RenewingStorage storage) {
        return storage.renewal() == null && storage.failure() == null;
    }

    private static void requireAll(RenewingStorage storage, int commits) {
        for (int number = Math.max(1, commits - 99); number <= commits; number++) {
            assertThat(storage.get(key(number % 100), 10L * commits))
                    .asString(UTF_8)
                    .isEqualTo("value " + number);
        }
        assertThat(storage.count(ScanRequest.all(10L * commits, KeyRange.ALL))).isEqualTo(100);
    }

    private Path beside(String suffix) {
        return directory.resolve("rows" + suffix);
    }

    private void requireNothingBeside() throws IOException {
        try (Stream<Path> found = Files.list(directory)) {
            assertThat(found.map(Path::getFileName).map(Path::toString)).containsOnly("donor", "rows");
        }
    }

    /** Another replica, which somebody may stand in the way of. */
    private class Peer implements Storage {
        @Override
        public boolean tryReach(long asOf) {
            return donor.tryReach(asOf);
        }

        @Override
        public void awaitReach(long asOf) {
            donor.awaitReach(asOf);
        }

        @Override
        public byte @Nullable [] get(byte[] key, long asOf) {
            return donor.get(key, asOf);
        }

        @Override
        public byte[] @Nullable [] getAll(byte[][] keys, long asOf) {
            return donor.getAll(keys, asOf);
        }

        @Override
        public long count(ScanRequest request) {
            return donor.count(request);
        }

        @Override
        public Scan scan(ScanRequest request) {
            return donor.scan(request);
        }

        @Override
        public FeedStart persistedPositions() {
            return donor.persistedPositions();
        }

        @Override
        public Scan copy() {
            Scan copy = donor.copy();
            return new Scan() {
                private int portion;

                @Override
                public boolean next(RowBatch batch) {
                    passing(portion++);
                    return copy.next(batch);
                }

                @Override
                public void close() {
                    copy.close();
                }
            };
        }

        /** Before each portion of a copy. */
        void passing(int ignored) {}
    }

    @Test
    void aNewReplicaBeginsWithACopyWhenTheJournalWasTrimmed() throws Exception {
        feed.trim(COMMITS - 5);
        peers.put("donor", donor);
        RenewingStorage storage = open();
        await(() -> follows(storage));
        requireAll(storage, COMMITS);
        assertThat(storage.get(key(7), 10L * 107)).asString(UTF_8).isEqualTo("value 107");
        for (int i = COMMITS + 1; i <= COMMITS + 50; i++) {
            commit(i);
        }
        requireAll(storage, COMMITS + 50);
        requireNothingBeside();
    }

    @Test
    void aReplicaThatWasAwayForTooLongIsBuiltAnew() throws Exception {
        peers.put("donor", donor);
        RenewingStorage before = open();
        requireAll(before, COMMITS);
        before.close();
        for (int i = COMMITS + 1; i <= COMMITS + 300; i++) {
            commit(i);
        }
        feed.trim(COMMITS + 200);
        RenewingStorage storage = open();
        await(() -> follows(storage) && storage.watermark() >= 10L * (COMMITS + 300));
        requireAll(storage, COMMITS + 300);
        storage.close();
        RenewingStorage again = open();
        assertThat(follows(again)).isTrue();
        requireAll(again, COMMITS + 300);
    }

    @Test
    void asksAgainWhenACopyBreaksOff() throws Exception {
        feed.trim(COMMITS);
        CountDownLatch broken = new CountDownLatch(3);
        peers.put("donor", new Peer() {
            @Override
            void passing(int portion) {
                if (portion == 2 && broken.getCount() > 0) {
                    broken.countDown();
                    throw new ReadRefused(ReadRefused.Reason.UNAVAILABLE, "the connection broke");
                }
            }
        });
        RenewingStorage storage = open();
        broken.await();
        await(() -> follows(storage));
        requireAll(storage, COMMITS);
        requireNothingBeside();
    }

    @Test
    void refusesReadsAndTellsWhereTheCopyEndsWhileItIsOnItsWay() throws Exception {
        feed.trim(COMMITS);
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        peers.put("donor", new Peer() {
            @Override
            void passing(int portion) {
                if (portion == 2) {
                    arrived.countDown();
                    try {
                        mayGoOn.await();
                    } catch (InterruptedException e) {
                        throw new ReadRefused(ReadRefused.Reason.INTERRUPTED, "interrupted", e);
                    }
                }
            }
        });
        RenewingStorage storage = open();
        arrived.await();
        assertThat(storage.persistedPositions()).isEqualTo(donor.persistedPositions());
        assertThat(storage.renewal()).contains("donor");
        assertThat(refusal(storage)).isEqualTo(ReadRefused.Reason.UNAVAILABLE);
        mayGoOn.countDown();
        await(() -> follows(storage));
        requireAll(storage, COMMITS);
    }

    private static ReadRefused.@Nullable Reason refusal(Storage storage) {
        try {
            storage.get(key(1), 10L * COMMITS);
            return null;
        } catch (ReadRefused e) {
            return e.reason();
        }
    }

    @Test
    void givesACopyToOneAtATimeAndAgainAfterwards() {
        try (Storage.Scan copy = donor.copy()) {
            assertThat(copy.next(new RowBatch())).isTrue();
            assertThat(refusalOfCopy()).contains("already");
        }
        assertThat(refusalOfCopy()).isEmpty();
    }

    private String refusalOfCopy() {
        try {
            donor.copy().close();
            return "";
        } catch (ReadRefused e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void waitsForSomebodyWhoIsAhead() throws Exception {
        feed.trim(COMMITS);
        RenewingStorage storage = open();
        await(() -> String.valueOf(storage.renewal()).contains("no other replica"));
        try (StorageRoom empty = StorageRoom.open(
                directory.resolve("empty"), StorageRoomTest.small(), KeyRange.ALL, new FakeCrossbar())) {
            peers.put("empty", empty);
            await(() -> String.valueOf(storage.renewal()).contains("no further"));
        }
        peers.put("donor", donor);
        await(() -> follows(storage));
        requireAll(storage, COMMITS);
    }

    @Test
    void aCrashBetweenTheTwoRenamesLeavesTheCopy() throws IOException {
        open().close();
        feed.trim(COMMITS);
        Files.move(beside(""), beside(".incoming"));
        Files.createDirectory(beside(".replaced"));
        Files.createFile(beside(".replaced").resolve("CURRENT"));
        RenewingStorage storage = open();
        assertThat(follows(storage)).isTrue();
        requireAll(storage, COMMITS);
        requireNothingBeside();
    }

    @Test
    void aCrashWithinACopyLeavesTheOldStore() throws IOException {
        open().close();
        feed.trim(COMMITS);
        Files.createDirectory(beside(".incoming"));
        Files.createFile(beside(".incoming").resolve("CURRENT"));
        RenewingStorage storage = open();
        assertThat(follows(storage)).isTrue();
        requireAll(storage, COMMITS);
        requireNothingBeside();
    }
}
