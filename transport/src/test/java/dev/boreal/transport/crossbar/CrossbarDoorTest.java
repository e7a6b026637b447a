package dev.boreal.transport.crossbar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.boreal.contracts.door.Crossbar;
import dev.boreal.contracts.feed.FeedEntry;
import dev.boreal.contracts.feed.FeedStart;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.transaction.WriteSet;
import dev.boreal.transport.Neighbours;
import dev.boreal.transport.TransportNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CrossbarDoorTest {
    private static final int WINDOW = 100_000;

    private final ScriptedCrossbar crossbar = new ScriptedCrossbar();
    private final Neighbours neighbours = new Neighbours(TransportNode.SETTINGS.withFeedBytes(WINDOW));
    private final CrossbarDoor door = new CrossbarDoor(crossbar);
    private final CrossbarClient client =
            new CrossbarClient(neighbours.serve(door).context(), "server", neighbours.address());

    @AfterEach
    void close() {
        client.close();
        neighbours.close();
    }

    /** Says what the test tells it to say. */
    private static final class ScriptedCrossbar implements Crossbar {
        final List<FeedSubscriber> subscribers = new CopyOnWriteArrayList<>();
        final List<Object> events = new CopyOnWriteArrayList<>();

        @Override
        public FeedSubscription subscribe(KeyRange range, FeedStart start, FeedSubscriber subscriber) {
            events.add(range);
            events.add(start);
            subscribers.add(subscriber);
            return () -> events.add("closed");
        }

        @Override
        public void requestAdvance(long timestamp) {
            events.add(timestamp);
        }

        FeedSubscriber next() {
            await().until(() -> !subscribers.isEmpty());
            return subscribers.removeFirst();
        }
    }

    private static final class Reader implements Crossbar.FeedSubscriber {
        final List<Object> events = new CopyOnWriteArrayList<>();
        final AtomicLong entries = new AtomicLong();
        final CountDownLatch gate;

        Reader(int closedGates) {
            gate = new CountDownLatch(closedGates);
        }

        @Override
        public void onEntries(List<FeedEntry> more) {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            for (FeedEntry entry : more) {
                events.add(entry.timestamp());
            }
            entries.addAndGet(more.size());
        }

        @Override
        public void onWatermark(long timestamp) {
            events.add("w" + timestamp);
        }

        @Override
        public void onClosed(String reason) {
            events.add("closed: " + reason);
        }

        @Override
        public void onTrimmed(String reason) {
            events.add("trimmed: " + reason);
        }
    }

    private static FeedEntry entry(long timestamp, int valueBytes) {
        WriteSet writes = new WriteSet.Builder(16)
                .put(new byte[] {1, (byte) timestamp}, new byte[valueBytes])
                .build();
        return new FeedEntry(timestamp, 2, timestamp * 10, writes, true);
    }

    @Test
    void subscribesWithRangeAndStart() {
        KeyRange range = KeyRange.ofPrefix(new byte[] {7});
        FeedStart start = new FeedStart(new long[] {5, 0, 9});
        client.subscribe(range, start, new Reader(0));
        crossbar.next();
        assertThat(crossbar.events).containsExactly(range, start);
    }

    @Test
    void bringsEntriesAsTheyAreAndWatermarksBehindThem() {
        List<FeedEntry> heard = new CopyOnWriteArrayList<>();
        List<Long> watermarks = new CopyOnWriteArrayList<>();
        client.subscribe(KeyRange.ALL, FeedStart.BEGINNING, new Crossbar.FeedSubscriber() {
            @Override
            public void onEntries(List<FeedEntry> entries) {
                heard.addAll(entries);
            }

            @Override
            public void onWatermark(long timestamp) {
                assertThat((long) heard.size()).isGreaterThanOrEqualTo(timestamp);
                watermarks.add(timestamp);
            }

            @Override
            public void onClosed(String reason) {}
        });
        Crossbar.FeedSubscriber feed = crossbar.next();
        List<FeedEntry> sent = new ArrayList<>();
        for (int i = 1; i <= 300; i++) {
            sent.add(entry(i, i));
            feed.onEntries(List.of(sent.getLast()));
            feed.onWatermark(i);
        }
        await().until(() -> watermarks.contains(300L));
        assertThat(heard).isEqualTo(sent);
        assertThat(watermarks).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void blocksTheFeedOfASlowSubscriberAtItsWindowAndNobodyElses() {
        Reader slow = new Reader(1);
        client.subscribe(KeyRange.ALL, FeedStart.BEGINNING, slow);
        Crossbar.FeedSubscriber feed = crossbar.next();
        Reader quick = new Reader(0);
        client.subscribe(KeyRange.ALL, FeedStart.BEGINNING, quick);
        Crossbar.FeedSubscriber other = crossbar.next();

        AtomicLong delivered = new AtomicLong();
        Thread crossbarThread = Thread.ofPlatform().daemon().start(() -> {
            for (int i = 1; i <= 1000; i++) {
                feed.onEntries(List.of(entry(i, 1000)));
                delivered.incrementAndGet();
            }
            feed.onWatermark(1000);
        });
        await().until(() -> crossbarThread.getState() == Thread.State.WAITING);
        assertThat(delivered.get()).isBetween(50L, WINDOW / 1000L + 1);

        other.onEntries(List.of(entry(1, 10)));
        other.onWatermark(5);
        await().until(() -> quick.events.contains("w5"));
        assertThat(slow.events).isEmpty();

        slow.gate.countDown();
        await().until(() -> slow.events.contains("w1000"));
        assertThat(slow.entries.get()).isEqualTo(1000);
        assertThat(slow.events.getLast()).isEqualTo("w1000");
    }

    @Test
    void letsAnEntryPassThatIsLargerThanTheWindow() {
        Reader reader = new Reader(0);
        client.subscribe(KeyRange.ALL, FeedStart.BEGINNING, reader);
        Crossbar.FeedSubscriber feed = crossbar.next();
        feed.onEntries(List.of(entry(1, 5 * WINDOW)));
        feed.onEntries(List.of(entry(2, 5 * WINDOW)));
        feed.onEntries(List.of(entry(3, 10)));
        await().until(() -> reader.entries.get() == 3);
    }

    @Test
    void passesTheHighestAdvanceOn() {
        await().until(client::isConnected);
        for (long i = 1; i <= 100; i++) {
            client.requestAdvance(i);
        }
        await().until(() -> crossbar.events.contains(100L));
    }

    @Test
    void closesFeedsWhenTheCrossbarDoesOrTheConnectionBreaks() {
        Reader closed = new Reader(0);
        Reader trimmed = new Reader(0);
        Reader broken = new Reader(0);
        client.subscribe(KeyRange.ALL, FeedStart.BEGINNING, closed);
        crossbar.next().onClosed("enough");
        client.subscribe(KeyRange.ALL, FeedStart.BEGINNING, trimmed);
        crossbar.next().onTrimmed("gone");
        client.subscribe(KeyRange.ALL, FeedStart.BEGINNING, broken);
        crossbar.next().onEntries(List.of(entry(1, 10)));
        await().until(() -> broken.entries.get() == 1);
        neighbours.server().stopServer();
        await().until(() -> broken.events.size() == 2);
        assertThat(broken.events.getLast()).asString().startsWith("closed: ");
        assertThat(closed.events).containsExactly("closed: enough");
        assertThat(trimmed.events).containsExactly("trimmed: gone");
        assertThat(crossbar.events).contains("closed");
    }

    @Test
    void tellsTheCrossbarWhenTheSubscriberLeaves() {
        Crossbar.FeedSubscription subscription = client.subscribe(KeyRange.ALL, FeedStart.BEGINNING, new Reader(0));
        crossbar.next();
        subscription.close();
        await().until(() -> crossbar.events.contains("closed"));
    }
}
