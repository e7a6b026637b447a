package dev.boreal.adjudicator.tenure;

import dev.boreal.adjudicator.conflict.WriteFootprint;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The chunks in the journal that a commit may still name, or that a commit has named and storage has not applied yet.
 * Each holds the footprint of its keys, which counts once a commit names it, and holds back the trimming of the journal.
 *
 * <p>A chunk is forgotten when no commit can name it any more: its transaction's snapshot is older than it, so once the
 * window's floor has passed it, that transaction is refused. Chunks of an earlier tenure cannot be named at all, for the
 * same reason, but may have been: nothing is trimmed before storage has everything that the tenure found in the journal.
 *
 * <p>Not thread-safe: its owner is the core.
 */
public final class StagedChunks {
    private final long journalEnd;
    private final TreeMap<Long, Chunk> byTimestamp = new TreeMap<>();
    private final TreeMap<Long, Chunk> byPosition = new TreeMap<>();

    /** @param journalEnd the last position when the tenure began */
    public StagedChunks(long journalEnd) {
        this.journalEnd = journalEnd;
    }

    /** A chunk that goes to the journal now; its position will lie above {@code durablePosition}. */
    public void staging(long timestamp, long durablePosition, long transactionId, long bytes, WriteFootprint keys) {
        byTimestamp.put(timestamp, new Chunk(transactionId, bytes, keys, durablePosition + 1));
    }

    /** The chunk staged with {@code timestamp} is durable at {@code position}. */
    public void staged(long timestamp, long position) {
        Chunk chunk = byTimestamp.get(timestamp);
        if (chunk != null) {
            chunk.position = position;
            byPosition.put(position, chunk);
        }
    }

    /** The chunk staged with {@code timestamp} did not reach the journal, and never will. */
    public void abandoned(long timestamp) {
        byTimestamp.remove(timestamp);
    }

    /** What a transaction has staged so far, in bytes. */
    public long bytesOf(long transactionId) {
        long bytes = 0;
        for (Chunk chunk : byTimestamp.values()) {
            bytes += chunk.transactionId == transactionId ? chunk.bytes : 0;
        }
        return bytes;
    }

    /** The footprints of the chunks at {@code positions}; null if one is not held, or is another transaction's. */
    public @Nullable List<WriteFootprint> footprints(long transactionId, long[] positions) {
        List<WriteFootprint> footprints = new ArrayList<>(positions.length + 1);
        for (long position : positions) {
            Chunk chunk = byPosition.get(position);
            if (chunk == null || chunk.transactionId != transactionId) {
                return null;
            }
            footprints.add(chunk.keys);
        }
        return footprints;
    }

    /** The commit that names {@code positions} is durable at {@code commitPosition}. */
    public void committed(long[] positions, long commitPosition) {
        for (long position : positions) {
            Chunk chunk = byPosition.get(position);
            if (chunk != null) {
                chunk.commitPosition = commitPosition;
            }
        }
    }

    /** Forgets the chunks at or below {@code floor} that no commit has named. */
    public void expire(long floor) {
        var old = byTimestamp.headMap(floor, true).values().iterator();
        while (old.hasNext()) {
            Chunk chunk = old.next();
            if (chunk.commitPosition == 0) {
                old.remove();
                byPosition.remove(chunk.position);
            }
        }
    }

    /**
     * Up to which position the journal may be trimmed when storage has persisted everything up to {@code persisted};
     * 0 for not at all. Forgets the chunks that storage has.
     */
    public long trimmable(long persisted) {
        if (persisted < journalEnd) {
            return 0;
        }
        long limit = persisted;
        var all = byTimestamp.values().iterator();
        while (all.hasNext()) {
            Chunk chunk = all.next();
            if (chunk.commitPosition != 0 && chunk.commitPosition <= persisted) {
                all.remove();
                byPosition.remove(chunk.position);
            } else {
                limit = Math.min(limit, chunk.position - 1);
            }
        }
        return limit;
    }

    private static final class Chunk {
        private final long transactionId;
        private final long bytes;
        private final WriteFootprint keys;
        private long position;
        private long commitPosition;

        Chunk(long transactionId, long bytes, WriteFootprint keys, long leastPosition) {
            this.transactionId = transactionId;
            this.bytes = bytes;
            this.keys = keys;
            this.position = leastPosition;
        }
    }
}
