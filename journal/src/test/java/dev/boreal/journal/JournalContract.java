package dev.boreal.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.door.Journal.EntrySubscription;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.contracts.journal.OpenOutcome.EpochMoved;
import dev.boreal.contracts.journal.OpenOutcome.Opened;
import dev.boreal.contracts.journal.PositionedEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What every journal promises behind its door, however many replicas it has. */
public abstract class JournalContract {

    /** A journal that nobody ever opened; the same one for the whole test. */
    protected abstract Journal journal() throws Exception;

    /** The journal as it is found after all of its processes have stopped and started. */
    protected abstract Journal restarted() throws Exception;

    /** Appends so much that a trim of it can free something; returns the last position. */
    protected abstract long fillForTrim(long epoch, long fromTimestamp) throws Exception;

    /** Whether what {@link #fillForTrim} wrote up to {@code last} has been freed, as far as it can be. */
    protected boolean isTrimmedEverywhere(long last) throws Exception {
        return journal().firstPosition() > 1;
    }

    /**
     * Whether the journal has several replicas behind a client: then heartbeats and requests for an advance take their way
     * through other threads, and an append that the log holds already is answered with its position after a restart.
     */
    protected boolean isReplicated() {
        return false;
    }

    protected static long openEpoch(Journal journal, String owner) {
        OpenOutcome outcome = journal.open(owner, journal.currentEpoch(), timestamp -> {});
        return ((Opened) outcome).epoch();
    }

    protected static JournalEntry entry(long timestamp) {
        return new JournalEntry(timestamp, ("payload of " + timestamp).getBytes(StandardCharsets.UTF_8));
    }

    protected static PendingAppend append(Journal journal, long epoch, JournalEntry entry) {
        PendingAppend pending = new PendingAppend();
        journal.append(epoch, entry, pending);
        return pending;
    }

    private static PendingAppend appendIf(Journal journal, long epoch, long expected, JournalEntry entry) {
        PendingAppend pending = new PendingAppend();
        journal.appendIf(epoch, expected, entry, pending);
        return pending;
    }

    private static RecordingSubscriber subscribe(Journal journal, long afterPosition, long credit) {
        RecordingSubscriber subscriber = new RecordingSubscriber(afterPosition);
        journal.subscribe(afterPosition, subscriber).request(credit);
        return subscriber;
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        for (int i = 0; i < 30_000 && !condition.call(); i++) {
            Thread.sleep(1);
        }
        assertThat(condition.call()).isTrue();
    }

    @Test
    void numbersEntriesFromOneWithoutGaps() throws Exception {
        Journal journal = journal();
        long epoch = openEpoch(journal, "writer");
        for (long i = 1; i <= 20; i++) {
            assertThat(append(journal, epoch, entry(i * 10)).durable()).isEqualTo(i);
        }
        assertThat(journal.lastDurablePosition()).isEqualTo(20);
        assertThat(journal.firstPosition()).isEqualTo(1);
    }

    @Test
    void readsBackWhatWasAppended() throws Exception {
        Journal journal = journal();
        long epoch = openEpoch(journal, "writer");
        for (long i = 1; i <= 20; i++) {
            append(journal, epoch, entry(i * 10)).durable();
        }
        for (long i = 1; i <= 20; i++) {
            assertThat(journal.read(i)).isEqualTo(new PositionedEntry(i, epoch, entry(i * 10)));
        }
    }

    @Test
    void readsNoEntryThatIsNotThere() throws Exception {
        Journal journal = journal();
        append(journal, openEpoch(journal, "writer"), entry(1)).durable();
        assertThatThrownBy(() -> journal.read(2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> journal.read(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesEmptyEntries() throws Exception {
        Journal journal = journal();
        long epoch = openEpoch(journal, "writer");
        append(journal, epoch, new JournalEntry(1, new byte[0])).durable();
        assertThat(journal.read(1).entry().payload()).isEmpty();
    }

    @Test
    void refusesAppendBeforeAnyEpoch() throws Exception {
        Journal journal = journal();
        assertThat(journal.currentEpoch()).isZero();
        assertThat(append(journal, 0, entry(1)).refused()).isEqualTo(new AppendRefusal.Fenced(0));
    }

    @Test
    void refusesAppendOfStaleEpoch() throws Exception {
        Journal journal = journal();
        long old = openEpoch(journal, "old");
        append(journal, old, entry(1)).durable();
        long current = openEpoch(journal, "new");
        assertThat(current).isGreaterThan(old);
        assertThat(append(journal, old, entry(2)).refused()).isEqualTo(new AppendRefusal.Fenced(current));
        assertThat(append(journal, current, entry(2)).durable()).isEqualTo(2);
        assertThat(journal.read(2).epoch()).isEqualTo(current);
    }

    @Test
    void opensOnlyIfNobodyElseDid() throws Exception {
        Journal journal = journal();
        Opened first = (Opened) journal.open("first", 0, timestamp -> {});
        assertThat(first.lastPosition()).isZero();
        assertThat(journal.open("second", 0, timestamp -> {})).isEqualTo(new EpochMoved(first.epoch(), "first"));
        assertThat(journal.open("third", first.epoch(), timestamp -> {})).isInstanceOf(Opened.class);
    }

    @Test
    void tellsNewWriterWhereTheLogEnds() throws Exception {
        Journal journal = journal();
        long epoch = openEpoch(journal, "old");
        append(journal, epoch, entry(10));
        assertThat(append(journal, epoch, entry(20)).durable()).isEqualTo(2);
        Opened opened = (Opened) journal.open("new", epoch, timestamp -> {});
        assertThat(opened.lastPosition()).isEqualTo(2);
        assertThat(opened.lastTimestamp()).isEqualTo(20);
    }

    @Test
    void tellsNewWriterOfHeartbeatsAboveTheLastEntry() throws Exception {
        Journal journal = journal();
        long epoch = openEpoch(journal, "old");
        append(journal, epoch, entry(10)).durable();
        journal.heartbeat(epoch, 50);
        Opened opened = (Opened) journal.open("new", epoch, timestamp -> {});
        assertThat(opened.lastTimestamp()).isEqualTo(50);
        assertThat(append(journal, opened.epoch(), entry(50)).refused()).isEqualTo(new AppendRefusal.NotMonotonic(50));
    }

    @Test
    void remembersEpochAndOwnerOverRestart() throws Exception {
        long epoch = openEpoch(journal(), "owner");
        Journal again = restarted();
        assertThat(again.currentEpoch()).isEqualTo(epoch);
        assertThat(again.open("other", 0, timestamp -> {})).isEqualTo(new EpochMoved(epoch, "owner"));
    }

    @Test
    void remembersSealOverRestart() throws Exception {
        Journal journal = journal();
        long epoch = openEpoch(journal, "owner");
        journal.seal(epoch);
        assertThat(append(journal, epoch, entry(1)).refused()).isEqualTo(new AppendRefusal.Fenced(epoch));
        Journal again = restarted();
        assertThat(append(again, epoch, entry(1)).refused()).isEqualTo(new AppendRefusal.Fenced(epoch));
        assertThat(openEpoch(again, "next")).isGreaterThan(epoch);
    }

    @Test
    void ignoresSealOfStaleEpoch() throws Exception {
        Journal journal = journal();
        long old = openEpoch(journal, "old");
        long current = openEpoch(journal, "new");
        journal.seal(old);
        assertThat(append(journal, current, entry(1)).durable()).isEqualTo(1);
    }

    @Test
    void refusesTimestampNotAboveTheLastEntry() throws Exception {
        Journal journal = journal();
        long epoch = openEpoch(journal, "writer");
        append(journal, epoch, entry(10));
        assertThat(append(journal, epoch, entry(10)).refused()).isEqualTo(new AppendRefusal.NotMonotonic(10));
        assertThat(append(journal, epoch, entry(9)).refused()).isEqualTo(new AppendRefusal.NotMonotonic(10));
        assertThat(append(journal, epoch, entry(11)).durable()).isEqualTo(2);
    }

    @Test
    void refusesTimestampNotAboveTheLastHeartbeat() throws Exception {
        Journal journal = journal();
        long epoch = openEpoch(journal, "writer");
        RecordingSubscriber subscriber = subscribe(journal, 0, 1);
        // Not durable, and lost while a client looks for the leader: so it is said until it is heard.
        for (int i = 0; i < 1_000 && subscriber.watermark() < 10; i++) {
            journal.heartbeat(epoch, 10);
            Thread.sleep(5);
        }
        subscriber.awaitWatermark(10);
        assertThat(append(journal, epoch, entry(10)).refused()).isEqualTo(new AppendRefusal.NotMonotonic(10));
        assertThat(append(journal, epoch, entry(11)).durable()).isEqualTo(1);
    }

    @Test
    void appendsConditionallyOnlyAtTheExpectedPosition() throws Exception {
        Journal journal = journal();
        long epoch = openEpoch(journal, "writer");
        PendingAppend first = appendIf(journal, epoch, 0, entry(1));
        PendingAppend second = appendIf(journal, epoch, 1, entry(2));
        PendingAppend late = appendIf(journal, epoch, 1, entry(3));
        assertThat(first.durable()).isEqualTo(1);
        assertThat(second.durable()).isEqualTo(2);
        assertThat(late.refused()).isEqualTo(new AppendRefusal.PositionMoved(2));
    }

    @Test
    void tellsHeartbeatInlineWhenNothingIsInFlight() throws Exception {
        Journal journal = journal();
        long epoch = openEpoch(journal, "writer");
        RecordingSubscriber subscriber = subscribe(journal, 0, 10);
        append(journal, epoch, entry(10)).durable();
        subscriber.awaitEntries(1).awaitWatermark(10);
        org.junit.jupiter.api.Assumptions.assumeFalse(isReplicated());
        // The watermark is told from inside the delivery: until that ends, its thread tells heartbeats too.
        long timestamp = 100;
        journal.heartbeat(epoch, timestamp);
        while (!subscriber.awaitWatermark(timestamp).heardInline() && timestamp < 10_000) {
            journal.heartbeat(epoch, ++timestamp);
        }
        assertThat(subscriber.heardInline()).isTrue();
        journal.heartbeat(epoch, timestamp - 1);
        journal.heartbeat(epoch - 1, timestamp + 100);
        assertThat(subscriber.watermark()).isEqualTo(timestamp);
        assertThat(subscriber.events())
                .startsWith("entry 1", "watermark 10")
                .endsWith("watermark " + timestamp)
                .hasSize((int) (timestamp - 100) + 3);
    }

    @Test
    void tellsHeartbeatBehindTheEntriesBeforeIt() throws Exception {
        Journal journal = journal();
        long epoch = openEpoch(journal, "writer");
        RecordingSubscriber subscriber = subscribe(journal, 0, Long.MAX_VALUE);
        for (long i = 1; i <= 200; i++) {
            append(journal, epoch, entry(i * 10));
            journal.heartbeat(epoch, i * 10 + 5);
        }
        subscriber.awaitEntries(200).awaitWatermark(2005);
        assertThat(subscriber.violations()).isEmpty();
        assertThat(subscriber.events()).endsWith("watermark 2005");
    }

    @Test
    void tellsTheWatermarkToWhoeverJoins() throws Exception {
        Journal journal = journal();
        long epoch = openEpoch(journal, "writer");
        append(journal, epoch, entry(10)).durable();
        RecordingSubscriber first = subscribe(journal, 0, 1).awaitWatermark(10);
        journal.heartbeat(epoch, 70);
        first.awaitWatermark(70);
        assertThat(subscribe(journal, 1, 0).awaitWatermark(70).entries()).isEmpty();
        assertThat(subscribe(journal, 0, 1).awaitWatermark(70).entries()).hasSize(1);
    }

    @Test
    void asksTheWriterForAnAdvanceOnlyWhenBehind() throws Exception {
        Journal journal = journal();
        journal.requestAdvance(5);
        List<Long> asked = new CopyOnWriteArrayList<>();
        long epoch = ((Opened) journal.open("writer", 0, asked::add)).epoch();
        journal.heartbeat(epoch, 10);
        if (isReplicated()) {
            subscribe(journal, 0, 0).awaitWatermark(10);
        }
        journal.requestAdvance(10);
        journal.requestAdvance(11);
        await(() -> asked.contains(11L));
        journal.seal(epoch);
        journal.requestAdvance(12);
        assertThat(asked).doesNotContain(10L, 12L);
        if (!isReplicated()) {
            assertThat(asked).containsExactly(11L);
        }
    }

    @Test
    void asksTheLatestWriter() throws Exception {
        Journal journal = journal();
        AtomicLong old = new AtomicLong();
        AtomicLong current = new AtomicLong();
        long epoch = ((Opened) journal.open("old", 0, old::set)).epoch();
        journal.open("new", epoch, current::set);
        journal.requestAdvance(7);
        await(() -> current.get() == 7);
        assertThat(old).hasValue(0);
    }

    @Test
    void streamsHistoryThenLiveWithoutGapOrRepeat() throws Exception {
        Journal journal = journal();
        long epoch = openEpoch(journal, "writer");
        for (long i = 1; i <= 500; i++) {
            append(journal, epoch, entry(i));
        }
        List<RecordingSubscriber> subscribers = new ArrayList<>();
        for (long i = 501; i <= 1000; i++) {
            append(journal, epoch, entry(i));
            if (i % 50 == 0) {
                subscribers.add(subscribe(journal, 0, Long.MAX_VALUE));
            }
        }
        for (RecordingSubscriber subscriber : subscribers) {
            subscriber.awaitEntries(1000).awaitWatermark(1000);
            assertThat(subscriber.violations()).isEmpty();
            assertThat(subscriber.entries()).hasSize(1000);
            assertThat(subscriber.entries().get(776)).isEqualTo(new PositionedEntry(777, epoch, entry(777)));
        }
    }

    @Test
    void deliversNoMoreThanWasRequestedAndHoldsNobodyUp() throws Exception {
        Journal journal = journal();
        long epoch = openEpoch(journal, "writer");
        RecordingSubscriber slow = new RecordingSubscriber(0);
        EntrySubscription subscription = journal.subscribe(0, slow);
        RecordingSubscriber fast = subscribe(journal, 0, Long.MAX_VALUE);
        subscription.request(3);
        for (long i = 1; i <= 100; i++) {
            append(journal, epoch, entry(i)).durable();
        }
        fast.awaitEntries(100).awaitWatermark(100);
        slow.awaitEntries(3);
        assertThat(slow.entries()).hasSize(3);
        assertThat(slow.watermark()).isLessThan(4);
        subscription.request(50);
        slow.awaitEntries(53).awaitWatermark(53);
        assertThat(slow.entries()).hasSize(53);
        subscription.request(1000);
        slow.awaitEntries(100).awaitWatermark(100);
        append(journal, epoch, entry(101)).durable();
        slow.awaitEntries(101);
        assertThat(slow.violations()).isEmpty();
    }

    @Test
    void tellsWatermarksWithoutCreditWhenNothingIsUndelivered() throws Exception {
        Journal journal = journal();
        long epoch = openEpoch(journal, "writer");
        RecordingSubscriber subscriber = subscribe(journal, 0, 0);
        journal.heartbeat(epoch, 5);
        subscriber.awaitWatermark(5);
        append(journal, epoch, entry(10)).durable();
        journal.heartbeat(epoch, 15);
        assertThat(subscriber.watermark()).isLessThan(10);
    }

    @Test
    void deliversNothingAfterClose() throws Exception {
        Journal journal = journal();
        long epoch = openEpoch(journal, "writer");
        RecordingSubscriber closed = new RecordingSubscriber(0);
        EntrySubscription subscription = journal.subscribe(0, closed);
        subscription.request(10);
        append(journal, epoch, entry(1)).durable();
        closed.awaitEntries(1).awaitWatermark(1);
        subscription.close();
        RecordingSubscriber other = subscribe(journal, 0, 10);
        append(journal, epoch, entry(2)).durable();
        other.awaitEntries(2);
        assertThat(closed.entries()).hasSize(1);
    }

    @Test
    void survivesSubscribersAndListenersThatThrow() throws Exception {
        Journal journal = journal();
        long epoch = openEpoch(journal, "writer");
        List<String> ends = java.util.Collections.synchronizedList(new ArrayList<>());
        journal.subscribe(0, new ThrowingSubscriber(ends)).request(10);
        journal.append(epoch, entry(1), new Journal.AppendListener() {
            @Override
            public void onDurable(long position) {
                throw new IllegalStateException("planned");
            }

            @Override
            public void onRefused(AppendRefusal refusal) {}
        });
        assertThat(append(journal, epoch, entry(2)).durable()).isEqualTo(2);
        await(() -> ends.size() == 1);
        assertThat(ends.getFirst()).contains("planned");
        assertThat(append(journal, epoch, entry(3)).durable()).isEqualTo(3);
    }

    private record ThrowingSubscriber(List<String> ends) implements Journal.EntrySubscriber {
        @Override
        public void onEntries(List<PositionedEntry> entries) {
            throw new IllegalStateException("planned");
        }

        @Override
        public void onWatermark(long timestamp) {}

        @Override
        public void onClosed(String reason) {
            ends.add(reason);
        }
    }

    @Test
    void takesCallsFromInsideACallback() throws Exception {
        Journal journal = journal();
        long epoch = openEpoch(journal, "writer");
        RecordingSubscriber outer = new RecordingSubscriber(0);
        PendingAppend inner = new PendingAppend();
        journal.subscribe(0, new Journal.EntrySubscriber() {
                    @Override
                    public void onEntries(List<PositionedEntry> entries) {
                        outer.onEntries(entries);
                        if (entries.getFirst().position() == 1) {
                            journal.heartbeat(epoch, 15);
                            journal.append(epoch, entry(20), inner);
                        }
                    }

                    @Override
                    public void onWatermark(long timestamp) {
                        outer.onWatermark(timestamp);
                        if (timestamp == 20) {
                            journal.heartbeat(epoch, 30);
                        }
                    }

                    @Override
                    public void onClosed(String reason) {}
                })
                .request(10);
        append(journal, epoch, entry(10)).durable();
        assertThat(inner.durable()).isEqualTo(2);
        outer.awaitWatermark(30);
        assertThat(outer.violations()).isEmpty();
    }

    @Test
    void continuesAfterRestart() throws Exception {
        Journal journal = journal();
        long epoch = openEpoch(journal, "writer");
        for (long i = 1; i <= 50; i++) {
            append(journal, epoch, entry(i)).durable();
        }
        Journal again = restarted();
        await(() -> again.lastDurablePosition() == 50 || isReplicated());
        if (isReplicated()) {
            assertThat(append(again, epoch, entry(50)).durable()).isEqualTo(50);
        }
        assertThat(append(again, epoch, entry(49)).await())
                .isEqualTo(isReplicated() ? (Object) 49L : new AppendRefusal.NotMonotonic(50));
        assertThat(append(again, epoch, entry(51)).durable()).isEqualTo(51);
        RecordingSubscriber subscriber =
                subscribe(again, 20, 100).awaitEntries(31).awaitWatermark(51);
        assertThat(subscriber.violations()).isEmpty();
        assertThat(subscriber.entries().getFirst()).isEqualTo(new PositionedEntry(21, epoch, entry(21)));
    }

    @Test
    void forgetsWhatWasTrimmedAlsoAfterRestart() throws Exception {
        Journal journal = journal();
        long epoch = openEpoch(journal, "writer");
        long last = fillForTrim(epoch, 1);
        await(() -> {
            journal.trim(last - 1);
            return isTrimmedEverywhere(last);
        });
        long first = journal.firstPosition();
        assertThat(first).isLessThanOrEqualTo(last);
        Journal again = restarted();
        assertThat(again.currentEpoch()).isEqualTo(epoch);
        await(() -> again.lastDurablePosition() == last);
        if (isReplicated()) {
            // Each replica frees whole files, which need not begin at the same entries everywhere.
            first = Math.max(first, again.firstPosition());
            assertThatThrownBy(() -> again.read(1)).isInstanceOf(IllegalArgumentException.class);
        } else {
            long gone = first - 1;
            assertThat(again.firstPosition()).isEqualTo(first);
            assertThatThrownBy(() -> again.read(gone)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(again.read(first).position()).isEqualTo(first);
        assertThat(subscribe(again, 0, 0).awaitClosed()).contains("trimmed");
        assertThat(subscribe(again, first - 1, last)
                        .awaitEntries((int) (last - first + 1))
                        .violations())
                .isEmpty();
    }

    @Test
    void endsStreamThatBeginsBehindTheEnd() throws Exception {
        Journal journal = journal();
        append(journal, openEpoch(journal, "writer"), entry(1)).durable();
        assertThat(subscribe(journal, 2, 1).awaitClosed())
                .contains("position 1")
                .contains("position 2");
    }
}
