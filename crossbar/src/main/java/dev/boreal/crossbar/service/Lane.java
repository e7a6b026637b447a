package dev.boreal.crossbar.service;

import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.PositionedEntry;
import dev.boreal.contracts.transaction.TransactionRecord;
import dev.boreal.crossbar.CrossbarConfiguration;
import dev.boreal.crossbar.merge.CreditWindow;
import dev.boreal.crossbar.merge.MergeEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One journal's stream into one feed. It decodes records, and drops chunks at once: they are large, and are read again
 * when a commit names them.
 */
final class Lane implements Journal.EntrySubscriber {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    /** Nobody reads at the end of this feed, or somebody would ask for advances. */
    private static final long PATIENCE_NANOS = 5_000_000;

    private final Feed feed;
    private final Journal journal;
    private final int index;
    private final CreditWindow credit; // guarded by the feed's lock
    private volatile Journal.@Nullable EntrySubscription subscription;
    private volatile boolean closed;
    private volatile long position;

    Lane(Feed feed, Journal journal, int index, CrossbarConfiguration configuration) {
        this.feed = feed;
        this.journal = journal;
        this.index = index;
        this.credit = new CreditWindow(configuration.windowEntries(), configuration.windowBytes());
    }

    int index() {
        return index;
    }

    @Override
    public long patienceNanos() {
        return PATIENCE_NANOS;
    }

    Journal journal() {
        return journal;
    }

    CreditWindow credit() {
        return credit;
    }

    boolean isSubscribed() {
        return subscription != null;
    }

    /** No entry comes before credit is given, so nothing can be missed between the two. */
    void subscribe(long afterPosition) {
        position = afterPosition;
        Journal.EntrySubscription opened = journal.subscribe(afterPosition, this);
        subscription = opened;
        if (closed) {
            opened.close();
        }
    }

    void request(long entries) {
        Journal.EntrySubscription opened = subscription;
        if (opened != null) {
            opened.request(entries);
        }
    }

    void close() {
        closed = true;
        Journal.EntrySubscription opened = subscription;
        if (opened != null) {
            opened.close();
        }
    }

    /** Whether the journal holds no longer what comes next. May wait for the journal. */
    boolean isTrimmed() {
        try {
            return journal.firstPosition() > position + 1;
        } catch (RuntimeException e) {
            LOG.debug("Journal {} does not say what it holds", index, e);
            return false;
        }
    }

    @Override
    public void onEntries(List<PositionedEntry> entries) {
        List<MergeEntry> commits = new ArrayList<>(entries.size());
        long bytes = 0;
        long reached = Long.MIN_VALUE;
        for (int i = 0; i < entries.size(); i++) {
            PositionedEntry positioned = entries.get(i);
            JournalEntry entry = positioned.entry();
            TransactionRecord record;
            try {
                record = TransactionRecord.decode(entry.payload());
            } catch (IllegalArgumentException e) {
                feed.fail(Delivery.corrupt(index, positioned.position(), e));
                return;
            }
            if (record.kind() == TransactionRecord.Kind.COMMIT) {
                commits.add(new MergeEntry(entry.timestamp(), index, positioned.position(), record));
            }
            bytes += entry.payload().length;
            reached = entry.timestamp();
            position = positioned.position();
        }
        feed.offer(this, commits, reached, entries.size(), bytes);
    }

    @Override
    public void onWatermark(long timestamp) {
        feed.raise(this, timestamp);
    }

    @Override
    public void onClosed(String reason) {
        feed.fail(this, "journal " + index + ": " + reason);
    }
}
