package dev.boreal.crossbar.service;

import dev.boreal.contracts.door.Crossbar.FeedSubscriber;
import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.feed.FeedEntry;
import dev.boreal.contracts.journal.PositionedEntry;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.transaction.TransactionRecord;
import dev.boreal.contracts.transaction.WriteSet;
import dev.boreal.crossbar.CrossbarConfiguration;
import dev.boreal.crossbar.merge.MergeEntry;
import dev.boreal.crossbar.route.RangeCut;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns merged commit records into what the subscriber gets: cut to its range, with the chunks of a large transaction
 * read back from the journal one at a time, so that only a batch is ever in memory. Used by the feed's thread alone.
 */
final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final CrossbarConfiguration configuration;
    private final RangeCut range;
    private final FeedSubscriber subscriber;
    private final List<FeedEntry> pieces = new ArrayList<>();
    private long bytes;

    Delivery(CrossbarConfiguration configuration, KeyRange range, FeedSubscriber subscriber) {
        this.configuration = configuration;
        this.range = new RangeCut(range);
        this.subscriber = subscriber;
    }

    static String corrupt(int journal, long position, IllegalArgumentException cause) {
        return "journal " + journal + " holds no transaction record at position " + position + ": "
                + cause.getMessage();
    }

    /** Delivers all of it before it returns. What went wrong, for people, or null. */
    @Nullable String deliver(List<MergeEntry> batch, IntFunction<Journal> journals) {
        try {
            for (int i = 0; i < batch.size(); i++) {
                String failure = add(batch.get(i), journals);
                if (failure != null) {
                    return failure;
                }
            }
            flush();
            return null;
        } catch (RuntimeException e) {
            LOG.error("A subscriber failed on its feed", e);
            return "the subscriber failed: " + e;
        } finally {
            pieces.clear();
            bytes = 0;
        }
    }

    private @Nullable String add(MergeEntry entry, IntFunction<Journal> journals) {
        long[] chunks = entry.record().chunkPositions();
        boolean touched = false;
        for (long position : chunks) {
            WriteSet writes;
            try {
                writes = range.cut(chunk(journals.apply(entry.journal()), position, entry));
            } catch (RuntimeException e) {
                return "journal " + entry.journal() + " at position " + entry.position() + " names a chunk at position "
                        + position + " that cannot be read: " + e.getMessage();
            }
            if (!writes.isEmpty()) {
                add(entry, writes, false);
                touched = true;
            }
        }
        WriteSet own;
        try {
            own = range.cut(entry.record().writes());
        } catch (IllegalArgumentException e) {
            return corrupt(entry.journal(), entry.position(), e);
        }
        if (touched || range.isEverything() || !own.isEmpty()) {
            add(entry, own, true);
        }
        return null;
    }

    private static WriteSet chunk(Journal journal, long position, MergeEntry entry) {
        PositionedEntry read = journal.read(position);
        TransactionRecord record = TransactionRecord.decode(read.entry().payload());
        if (record.kind() != TransactionRecord.Kind.CHUNK
                || record.transactionId() != entry.record().transactionId()) {
            throw new IllegalArgumentException("what stands there is " + record);
        }
        return record.writes();
    }

    private void add(MergeEntry entry, WriteSet writes, boolean last) {
        pieces.add(new FeedEntry(entry.timestamp(), entry.journal(), entry.position(), writes, last));
        bytes += writes.length();
        if (bytes >= configuration.batchBytes() || pieces.size() >= configuration.batchEntries()) {
            flush();
        }
    }

    private void flush() {
        if (!pieces.isEmpty()) {
            subscriber.onEntries(pieces);
            pieces.clear();
            bytes = 0;
        }
    }
}
