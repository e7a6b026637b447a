package dev.boreal.storage.service;

import dev.boreal.contracts.door.Crossbar;
import dev.boreal.contracts.feed.FeedEntry;
import dev.boreal.contracts.feed.FeedStart;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.transaction.WriteSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A crossbar of one journal that keeps every entry and replays them to whoever subscribes. Entries go out as they are
 * committed, watermarks when told to, or when asked for an advance if {@link #advancesOnRequest} says so.
 */
final class FakeCrossbar implements Crossbar {
    private final List<FeedEntry> entries = new ArrayList<>();
    private boolean remembers = true;
    private long watermark;
    private long position;
    private long trimmed;
    private @Nullable FeedSubscriber subscriber;
    volatile boolean advancesOnRequest;
    volatile int requests;

    /** One that cannot replay, so that measuring does not measure its memory. */
    static FakeCrossbar forgetful() {
        FakeCrossbar crossbar = new FakeCrossbar();
        crossbar.remembers = false;
        return crossbar;
    }

    /** Commits and delivers; the watermark stays. */
    synchronized void commit(long timestamp, WriteSet... pieces) {
        position++;
        List<FeedEntry> fresh = new ArrayList<>();
        for (int i = 0; i < pieces.length; i++) {
            fresh.add(new FeedEntry(timestamp, 0, position, pieces[i], i == pieces.length - 1));
        }
        deliver(fresh);
    }

    /** Delivers a piece of a transaction whose last piece has not come yet. */
    synchronized void commitPiece(long timestamp, WriteSet piece, boolean last) {
        deliver(List.of(new FeedEntry(timestamp, 0, position + 1, piece, last)));
        if (last) {
            position++;
        }
    }

    private void deliver(List<FeedEntry> fresh) {
        if (remembers) {
            entries.addAll(fresh);
        }
        if (subscriber != null) {
            subscriber.onEntries(fresh);
        }
    }

    synchronized void advance(long timestamp) {
        if (timestamp > watermark) {
            watermark = timestamp;
            if (subscriber != null) {
                subscriber.onWatermark(timestamp);
            }
        }
    }

    synchronized void end(String reason) {
        if (subscriber != null) {
            subscriber.onClosed(reason);
            subscriber = null;
        }
    }

    synchronized void endTrimmed(String reason) {
        if (subscriber != null) {
            subscriber.onTrimmed(reason);
            subscriber = null;
        }
    }

    /** Delivers what was committed behind {@code position}, as one that goes on after a break does. */
    synchronized void repeatBehind(long fromPosition) {
        if (subscriber != null) {
            subscriber.onEntries(entries.stream()
                    .filter(entry -> entry.position() > fromPosition)
                    .toList());
        }
    }

    synchronized long lastPosition() {
        return position;
    }

    /** Delivers everything once more, as a crossbar that was told an older start would. */
    synchronized void repeatAll() {
        if (subscriber != null) {
            subscriber.onEntries(List.copyOf(entries));
        }
    }

    /** Forgets the entries up to {@code position}: who needs one of them cannot subscribe. */
    synchronized void trim(long trimmedPosition) {
        trimmed = trimmedPosition;
        entries.removeIf(entry -> entry.position() <= trimmedPosition);
    }

    @Override
    public synchronized FeedSubscription subscribe(KeyRange range, FeedStart start, FeedSubscriber fresh) {
        if (start.position(0) < trimmed) {
            fresh.onTrimmed("it begins behind " + trimmed);
            return () -> {};
        }
        subscriber = fresh;
        List<FeedEntry> behind = new ArrayList<>();
        for (FeedEntry entry : entries) {
            if (entry.position() > start.position(0)) {
                behind.add(entry);
            }
        }
        for (int i = 0; i < behind.size(); i += 7) {
            fresh.onEntries(behind.subList(i, Math.min(behind.size(), i + 7)));
        }
        if (watermark > 0) {
            fresh.onWatermark(watermark);
        }
        return () -> {
            synchronized (this) {
                subscriber = null;
            }
        };
    }

    @Override
    public void requestAdvance(long timestamp) {
        synchronized (this) {
            int before = requests;
            requests = before + 1;
        }
        if (advancesOnRequest) {
            advance(timestamp);
        }
    }
}
