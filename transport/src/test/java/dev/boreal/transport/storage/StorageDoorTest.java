package dev.boreal.transport.storage;

import static dev.boreal.transport.storage.MemoryStorage.key;
import static dev.boreal.transport.storage.MemoryStorage.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.boreal.contracts.door.Storage;
import dev.boreal.contracts.feed.FeedStart;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.read.ReadRefused;
import dev.boreal.contracts.read.ReadRefused.Reason;
import dev.boreal.contracts.read.RowBatch;
import dev.boreal.contracts.read.ScanRequest;
import dev.boreal.contracts.row.Predicate;
import dev.boreal.transport.Neighbours;
import dev.boreal.transport.TransportNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StorageDoorTest {
    private static final int ROWS = 20_000;

    private final MemoryStorage storage = new MemoryStorage().fill(ROWS);
    private final Neighbours neighbours = new Neighbours();
    private final StorageDoor door = new StorageDoor(storage, TransportNode.SETTINGS);
    private final StorageClient client =
            new StorageClient(neighbours.serve(door).context(), "server", neighbours.address());

    StorageDoorTest() {
        storage.raise(100);
    }

    @AfterEach
    void close() {
        client.close();
        neighbours.close();
    }

    private static KeyRange range(int from, int to) {
        return new KeyRange(key(from), key(to));
    }

    @Test
    void getsWhatIsThereAndNullForWhatIsNot() {
        assertThat(client.get(key(7), 50)).isEqualTo(value(7));
        assertThat(client.get(key(ROWS), 50)).isNull();
        byte[][] several = client.getAll(new byte[][] {key(3), key(ROWS), key(1)}, 50);
        assertThat(several.length).isEqualTo(3);
        assertThat(several[0]).isEqualTo(value(3));
        assertThat(several[1]).isNull();
        assertThat(several[2]).isEqualTo(value(1));
        assertThat(client.getAll(new byte[0][], 50).length).isZero();
        assertThat(client.persistedPositions()).isEqualTo(new FeedStart(new long[] {3, 4}));
        assertThat(client.answersInProcess()).isFalse();
    }

    @Test
    void answersManyThreadsAtOnceEachWithItsOwn() throws InterruptedException {
        List<Integer> wrong = new CopyOnWriteArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 64; t++) {
            int first = t * 100;
            threads.add(Thread.startVirtualThread(() -> {
                for (int i = first; i < first + 100; i++) {
                    if (!java.util.Arrays.equals(client.get(key(i), 50), value(i))) {
                        wrong.add(i);
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void waitsAtTheReplicaUntilTheSnapshotIsReached() throws InterruptedException {
        List<Object> answers = new CopyOnWriteArrayList<>();
        Thread reader = Thread.startVirtualThread(() -> answers.add(client.get(key(1), 500)));
        await().until(() -> storage.asked == 500);
        assertThat(answers).isEmpty();
        storage.raise(500);
        reader.join();
        assertThat(answers).containsExactly(value(1));
    }

    @Test
    void answersAWatchedKeyByItselfAsOfEveryWatermarkThatItWasToldSinceTheValueCame() {
        client.watch(key(1));
        storage.raise(200);
        client.awaitReach(150);
        byte[] later = value(2);
        storage.rows.put(key(1), later);
        assertThat(client.get(key(1), 150)).describedAs("known").isEqualTo(value(1));
        assertThat(client.get(key(1), 100)).describedAs("before it was watched").isEqualTo(later);
        client.awaitReach(200);
        assertThat(client.get(key(1), 200)).isEqualTo(later);
        storage.rows.remove(key(1));
        storage.raise(300);
        client.awaitReach(300);
        assertThat(client.get(key(1), 200)).describedAs("asked for").isNull();
        assertThat(client.get(key(1), 300)).isNull();
    }

    @Test
    void triesToReachWithoutWaitingAndHearsWhenItIsReached() {
        assertThat(client.tryReach(90)).isFalse();
        await().until(() -> client.tryReach(90));
        assertThat(client.tryReach(300)).isFalse();
        await().until(() -> storage.asked == 300);
        assertThat(client.tryReach(300)).isFalse();
        storage.raise(350);
        await().until(() -> client.tryReach(300));
        client.awaitReach(350);
        assertThat(client.tryReach(350)).isTrue();
    }

    @Test
    void letsManyThreadsWaitForTheirSnapshotsWithOneQuestion() throws InterruptedException {
        List<Long> reached = new CopyOnWriteArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (long asOf = 201; asOf <= 264; asOf++) {
            long snapshot = asOf;
            threads.add(Thread.startVirtualThread(() -> {
                client.awaitReach(snapshot);
                reached.add(snapshot);
            }));
        }
        await().until(() -> storage.asked == 264);
        assertThat(reached).isEmpty();
        storage.raise(230);
        storage.raise(1000);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(reached).hasSize(64);
    }

    @Test
    void tellsWhoeverWaitsWhyTheReplicaGivesUp() {
        storage.refusal = new ReadRefused(Reason.TIMED_OUT, "too slow");
        assertThatThrownBy(() -> client.awaitReach(5000))
                .isInstanceOfSatisfying(
                        ReadRefused.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT))
                .hasMessage("too slow");
    }

    @Test
    void keepsTheReasonOfARefusal() {
        ReadRefused refused = catchThrowableOfType(ReadRefused.class, () -> client.get(key(1), -5));
        assertThat(refused.reason()).isEqualTo(Reason.SNAPSHOT_TOO_OLD);
        assertThat(refused).hasMessage("before everything");
        assertThatThrownBy(() -> client.scan(ScanRequest.all(-5, KeyRange.ALL)))
                .isInstanceOfSatisfying(
                        ReadRefused.class, e -> assertThat(e.reason()).isEqualTo(Reason.SNAPSHOT_TOO_OLD));
    }

    @Test
    void scansEverythingInOrder() {
        int seen = 0;
        RowBatch batch = new RowBatch();
        try (Storage.Scan scan = client.scan(ScanRequest.all(50, KeyRange.ALL))) {
            while (scan.next(batch)) {
                for (int row = 0; row < batch.rows(); row++) {
                    assertThat(batch.key(row)).isEqualTo(key(seen));
                    assertThat(batch.value(row)).isEqualTo(value(seen));
                    seen++;
                }
            }
            assertThat(scan.next(batch)).isFalse();
        }
        assertThat(seen).isEqualTo(ROWS);
        await().until(() -> storage.openScans() == 0);
    }

    @Test
    void bringsTheWholeCopyOfAReplicaBehindItsHead() {
        RowBatch batch = new RowBatch();
        int files = 0;
        try (Storage.Scan copy = client.copy()) {
            assertThat(copy.next(batch)).isTrue();
            assertThat(batch.keyLength(0)).isZero();
            assertThat(batch.value(0)).containsExactly(7);
            for (int row = 1; row < batch.rows(); row++) {
                assertThat(batch.key(row)).isEqualTo(key(files++));
            }
            while (copy.next(batch)) {
                for (int row = 0; row < batch.rows(); row++) {
                    assertThat(batch.key(row)).isEqualTo(key(files));
                    assertThat(batch.value(row)).isEqualTo(value(files++));
                }
            }
        }
        assertThat(files).isEqualTo(ROWS);
        await().until(() -> storage.openScans() == 0);
    }

    @Test
    void bringsTheWholeRequestOfAScan() {
        Predicate filter = new Predicate.Or(List.of(
                new Predicate.And(List.of(
                        new Predicate.Compare(2, Predicate.Operator.GREATER_OR_EQUAL, new byte[] {1, -1}),
                        new Predicate.IsNull(3))),
                new Predicate.IsNotNull(0)));
        ScanRequest request = new ScanRequest(50, range(5, 9), true, filter, new int[] {0, 2}, false, 3);
        RowBatch batch = new RowBatch();
        try (Storage.Scan scan = client.scan(request)) {
            assertThat(scan.next(batch)).isTrue();
            assertThat(batch.rows()).isEqualTo(3);
            assertThat(batch.keyLength(0)).isZero();
            assertThat(scan.next(batch)).isFalse();
        }
        ScanRequest came = storage.requests.getFirst();
        assertThat(came.range()).isEqualTo(request.range());
        assertThat(came.reverse()).isTrue();
        assertThat(came.projection()).containsExactly(0, 2);
        assertThat(came.withKeys()).isFalse();
        assertThat(came.limit()).isEqualTo(3);
        assertThat(came.filter()).usingRecursiveComparison().isEqualTo(filter);
        assertThat(client.count(ScanRequest.all(50, range(10, 30)))).isEqualTo(20);
    }

    @Test
    void keepsFewBatchesOnTheWayToASlowReaderAndClosesWithIt() {
        RowBatch batch = new RowBatch();
        Storage.Scan scan = client.scan(ScanRequest.all(50, KeyRange.ALL));
        assertThat(scan.next(batch)).isTrue();
        await().until(() -> storage.batches() >= RemoteScan.BATCHES_AHEAD);
        assertThat(storage.batches()).isLessThanOrEqualTo(RemoteScan.BATCHES_AHEAD + 3);
        assertThat(storage.openScans()).isEqualTo(1);
        scan.close();
        await().until(() -> storage.openScans() == 0);
        assertThat(scan.next(batch)).isFalse();
    }

    @Test
    void endsAtTheReplicaWhatIsInterruptedAtTheReader() throws InterruptedException {
        List<Reason> reasons = new CopyOnWriteArrayList<>();
        Thread reader = Thread.startVirtualThread(() -> {
            try {
                client.get(key(1), 1000);
            } catch (ReadRefused e) {
                reasons.add(e.reason());
            }
        });
        await().until(() -> storage.asked == 1000);
        reader.interrupt();
        reader.join();
        assertThat(reasons).containsExactly(Reason.INTERRUPTED);
    }

    @Test
    void refusesReadsUnderWayWhenTheConnectionBreaksAndServesLaterOnes() throws InterruptedException {
        List<Reason> reasons = new CopyOnWriteArrayList<>();
        Thread reader = Thread.startVirtualThread(() -> {
            try {
                client.get(key(1), 1000);
            } catch (ReadRefused e) {
                reasons.add(e.reason());
            }
        });
        Storage.Scan scan = client.scan(ScanRequest.all(50, KeyRange.ALL));
        await().until(() -> storage.asked == 1000);
        neighbours.server().stopServer();
        reader.join();
        assertThat(reasons).containsExactly(Reason.UNAVAILABLE);
        RowBatch batch = new RowBatch();
        assertThatThrownBy(() -> {
                    while (scan.next(batch)) {}
                })
                .isInstanceOf(ReadRefused.class);
        assertThat(client.tryReach(50)).isFalse();
        neighbours.server().startServer(door);
        await().until(client::isConnected);
        assertThat(client.get(key(2), 50)).isEqualTo(value(2));
    }
}
