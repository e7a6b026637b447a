package dev.boreal.storage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.door.Storage;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.read.ReadRefused;
import dev.boreal.contracts.read.ReadRefused.Reason;
import dev.boreal.contracts.read.RowBatch;
import dev.boreal.contracts.read.ScanRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class NearestStorageTest {
    private static final long MILLISECOND = 1_000_000;
    private static final byte[] KEY = {1};
    private static final byte[] VALUE = {42};

    private final VirtualLimit time = new VirtualLimit();
    private final FakeReplica near = new FakeReplica(time, 3);
    private final FakeReplica far = new FakeReplica(time, 2);
    private final NearestStorage storage = storage(near, far);

    private NearestStorage storage(FakeReplica... replicas) {
        SequencedMap<String, Storage> named = new LinkedHashMap<>();
        for (FakeReplica replica : replicas) {
            replica.put(KEY, VALUE);
            named.put("storage-" + (char) ('a' + named.size()), replica);
        }
        return new NearestStorage(named, NearestStorageConfiguration.defaults(), time, time::now);
    }

    @Test
    void theNearestAnswersAlone() {
        assertThat(storage.get(KEY, 1)).isEqualTo(VALUE);
        assertThat(storage.get(new byte[] {9}, 1)).isNull();
        assertThat(storage.getAll(new byte[][] {{9}, KEY}, 1)).isDeepEqualTo(new byte[][] {null, VALUE});
        assertThat(storage.count(ScanRequest.all(1, KeyRange.ALL))).isEqualTo(1);
        storage.awaitReach(1);
        assertThat(storage.tryReach(1)).isTrue();
        assertThat(far.calls()).isZero();
    }

    @Test
    void aReplicaThatIsUnavailableIsPassedOverForAWhile() {
        near.refuse(Reason.UNAVAILABLE);
        assertThat(storage.get(KEY, 1)).isEqualTo(VALUE);
        int asked = near.calls();
        assertThat(storage.get(KEY, 1)).isEqualTo(VALUE);
        assertThat(near.calls()).as("not asked again at once").isEqualTo(asked);
        assertThat(storage.tryReach(1)).as("of the next one").isTrue();
        assertThat(storage.status().getFirst()).isEqualTo(new ReplicaStatus("storage-a", true, 1, "refused"));
        near.refuse(null);
        time.advance(300 * MILLISECOND);
        int farAsked = far.calls();
        assertThat(storage.get(KEY, 1)).isEqualTo(VALUE);
        assertThat(far.calls()).isEqualTo(farAsked);
        assertThat(storage.status().getFirst().failures()).isZero();
    }

    @Test
    void aReplicaThatIsSilentIsLeftAfterTheHedge() {
        near.silent(true);
        long began = time.now();
        assertThat(storage.get(KEY, 1)).isEqualTo(VALUE);
        assertThat(time.now() - began).isEqualTo(200 * MILLISECOND);
        assertThat(storage.getAll(new byte[][] {KEY}, 1)).isDeepEqualTo(new byte[][] {VALUE});
        assertThat(time.now() - began).isEqualTo(200 * MILLISECOND);
    }

    @Test
    void whenAllAreSilentPatienceGrowsUpToTheTimeOut() {
        near.silent(true);
        far.silent(true);
        ReadRefused refused = catchThrowableOfType(ReadRefused.class, () -> storage.awaitReach(1));
        assertThat(refused.reason()).isEqualTo(Reason.TIMED_OUT);
        assertThat(time.now()).isBetween(10_000 * MILLISECOND, 10_001 * MILLISECOND);
        assertThat(time.limits()).startsWith(200 * MILLISECOND, 200 * MILLISECOND, 400 * MILLISECOND);
        assertThat(near.calls()).isLessThan(10);
    }

    @Test
    void theOnlyReplicaIsWaitedForWithTheWholeTimeOut() {
        NearestStorage alone = storage(near);
        near.silent(true);
        assertThat(catchThrowableOfType(ReadRefused.class, () -> alone.get(KEY, 1))
                        .reason())
                .isEqualTo(Reason.TIMED_OUT);
        assertThat(time.limits()).containsExactly(10_000 * MILLISECOND);
    }

    @Test
    void replicasThatComeBackInTimeAnswer() {
        near.refuse(Reason.UNAVAILABLE);
        far.refuse(Reason.UNAVAILABLE);
        assertThat(catchThrowableOfType(ReadRefused.class, () -> storage.get(KEY, 1))
                        .reason())
                .isEqualTo(Reason.UNAVAILABLE);
        assertThat(near.calls()).as("with pauses between").isLessThan(100);
        far.refuse(null);
        assertThat(storage.get(KEY, 1)).isEqualTo(VALUE);
    }

    @Test
    void refusalsThatHoldEverywhereAreTheAnswer() {
        near.refuse(Reason.SNAPSHOT_TOO_OLD);
        assertThat(catchThrowableOfType(ReadRefused.class, () -> storage.get(KEY, 1))
                        .reason())
                .isEqualTo(Reason.SNAPSHOT_TOO_OLD);
        near.refuse(Reason.INTERRUPTED);
        assertThat(catchThrowableOfType(ReadRefused.class, () -> storage.scan(ScanRequest.all(1, KeyRange.ALL)))
                        .reason())
                .isEqualTo(Reason.INTERRUPTED);
        assertThat(far.calls()).isZero();
    }

    @Test
    void withoutAReplicaNothingIsAnswered() {
        storage.replicas(new LinkedHashMap<>());
        assertThat(storage.tryReach(1)).isFalse();
        assertThat(catchThrowableOfType(ReadRefused.class, () -> storage.get(KEY, 1))
                        .reason())
                .isEqualTo(Reason.UNAVAILABLE);
    }

    @Test
    void aScanThatBreaksGoesOnAtAnotherReplicaWithTheNextRow() {
        for (int seed = 1; seed <= 200; seed++) {
            Chance chance = new Chance(seed);
            VirtualLimit clock = new VirtualLimit();
            FakeReplica[] replicas = {
                new FakeReplica(clock, 1 + chance.below(4)),
                new FakeReplica(clock, 1 + chance.below(4)),
                new FakeReplica(clock, 1 + chance.below(4))
            };
            SequencedMap<String, Storage> named = new LinkedHashMap<>();
            List<String> all = new ArrayList<>();
            int rows = chance.below(40);
            for (FakeReplica replica : replicas) {
                for (int i = 0; i < rows; i++) {
                    replica.put(i == 0 ? new byte[0] : new byte[] {(byte) i}, new byte[] {(byte) (i + 1)});
                }
                named.put("storage-" + named.size(), replica);
            }
            boolean reverse = chance.oneIn(2);
            boolean withKeys = chance.oneIn(2);
            long limit = chance.oneIn(2) ? Long.MAX_VALUE : 1 + chance.below(45);
            for (int i = 0; i < Math.min(rows, limit); i++) {
                all.add(String.valueOf(reverse ? rows - i : i + 1));
            }
            NearestStorage nearest =
                    new NearestStorage(named, NearestStorageConfiguration.defaults(), clock, clock::now);
            List<String> seen = new ArrayList<>();
            RowBatch batch = new RowBatch();
            ScanRequest request = new ScanRequest(1, KeyRange.ALL, reverse, null, null, withKeys, limit);
            try (Storage.Scan scan = nearest.scan(request)) {
                replicas[chance.below(3)].breakAfter(chance.below(4));
                while (scan.next(batch)) {
                    for (int row = 0; row < batch.rows(); row++) {
                        seen.add(String.valueOf(batch.value(row)[0]));
                        assertThat(batch.keyLength(row) > 0).isEqualTo(withKeys && batch.value(row)[0] != 1);
                    }
                    if (chance.oneIn(3)) {
                        replicas[chance.below(3)].breakAfter(chance.below(3));
                    }
                }
            }
            assertThat(seen).as("seed %s", seed).isEqualTo(all);
            for (FakeReplica replica : replicas) {
                assertThat(replica.openScans()).as("seed %s", seed).isZero();
            }
        }
    }

    @Test
    void aScanThatNobodyContinuesFails() {
        for (int i = 2; i < 20; i++) {
            near.put(new byte[] {(byte) i}, VALUE);
        }
        RowBatch batch = new RowBatch();
        try (Storage.Scan scan = storage.scan(ScanRequest.all(1, KeyRange.ALL))) {
            assertThat(scan.next(batch)).isTrue();
            near.breakAfter(0);
            near.refuse(Reason.UNAVAILABLE);
            far.refuse(Reason.UNAVAILABLE);
            assertThat(catchThrowableOfType(ReadRefused.class, () -> scan.next(batch))
                            .reason())
                    .isEqualTo(Reason.UNAVAILABLE);
        }
        assertThat(near.openScans()).isZero();
    }
}
