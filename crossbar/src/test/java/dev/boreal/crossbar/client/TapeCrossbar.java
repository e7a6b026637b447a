package dev.boreal.crossbar.client;

import dev.boreal.contracts.door.Crossbar;
import dev.boreal.contracts.feed.FeedEntry;
import dev.boreal.contracts.feed.FeedStart;
import dev.boreal.contracts.key.KeyRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A crossbar that plays a tape of pieces which several of them share, a piece at a time, when the test says so. */
final class TapeCrossbar implements Crossbar {
    private final List<FeedEntry> tape;
    private final List<Playing> feeds = new ArrayList<>();
    private final List<Long> requests = new ArrayList<>();
    private @Nullable String refusal;
    private boolean playsAlsoWhatIsHeld;

    TapeCrossbar(List<FeedEntry> tape) {
        this.tape = tape;
    }

    void refuse(@Nullable String reason) {
        refusal = reason;
    }

    void playAlsoWhatIsHeld() {
        playsAlsoWhatIsHeld = true;
    }

    /** The feed that was opened last. */
    Playing feed() {
        return feeds.getLast();
    }

    int feedsOpened() {
        return feeds.size();
    }

    List<Long> requests() {
        return requests;
    }

    @Override
    public FeedSubscription subscribe(KeyRange range, FeedStart start, FeedSubscriber subscriber) {
        if (refusal != null) {
            throw new IllegalStateException(refusal);
        }
        Playing playing = new Playing(start, subscriber);
        feeds.add(playing);
        return playing;
    }

    @Override
    public void requestAdvance(long timestamp) {
        requests.add(timestamp);
    }

    final class Playing implements FeedSubscription {
        final FeedSubscriber subscriber;
        final FeedStart start;
        boolean closed;
        private int next;

        Playing(FeedStart start, FeedSubscriber subscriber) {
            this.start = start;
            this.subscriber = subscriber;
        }

        /** Plays up to so many pieces; false when the tape is over. */
        boolean play(int pieces) {
            List<FeedEntry> batch = new ArrayList<>();
            while (next < tape.size() && batch.size() < pieces) {
                FeedEntry entry = tape.get(next++);
                if (playsAlsoWhatIsHeld || entry.position() > start.position(entry.journal())) {
                    batch.add(entry);
                }
            }
            if (!batch.isEmpty()) {
                subscriber.onEntries(batch);
            }
            return next < tape.size();
        }

        /** The highest watermark that is true: everything below the next piece's transaction. */
        void watermark() {
            subscriber.onWatermark(
                    next < tape.size()
                            ? tape.get(next).timestamp() - 1
                            : tape.getLast().timestamp() + 1);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
