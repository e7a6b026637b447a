package dev.boreal.crossbar.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.door.Crossbar;
import dev.boreal.contracts.feed.FeedEntry;
import dev.boreal.contracts.feed.FeedStart;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.transaction.WriteSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SteadyCrossbarTest {
    private static final long MILLISECOND = 1_000_000;
    private static final long LONG = 60_000 * MILLISECOND;

    private final List<FeedEntry> tape = new ArrayList<>();
    private final TapeCrossbar near = new TapeCrossbar(tape);
    private final TapeCrossbar far = new TapeCrossbar(tape);
    private final VirtualTimer timer = new VirtualTimer();
    private final Recorder recorder = new Recorder();
    private final SteadyCrossbar crossbar =
            new SteadyCrossbar(named(near, far), SteadyCrossbarConfiguration.defaults(), timer);

    private static SequencedMap<String, Crossbar> named(Crossbar... crossbars) {
        SequencedMap<String, Crossbar> named = new LinkedHashMap<>();
        for (Crossbar one : crossbars) {
            named.put("crossbar-" + (char) ('a' + named.size()), one);
        }
        return named;
    }

    private void transaction(long timestamp, int journal, long position, int pieces) {
        for (int i = 1; i <= pieces; i++) {
            tape.add(new FeedEntry(timestamp, journal, position, WriteSet.EMPTY, i == pieces));
        }
    }

    private void simpleTape() {
        transaction(10, 0, 1, 1);
        transaction(20, 1, 1, 1);
        transaction(30, 0, 2, 3);
        transaction(40, 0, 3, 1);
    }

    @Test
    void usesTheNearestAndStartsWhereTheSubscriberSays() {
        simpleTape();
        crossbar.subscribe(KeyRange.ALL, new FeedStart(new long[] {1}), recorder);
        assertThat(far.feedsOpened()).isZero();
        near.feed().play(100);
        assertThat(recorder.entries.getFirst().timestamp()).isEqualTo(20);
        crossbar.requestAdvance(99);
        assertThat(near.requests()).containsExactly(99L);
        assertThat(far.requests()).isEmpty();
    }

    @Test
    void holdsAQuestionBackSoonAfterAnotherUntilItIsRepeated() {
        crossbar.subscribe(KeyRange.ALL, FeedStart.BEGINNING, recorder);
        crossbar.requestAdvance(50);
        crossbar.requestAdvance(60);
        crossbar.requestAdvance(70);
        assertThat(near.requests()).containsExactly(50L);
        crossbar.requestAdvance(60);
        crossbar.requestAdvance(70);
        assertThat(near.requests()).containsExactly(50L, 60L, 70L);
        timer.advance(SteadyCrossbarConfiguration.defaults().rest().toNanos());
        crossbar.requestAdvance(80);
        assertThat(near.requests()).containsExactly(50L, 60L, 70L, 80L);
    }

    @Test
    void continuesElsewhereBehindTheLastCompleteTransaction() {
        simpleTape();
        crossbar.subscribe(KeyRange.ALL, FeedStart.BEGINNING, recorder);
        near.feed().play(2);
        near.feed().watermark();
        near.feed().subscriber.onClosed("gone");
        timer.advance(0);
        assertThat(far.feed().start).isEqualTo(new FeedStart(new long[] {1, 1}));
        far.feed().play(100);
        far.feed().watermark();
        assertThat(recorder.transactions()).containsExactly(10L, 20L, 30L, 40L);
        assertThat(recorder.watermark).isEqualTo(41);
        assertThat(recorder.closed).isNull();
        crossbar.requestAdvance(50);
        assertThat(far.requests()).containsExactly(50L);
        assertThat(crossbar.status()).containsExactly(new FeedStatus("crossbar-b", 41, 1, "crossbar-a: gone"));
    }

    @Test
    void piecesOfATransactionThatWasCutComeAgainFromTheFirst() {
        simpleTape();
        crossbar.subscribe(KeyRange.ALL, FeedStart.BEGINNING, recorder);
        near.feed().play(4);
        near.feed().subscriber.onClosed("gone");
        timer.advance(0);
        far.feed().play(100);
        assertThat(recorder.entries.stream().filter(e -> e.timestamp() == 30)).hasSize(2 + 3);
        assertThat(recorder.transactions()).containsExactly(10L, 20L, 30L, 40L);
    }

    @Test
    void dropsWhatTheSubscriberHolds() {
        simpleTape();
        far.playAlsoWhatIsHeld();
        crossbar.subscribe(KeyRange.ALL, FeedStart.BEGINNING, recorder);
        near.feed().play(5);
        near.feed().subscriber.onClosed("gone");
        timer.advance(0);
        far.feed().play(3);
        far.feed().play(100);
        assertThat(recorder.entries).hasSize(tape.size());
    }

    @Test
    void theWatermarkNeverFallsThoughAnotherCrossbarIsBehind() {
        simpleTape();
        crossbar.subscribe(KeyRange.ALL, FeedStart.BEGINNING, recorder);
        near.feed().play(100);
        near.feed().watermark();
        near.feed().subscriber.onClosed("gone");
        timer.advance(0);
        far.feed().subscriber.onWatermark(12);
        assertThat(recorder.watermark).isEqualTo(41);
        assertThat(recorder.broken).isNull();
    }

    @Test
    void aCrossbarThatWasLeftIsNotHeard() {
        simpleTape();
        crossbar.subscribe(KeyRange.ALL, FeedStart.BEGINNING, recorder);
        near.feed().play(1);
        crossbar.crossbars(named(far));
        timer.advance(0);
        assertThat(near.feed().closed).isTrue();
        near.feed().play(100);
        near.feed().watermark();
        near.feed().subscriber.onClosed("late");
        near.feed().subscriber.onTrimmed("late");
        assertThat(recorder.transactions()).containsExactly(10L);
        assertThat(recorder.closed).isNull();
        far.feed().play(100);
        assertThat(recorder.transactions()).containsExactly(10L, 20L, 30L, 40L);
    }

    @Test
    void theOnlyOneIsTriedAgainAfterAPause() {
        simpleTape();
        near.refuse("not yet");
        far.refuse("not yet");
        crossbar.subscribe(KeyRange.ALL, FeedStart.BEGINNING, recorder);
        timer.advance(LONG);
        assertThat(near.feedsOpened()).isZero();
        near.refuse(null);
        timer.advance(1_000 * MILLISECOND);
        near.feed().play(100);
        assertThat(recorder.transactions()).hasSize(4);
    }

    @Test
    void aFeedWaitsForItsFirstCrossbar() {
        simpleTape();
        crossbar.crossbars(new LinkedHashMap<>());
        crossbar.subscribe(KeyRange.ALL, FeedStart.BEGINNING, recorder);
        crossbar.requestAdvance(45);
        timer.advance(LONG);
        crossbar.crossbars(named(far));
        timer.advance(LONG);
        far.feed().play(100);
        assertThat(recorder.transactions()).hasSize(4);
        assertThat(far.requests()).contains(45L);
    }

    @Test
    void aCrossbarThatBringsNothingWhileReadersWaitIsLeft() {
        simpleTape();
        crossbar.subscribe(KeyRange.ALL, FeedStart.BEGINNING, recorder);
        near.feed().play(1);
        timer.advance(LONG);
        assertThat(far.feedsOpened()).as("nobody waited").isZero();
        crossbar.requestAdvance(15);
        timer.advance(LONG);
        assertThat(far.feedsOpened()).isPositive();
        int opened = near.feedsOpened() + far.feedsOpened();
        assertThat(opened).as("changes while nothing comes from anywhere").isBetween(3, 14);
        far.feed().play(100);
        near.feed().play(100);
        far.feed().watermark();
        near.feed().watermark();
        assertThat(recorder.watermark).isEqualTo(41);
        timer.advance(LONG);
        assertThat(near.feedsOpened() + far.feedsOpened()).as("nobody waits").isEqualTo(opened);
    }

    @Test
    void aSubscriberThatIsSlowIsNoReasonToLeave() {
        simpleTape();
        recorder.whileInside = () -> {
            crossbar.requestAdvance(99);
            timer.advance(LONG);
        };
        crossbar.subscribe(KeyRange.ALL, FeedStart.BEGINNING, recorder);
        near.feed().play(100);
        assertThat(far.feedsOpened()).isZero();
        assertThat(recorder.broken).isNull();
    }

    @Test
    void aChangeThatComesWhileTheSubscriberIsCalledWaitsForIt() {
        simpleTape();
        recorder.whileInside = () -> {
            recorder.whileInside = null;
            crossbar.crossbars(named(far));
            timer.advance(LONG);
            assertThat(far.feedsOpened()).isZero();
        };
        crossbar.subscribe(KeyRange.ALL, FeedStart.BEGINNING, recorder);
        near.feed().play(2);
        timer.advance(0);
        assertThat(far.feed().start).isEqualTo(new FeedStart(new long[] {1, 1}));
    }

    @Test
    void aTrimmedJournalIsToldAndEndsTheFeed() {
        simpleTape();
        crossbar.subscribe(KeyRange.ALL, FeedStart.BEGINNING, recorder);
        near.feed().subscriber.onTrimmed("journal 0 begins at 7");
        timer.advance(LONG);
        assertThat(recorder.trimmed).isEqualTo("journal 0 begins at 7");
        assertThat(far.feedsOpened()).isZero();
        assertThat(crossbar.status()).isEmpty();
    }

    @Test
    void closingTellsSubscribersOnce() {
        simpleTape();
        crossbar.subscribe(KeyRange.ALL, FeedStart.BEGINNING, recorder);
        crossbar.close();
        crossbar.close();
        near.feed().play(100);
        assertThat(recorder.closed).isEqualTo("the crossbar is closed");
        assertThat(recorder.entries).isEmpty();
        assertThat(near.feed().closed).isTrue();
    }

    @Test
    void everyTransactionComesOnceAndInOrderThroughRandomBreaks() {
        for (int seed = 1; seed <= 100; seed++) {
            randomBreaks(new Chance(seed), seed);
        }
    }

    private static void randomBreaks(Chance chance, int seed) {
        List<FeedEntry> tape = new ArrayList<>();
        long[] ends = new long[2];
        List<Long> all = new ArrayList<>();
        for (int i = 1; i <= 60; i++) {
            int journal = chance.below(2);
            ends[journal] += 1 + chance.below(3);
            int pieces = chance.oneIn(4) ? chance.between(2, 5) : 1;
            for (int piece = 1; piece <= pieces; piece++) {
                tape.add(new FeedEntry(10L * i, journal, ends[journal], WriteSet.EMPTY, piece == pieces));
            }
            all.add(10L * i);
        }
        TapeCrossbar[] crossbars = {new TapeCrossbar(tape), new TapeCrossbar(tape), new TapeCrossbar(tape)};
        VirtualTimer timer = new VirtualTimer();
        Recorder recorder = new Recorder();
        SteadyCrossbar steady = new SteadyCrossbar(named(crossbars), SteadyCrossbarConfiguration.defaults(), timer);
        steady.subscribe(KeyRange.ALL, FeedStart.BEGINNING, recorder);
        for (int step = 0; step < 2_000 && recorder.transactions().size() < 60; step++) {
            TapeCrossbar any = crossbars[chance.below(3)];
            if (any.feedsOpened() > 0) {
                TapeCrossbar.Playing feed = any.feed();
                switch (chance.below(8)) {
                    case 0 -> feed.subscriber.onClosed("chance");
                    case 1 -> any.refuse(chance.oneIn(2) ? "chance" : null);
                    case 2 -> steady.requestAdvance(10L * chance.below(60));
                    case 3, 4 -> feed.watermark();
                    default -> feed.play(1 + chance.below(6));
                }
            } else {
                any.refuse(null);
            }
            timer.advance(chance.below(700) * MILLISECOND);
        }
        assertThat(recorder.broken).as("seed %s", seed).isNull();
        assertThat(recorder.transactions()).as("seed %s", seed).isEqualTo(all);
    }

    /** Writes down its feed and checks the rules of the door on the way. */
    private static final class Recorder implements Crossbar.FeedSubscriber {
        private final List<FeedEntry> entries = new ArrayList<>();
        private long watermark = Long.MIN_VALUE;
        private @Nullable String closed;
        private @Nullable String trimmed;
        private @Nullable String broken;
        private @Nullable Runnable whileInside;
        private boolean inside;

        List<Long> transactions() {
            return entries.stream()
                    .filter(FeedEntry::last)
                    .map(FeedEntry::timestamp)
                    .toList();
        }

        @Override
        public void onEntries(List<FeedEntry> delivered) {
            enter();
            for (FeedEntry entry : delivered) {
                if (entry.timestamp() <= watermark) {
                    broken = entry + " comes behind watermark " + watermark;
                }
            }
            entries.addAll(delivered);
            Runnable run = whileInside;
            if (run != null) {
                run.run();
            }
            inside = false;
        }

        @Override
        public void onWatermark(long timestamp) {
            enter();
            if (timestamp <= watermark) {
                broken = "watermark " + timestamp + " after " + watermark;
            }
            watermark = timestamp;
            inside = false;
        }

        @Override
        public void onClosed(String reason) {
            enter();
            closed = reason;
            inside = false;
        }

        @Override
        public void onTrimmed(String reason) {
            enter();
            trimmed = reason;
            inside = false;
        }

        private void enter() {
            if (inside) {
                broken = "two calls at a time";
            }
            if (closed != null || trimmed != null) {
                broken = "called after the end";
            }
            inside = true;
        }
    }
}
