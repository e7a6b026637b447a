package dev.boreal.transport.adjudicator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.boreal.contracts.door.Adjudicator;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.contracts.transaction.Accesses;
import dev.boreal.contracts.transaction.CommitOutcome;
import dev.boreal.contracts.transaction.CommitOutcome.RefusalReason;
import dev.boreal.contracts.transaction.CommitRequest;
import dev.boreal.contracts.transaction.Conflict;
import dev.boreal.contracts.transaction.TransactionRecord;
import dev.boreal.contracts.transaction.WriteSet;
import dev.boreal.transport.Neighbours;
import dev.boreal.transport.TransportNode;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdjudicatorDoorTest {
    private final HoldingAdjudicator adjudicator = new HoldingAdjudicator();
    private final Neighbours neighbours = new Neighbours(TransportNode.SETTINGS.withCallsUnderWay(1000));
    private final AdjudicatorDoor door = new AdjudicatorDoor(adjudicator, TransportNode.SETTINGS);
    private final AdjudicatorClient client =
            new AdjudicatorClient(neighbours.serve(door).context(), "server", neighbours.address());

    @AfterEach
    void close() {
        client.close();
        neighbours.close();
    }

    /** Keeps every request until the test answers it. */
    private static final class HoldingAdjudicator implements Adjudicator {
        record Held(CommitRequest request, CommitListener listener) {}

        final Queue<Held> held = new ConcurrentLinkedQueue<>();
        volatile long advance;

        @Override
        public void advance(long timestamp) {
            advance = timestamp;
        }

        @Override
        public void commit(CommitRequest request, CommitListener listener) {
            held.add(new Held(request, listener));
        }

        @Override
        public StageOutcome stage(long transactionId, WriteSet writes) {
            return writes.length() > 1000
                    ? new StageOutcome.Refused(RefusalReason.TOO_LARGE, "too large")
                    : new StageOutcome.Staged(transactionId + writes.length());
        }

        @Override
        public void outcomeOf(long transactionId, long snapshot, CommitListener listener) {
            listener.onOutcome(new CommitOutcome.Committed(transactionId + snapshot));
        }

        @Override
        public void leadership(LeadershipListener listener) {
            listener.onLeadership(new Leadership(true, "server", 7));
        }

        Held next() {
            await().until(() -> !held.isEmpty());
            return held.remove();
        }
    }

    private static CommitRequest request(long id) {
        WriteSet writes = new WriteSet.Builder(64)
                .put("key".getBytes(UTF_8), "value".getBytes(UTF_8))
                .build();
        Accesses accesses = new Accesses(
                new long[] {1, -2, Long.MAX_VALUE},
                new byte[] {AccessMode.WRITE.code(), AccessMode.KEY_SHARE.code(), AccessMode.READ.code()},
                List.of(KeyRange.ofPrefix("k".getBytes(UTF_8)), KeyRange.ALL));
        return new CommitRequest(
                id,
                "psql",
                "north",
                123_456_789_000_000_000L,
                accesses,
                TransactionRecord.commit(id, "psql", new long[] {4, 5}, writes),
                3);
    }

    private CommitOutcome answerWith(CommitOutcome outcome) {
        List<CommitOutcome> heard = new CopyOnWriteArrayList<>();
        client.commit(request(1), heard::add);
        adjudicator.next().listener().onOutcome(outcome);
        await().until(() -> !heard.isEmpty());
        return heard.getFirst();
    }

    @Test
    void bringsARequestAsItWasSent() {
        client.commit(request(42), outcome -> {});
        assertThat(adjudicator.next().request()).isEqualTo(request(42));
    }

    @Test
    void bringsEveryOutcomeBack() {
        Conflict conflict =
                new Conflict(1, -1, AccessMode.KEY_SHARE, AccessMode.KEY_WRITE, 9, 88, "other", "south", 77, "a-1");
        for (CommitOutcome outcome : List.of(
                new CommitOutcome.Committed(123),
                new CommitOutcome.Conflicted(conflict),
                new CommitOutcome.Refused(RefusalReason.SNAPSHOT_TOO_OLD, "too old"),
                new CommitOutcome.Indeterminate("who knows"))) {
            assertThat(answerWith(outcome)).isEqualTo(outcome);
        }
    }

    @Test
    void answersEachOfManyRequestsOnceWhateverTheOrderOfAnswers() {
        List<Long> answered = new CopyOnWriteArrayList<>();
        for (long id = 1; id <= 500; id++) {
            client.commit(request(id), outcome -> answered.add(((CommitOutcome.Committed) outcome).timestamp()));
        }
        await().until(() -> adjudicator.held.size() == 500);
        List<HoldingAdjudicator.Held> all = List.copyOf(adjudicator.held);
        assertThat(all).extracting(held -> held.request().transactionId()).isSorted();
        for (HoldingAdjudicator.Held held : all.reversed()) {
            held.listener().onOutcome(new CommitOutcome.Committed(held.request().transactionId()));
        }
        await().until(() -> answered.size() == 500);
        assertThat(answered).doesNotHaveDuplicates().contains(1L, 500L);
    }

    @Test
    void tellsWhatWasUnderWayThatItIsUnknownWhenTheConnectionBreaks() {
        List<CommitOutcome> heard = new CopyOnWriteArrayList<>();
        client.commit(request(1), heard::add);
        adjudicator.next();
        neighbours.server().stopServer();
        await().until(() -> !heard.isEmpty());
        assertThat(heard.getFirst()).isInstanceOf(CommitOutcome.Indeterminate.class);
    }

    @Test
    void refusesWhatWasNeverSentAndGoesOnWhenTheProcessIsBack() {
        await().until(client::isConnected);
        neighbours.server().stopServer();
        await().until(() -> !client.isConnected());
        await().untilAsserted(() -> {
            List<CommitOutcome> heard = new CopyOnWriteArrayList<>();
            client.commit(request(1), heard::add);
            await().until(() -> !heard.isEmpty());
            assertThat(heard.getFirst())
                    .isInstanceOfSatisfying(
                            CommitOutcome.Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.NOT_LEADER));
        });
        neighbours.server().startServer(door);
        await().until(client::isConnected);
        client.commit(request(2), outcome -> {});
        assertThat(adjudicator.next().request().transactionId()).isEqualTo(2);
    }

    @Test
    void refusesAsOverloadWhatIsMoreThanMayBeUnderWay() {
        List<CommitOutcome> refused = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 1100; i++) {
            client.commit(request(i), refused::add);
        }
        await().until(() -> adjudicator.held.size() == 1000);
        assertThat(refused)
                .hasSize(100)
                .allSatisfy(outcome ->
                        assertThat(((CommitOutcome.Refused) outcome).reason()).isEqualTo(RefusalReason.OVERLOADED));
    }

    @Test
    void passesOnTheHighestSnapshotThatIsAboutToBeRead() {
        client.advance(70);
        await().until(() -> adjudicator.advance == 70);
        client.advance(90);
        await().until(() -> adjudicator.advance == 90);
    }

    @Test
    void stagesAsksForOutcomesAndTellsWhoLeads() {
        WriteSet small = new WriteSet.Builder(16).delete(new byte[] {1}).build();
        WriteSet large =
                new WriteSet.Builder(16).put(new byte[] {1}, new byte[2000]).build();
        assertThat(client.stage(5, small)).isEqualTo(new Adjudicator.StageOutcome.Staged(5 + small.length()));
        assertThat(client.stage(5, large))
                .isEqualTo(new Adjudicator.StageOutcome.Refused(RefusalReason.TOO_LARGE, "too large"));
        List<Object> heard = new CopyOnWriteArrayList<>();
        client.outcomeOf(5, 6, heard::add);
        client.leadership(heard::add);
        await().until(() -> heard.size() == 2);
        assertThat(heard)
                .containsExactlyInAnyOrder(
                        new CommitOutcome.Committed(11), new Adjudicator.Leadership(true, "server", 7));
    }
}
