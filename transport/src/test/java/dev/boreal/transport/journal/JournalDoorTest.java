package dev.boreal.transport.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.door.Journal.EntrySubscriber;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.contracts.journal.PositionedEntry;
import dev.boreal.transport.Neighbours;
import dev.boreal.transport.TransportNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JournalDoorTest {
    private final MemoryJournal journal = new MemoryJournal();
    private final Neighbours neighbours = new Neighbours();
    private final JournalDoor door = new JournalDoor("main", journal, TransportNode.SETTINGS);
    private final JournalClient client =
            new JournalClient(neighbours.serve(door).context(), "main", "server", neighbours.address());
    private final List<Long> advances = new CopyOnWriteArrayList<>();
    private final Journal.Writer writer = advances::add;

    @AfterEach
    void close() {
        client.close();
        neighbours.close();
    }

    private static final class Heard implements Journal.AppendListener {
        final List<Object> outcomes = new CopyOnWriteArrayList<>();

        @Override
        public void onDurable(long position) {
            outcomes.add(position);
        }

        @Override
        public void onRefused(AppendRefusal refusal) {
            outcomes.add(refusal);
        }
    }

    private static final class Reader implements EntrySubscriber {
        final List<String> events = new CopyOnWriteArrayList<>();
        final List<PositionedEntry> entries = new CopyOnWriteArrayList<>();

        @Override
        public void onEntries(List<PositionedEntry> more) {
            entries.addAll(more);
            more.forEach(entry -> events.add("e" + entry.entry().timestamp()));
        }

        @Override
        public void onWatermark(long timestamp) {
            events.add("w" + timestamp);
        }

        @Override
        public void onClosed(String reason) {
            events.add("closed " + reason);
        }
    }

    private static JournalEntry entry(long timestamp) {
        return new JournalEntry(timestamp, new byte[] {(byte) timestamp, 2, 3});
    }

    private long open() {
        OpenOutcome outcome = client.open("writer", 0, writer);
        assertThat(outcome).isEqualTo(new OpenOutcome.Opened(1, 0, 0));
        return 1;
    }

    @Test
    void appendsInOrderAndTellsPositions() {
        long epoch = open();
        Heard heard = new Heard();
        for (int i = 1; i <= 1000; i++) {
            client.append(epoch, entry(i), heard);
        }
        await().until(() -> heard.outcomes.size() == 1000);
        assertThat(heard.outcomes).first().isEqualTo(1L);
        assertThat(heard.outcomes).last().isEqualTo(1000L);
        assertThat(journal.entries).extracting(e -> e.entry().timestamp()).isSorted();
        assertThat(client.lastDurablePosition()).isEqualTo(1000);
        assertThat(client.read(7).entry()).isEqualTo(entry(7));
    }

    @Test
    void bringsRefusalsBack() {
        long epoch = open();
        Heard heard = new Heard();
        client.append(epoch + 5, entry(1), heard);
        client.append(epoch, entry(10), heard);
        client.append(epoch, entry(10), heard);
        client.appendIf(epoch, 9, entry(11), heard);
        client.appendIf(epoch, 1, entry(12), heard);
        await().until(() -> heard.outcomes.size() == 5);
        assertThat(heard.outcomes)
                .containsExactly(
                        new AppendRefusal.Fenced(1),
                        1L,
                        new AppendRefusal.NotMonotonic(10),
                        new AppendRefusal.PositionMoved(1),
                        2L);
        assertThat(client.open("other", 0, writer)).isEqualTo(new OpenOutcome.EpochMoved(1, "writer"));
        assertThat(client.resume(9, writer)).isEqualTo(new OpenOutcome.NotLeader(null));
        assertThatThrownBy(() -> client.read(99)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bringsPromisesInTheirPlace() {
        long epoch = open();
        Heard heard = new Heard();
        client.heartbeat(epoch, 9);
        client.append(epoch, entry(10), heard);
        client.heartbeat(epoch, 19);
        client.append(epoch, entry(20), heard);
        client.heartbeat(epoch, 25);
        client.heartbeat(epoch, 30);
        await().until(() -> journal.events().contains("heartbeat 30"));
        assertThat(journal.events())
                .containsSubsequence("heartbeat 9", "append 10", "heartbeat 19", "append 20", "heartbeat 30");
        assertThat(heard.outcomes).containsExactly(1L, 2L);
    }

    @Test
    void refusesAnAppendBelowWhatItsWriterPromised() {
        long epoch = open();
        Heard heard = new Heard();
        client.heartbeat(epoch, 100);
        client.append(epoch, entry(50), heard);
        await().until(() -> !heard.outcomes.isEmpty());
        assertThat(heard.outcomes).containsExactly(new AppendRefusal.NotMonotonic(100));
    }

    @Test
    void goesOnWhenAListenerOrASubscriberFails() {
        long epoch = open();
        client.append(epoch, entry(1), new Journal.AppendListener() {
            @Override
            public void onDurable(long position) {
                throw new IllegalStateException("planned");
            }

            @Override
            public void onRefused(AppendRefusal refusal) {}
        });
        List<String> failing = new CopyOnWriteArrayList<>();
        client.subscribe(0, new EntrySubscriber() {
                    @Override
                    public void onEntries(List<PositionedEntry> entries) {
                        throw new IllegalStateException("planned");
                    }

                    @Override
                    public void onWatermark(long timestamp) {}

                    @Override
                    public void onClosed(String reason) {
                        failing.add(reason);
                    }
                })
                .request(10);
        await().until(() -> !failing.isEmpty());
        assertThat(failing).singleElement().asString().contains("planned");
        Heard heard = new Heard();
        client.append(epoch, entry(2), heard);
        await().until(() -> heard.outcomes.contains(2L));
    }

    @Test
    void letsNewsGatherForASubscriberThatIsPatient() {
        List<Long> watermarks = new CopyOnWriteArrayList<>();
        EntrySubscriber patient = new EntrySubscriber() {
            @Override
            public long patienceNanos() {
                return Long.MAX_VALUE;
            }

            @Override
            public void onEntries(List<PositionedEntry> entries) {}

            @Override
            public void onWatermark(long timestamp) {
                watermarks.add(timestamp);
            }

            @Override
            public void onClosed(String reason) {}
        };
        try (JournalClient reader = new JournalClient(neighbours.context(), "main", "server", neighbours.address())) {
            reader.subscribe(0, patient).request(100);
            long epoch = open();
            for (int i = 1; i <= 20; i++) {
                client.heartbeat(epoch, i);
                String arrived = "heartbeat " + i;
                await().until(() -> journal.events().contains(arrived));
            }
            await().until(() -> watermarks.contains(20L));
            assertThat(watermarks).hasSizeLessThan(20);
        }
    }

    @Test
    void asksTheWriterForAnAdvanceWhereverTheQuestionComesFrom() {
        open();
        try (JournalClient reader = new JournalClient(neighbours.context(), "main", "server", neighbours.address())) {
            reader.requestAdvance(77);
            await().until(() -> advances.contains(77L));
        }
    }

    @Test
    void streamsHistoryThenLiveWithinCredit() {
        long epoch = open();
        Heard heard = new Heard();
        for (int i = 1; i <= 10; i++) {
            client.append(epoch, entry(i), heard);
        }
        await().until(() -> heard.outcomes.size() == 10);
        Reader reader = new Reader();
        Journal.EntrySubscription subscription = client.subscribe(4, reader);
        subscription.request(3);
        await().until(() -> reader.events.contains("w7"));
        assertThat(reader.entries).extracting(PositionedEntry::position).containsExactly(5L, 6L, 7L);
        subscription.request(100);
        client.append(epoch, entry(11), heard);
        client.heartbeat(epoch, 15);
        await().until(() -> reader.events.contains("w15"));
        assertThat(reader.entries).hasSize(7).last().isEqualTo(journal.read(11));
        List<String> inOrder = new ArrayList<>(reader.events);
        assertThat(inOrder.indexOf("e11")).isLessThan(inOrder.indexOf("w15"));
        subscription.close();
        await().until(() -> journal.events().contains("unsubscribed"));
    }

    @Test
    void asksTheJournalForNoMoreThanAPortionAtATime() {
        long epoch = open();
        Heard heard = new Heard();
        for (int i = 1; i <= 5000; i++) {
            client.append(epoch, entry(i), heard);
        }
        await().until(() -> heard.outcomes.size() == 5000);
        Reader reader = new Reader();
        client.subscribe(0, reader).request(Long.MAX_VALUE);
        await().until(() -> reader.entries.size() == 5000);
        assertThat(reader.entries).extracting(PositionedEntry::position).isSorted();
        assertThat(journal.most).isLessThanOrEqualTo(1024);
    }

    @Test
    void closesASubscriptionThatTheJournalClosed() {
        Reader reader = new Reader();
        client.subscribe(40, reader);
        await().until(() -> !reader.events.isEmpty());
        assertThat(reader.events).containsExactly("closed position 40 lies behind the last entry");
    }

    @Test
    void tellsAppendsUnderWayThatTheyMayBeDurableWhenTheConnectionBreaks() {
        long epoch = open();
        journal.holding = true;
        Heard heard = new Heard();
        Reader reader = new Reader();
        client.subscribe(0, reader).request(10);
        client.append(epoch, entry(1), heard);
        await().until(() -> journal.heldAppends() == 1);
        neighbours.server().stopServer();
        await().until(() -> !heard.outcomes.isEmpty());
        assertThat(heard.outcomes.getFirst())
                .isInstanceOfSatisfying(
                        AppendRefusal.Unavailable.class,
                        refusal -> assertThat(refusal.mayBeDurable()).isTrue());
        await().until(() -> !reader.events.isEmpty());
        assertThat(reader.events.getFirst()).startsWith("closed");

        neighbours.server().startServer(door);
        await().until(client::isConnected);
        journal.release();
        journal.holding = false;
        assertThat(client.resume(epoch, writer)).isEqualTo(new OpenOutcome.Opened(1, 1, 1));
        journal.requestAdvance(5);
        await().until(() -> advances.contains(5L));
        client.append(epoch, entry(2), heard);
        await().until(() -> heard.outcomes.contains(2L));
    }

    @Test
    void refusesWhatWasNeverSentAsCertainlyNotDurable() {
        neighbours.server().stopServer();
        await().untilAsserted(() -> {
            Heard heard = new Heard();
            client.append(1, entry(1), heard);
            await().until(() -> !heard.outcomes.isEmpty());
            assertThat(heard.outcomes.getFirst())
                    .isInstanceOfSatisfying(
                            AppendRefusal.Unavailable.class,
                            refusal -> assertThat(refusal.mayBeDurable()).isFalse());
        });
    }

    @Test
    void sealsTrimsAndTellsItsState() {
        open();
        client.seal(1);
        client.trim(3);
        assertThat(journal.events()).containsExactly("seal 1", "trim 3");
        assertThat(client.currentEpoch()).isEqualTo(1);
        assertThat(client.firstPosition()).isEqualTo(1);
    }
}
