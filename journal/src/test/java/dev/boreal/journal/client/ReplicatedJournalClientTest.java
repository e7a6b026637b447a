package dev.boreal.journal.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.contracts.cluster.ReplicationMode;
import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.contracts.journal.PositionedEntry;
import dev.boreal.journal.PendingAppend;
import dev.boreal.journal.RecordingSubscriber;
import dev.boreal.journal.cluster.JournalCluster;
import dev.boreal.journal.service.JournalConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplicatedJournalClientTest {
    private static final List<String> NAMES = List.of("a", "b", "c");

    private static JournalCluster cluster(ReplicationMode mode) {
        return new JournalCluster(mode, NAMES, JournalConfiguration.defaults().withSegmentBytes(64 << 10));
    }

    private static long open(Journal journal) {
        return ((OpenOutcome.Opened) journal.open("writer", journal.currentEpoch(), timestamp -> {})).epoch();
    }

    private static List<PendingAppend> append(Journal journal, long epoch, long from, long to) {
        List<PendingAppend> pending = new ArrayList<>();
        for (long i = from; i <= to; i++) {
            PendingAppend each = new PendingAppend();
            journal.append(epoch, new JournalEntry(i * 10, new byte[] {(byte) i}), each);
            pending.add(each);
        }
        return pending;
    }

    /** Every one is durable, at its own place. */
    private static void requireDurable(List<PendingAppend> pending, long from) {
        long position = from;
        for (PendingAppend each : pending) {
            assertThat(each.durable()).isEqualTo(position++);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CHAIN", "QUORUM"})
    void goesOnWhenAnyReplicaDies(ReplicationMode mode) {
        for (String victim : NAMES) {
            try (JournalCluster cluster = cluster(mode)) {
                ReplicatedJournalClient client = cluster.client();
                long epoch = open(client);
                RecordingSubscriber subscriber = new RecordingSubscriber(0);
                client.subscribe(0, subscriber).request(Long.MAX_VALUE);
                requireDurable(append(client, epoch, 1, 50), 1);
                List<PendingAppend> during = append(client, epoch, 51, 100);
                cluster.kill(victim);
                List<PendingAppend> after = append(client, epoch, 101, 200);
                requireDurable(during, 51);
                requireDurable(after, 101);
                client.heartbeat(epoch, 3_000);
                subscriber.awaitEntries(200).awaitWatermark(3_000);
                assertThat(subscriber.violations()).isEmpty();
                cluster.start(victim);
                requireDurable(append(client, epoch, 301, 310), 201);
                cluster.await(() -> cluster.replica(victim).lastDurablePosition() == 210);
                assertThat(cluster.replica(victim).read(130).entry().timestamp())
                        .isEqualTo(1_300);
            }
        }
    }

    @Test
    void takesAReturningMemberInAsTheTail() {
        try (JournalCluster cluster = cluster(ReplicationMode.CHAIN)) {
            ReplicatedJournalClient client = cluster.client();
            long epoch = open(client);
            cluster.kill("a");
            cluster.await(() -> cluster.plan().members().equals(List.of("b", "c")));
            requireDurable(append(client, epoch, 1, 100), 1);
            cluster.start("a");
            cluster.await(() -> cluster.plan().members().equals(List.of("b", "c", "a")));
            cluster.await(() -> cluster.replica("a").lastDurablePosition() == 100);
        }
    }

    @Test
    void refusesToWriteOnFewerThanTheMinimum() {
        try (JournalCluster cluster = cluster(ReplicationMode.CHAIN)) {
            ReplicatedJournalClient client = cluster.client();
            long epoch = open(client);
            requireDurable(append(client, epoch, 1, 10), 1);
            cluster.kill("b");
            cluster.await(() -> cluster.plan().members().equals(List.of("a", "c")));
            cluster.kill("c");
            List<PendingAppend> waiting = append(client, epoch, 11, 12);
            cluster.start("c");
            requireDurable(waiting, 11);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CHAIN", "QUORUM"})
    void bridgesACutLinkByTheThird(ReplicationMode mode) {
        try (JournalCluster cluster = cluster(mode)) {
            ReplicatedJournalClient client = cluster.client();
            long epoch = open(client);
            requireDurable(append(client, epoch, 1, 10), 1);
            cluster.network().cut("a", "b");
            requireDurable(append(client, epoch, 11, 40), 11);
            for (String name : NAMES) {
                cluster.await(() -> cluster.replica(name).lastDurablePosition() == 40);
            }
            cluster.network().heal("a", "b");
            requireDurable(append(client, epoch, 41, 50), 41);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CHAIN", "QUORUM"})
    void fencesTheOldWriterWhereverItIs(ReplicationMode mode) {
        try (JournalCluster cluster = cluster(mode);
                ReplicatedJournalClient other = cluster.newClient()) {
            ReplicatedJournalClient old = cluster.client();
            long oldEpoch = open(old);
            requireDurable(append(old, oldEpoch, 1, 10), 1);
            long newEpoch = open(other);
            assertThat(newEpoch).isEqualTo(oldEpoch + 1);
            assertThat(append(old, oldEpoch, 11, 11).getFirst().refused())
                    .isInstanceOfAny(AppendRefusal.Fenced.class, AppendRefusal.Unavailable.class);
            requireDurable(append(other, newEpoch, 12, 13), 11);
            assertThat(append(old, oldEpoch, 14, 14).getFirst().refused())
                    .isEqualTo(new AppendRefusal.Fenced(newEpoch));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CHAIN", "QUORUM"})
    void leavesAReplicaThatLagsBehindTheEndThatAnotherOneTold(ReplicationMode mode) {
        try (JournalCluster cluster = cluster(mode);
                ReplicatedJournalClient reader = cluster.newClientNear("c")) {
            ReplicatedJournalClient client = cluster.client();
            long epoch = open(client);
            requireDurable(append(client, epoch, 1, 10), 1);
            RecordingSubscriber subscriber = new RecordingSubscriber(0);
            reader.subscribe(0, subscriber).request(Long.MAX_VALUE);
            subscriber.awaitEntries(10);
            cluster.network().cut("a", "c");
            cluster.network().cut("b", "c");
            requireDurable(append(client, epoch, 11, 20), 11);
            assertThat(cluster.replica("c").lastDurablePosition()).isEqualTo(10);
            assertThat(reader.lastDurablePosition()).isEqualTo(20);
            subscriber.awaitEntries(20);
            assertThat(subscriber.violations()).isEmpty();
        }
    }

    @Test
    void learnsWhatIsCommittedWhenWhoeverLedIsGone() {
        try (JournalCluster cluster = cluster(ReplicationMode.QUORUM)) {
            ReplicatedJournalClient client = cluster.client();
            long epoch = open(client);
            requireDurable(append(client, epoch, 1, 10), 1);
            RecordingSubscriber subscriber = new RecordingSubscriber(0);
            cluster.replica("b").subscribe(0, subscriber).request(Long.MAX_VALUE);
            subscriber.awaitEntries(10);
            cluster.network().cut("a", "b");
            cluster.network().cut("b", "c");
            requireDurable(append(client, epoch, 11, 20), 11);
            cluster.kill("a");
            cluster.network().heal("b", "c");
            subscriber.awaitEntries(20);
        }
    }

    @Test
    void asksTheWriterThroughAnyReplica() {
        try (JournalCluster cluster = cluster(ReplicationMode.CHAIN)) {
            AtomicLong asked = new AtomicLong();
            cluster.client().open("writer", 0, asked::set);
            for (String name : NAMES) {
                long timestamp = 1_000L + name.charAt(0);
                cluster.await(() -> {
                    cluster.replica(name).requestAdvance(timestamp);
                    return asked.get() == timestamp;
                });
            }
        }
    }

    @Test
    void copiesTheLogToAMemberThatWasLongAway() {
        try (JournalCluster cluster = cluster(ReplicationMode.CHAIN)) {
            ReplicatedJournalClient client = cluster.client();
            long epoch = open(client);
            cluster.kill("c");
            List<PendingAppend> pending = new ArrayList<>();
            for (long i = 1; i <= 500; i++) {
                PendingAppend each = new PendingAppend();
                client.append(epoch, new JournalEntry(i, new byte[30_000]), each);
                pending.add(each);
            }
            requireDurable(pending, 1);
            cluster.start("c");
            cluster.await(() -> cluster.replica("c").lastDurablePosition() == 500);
            PositionedEntry copied = cluster.replica("c").read(7);
            assertThat(copied.entry().payload()).hasSize(30_000);
        }
    }

    @Test
    void beginsAnewBehindWhatTheOthersTrimmed() {
        try (JournalCluster cluster = cluster(ReplicationMode.CHAIN)) {
            ReplicatedJournalClient client = cluster.client();
            long epoch = open(client);
            requireDurable(append(client, epoch, 1, 10), 1);
            cluster.kill("c");
            List<PendingAppend> pending = new ArrayList<>();
            for (long i = 11; i <= 600; i++) {
                PendingAppend each = new PendingAppend();
                client.append(epoch, new JournalEntry(i * 10L, new byte[20_000]), each);
                pending.add(each);
            }
            requireDurable(pending, 11);
            client.trim(590);
            cluster.await(() -> cluster.replica("a").firstPosition() > 500
                    && cluster.replica("b").firstPosition() > 500);
            cluster.start("c");
            cluster.await(() -> cluster.replica("c").lastDurablePosition() == 600);
            assertThat(cluster.replica("c").firstPosition()).isGreaterThan(500);
            assertThat(cluster.replica("c").read(600).entry().timestamp()).isEqualTo(6_000);
            requireDurable(append(client, epoch, 601, 610), 601);
        }
    }
}
