package dev.boreal.contracts.door;

import dev.boreal.contracts.feed.FeedStart;
import dev.boreal.contracts.read.RowBatch;
import dev.boreal.contracts.read.ScanRequest;
import org.jspecify.annotations.Nullable;

/**
 * What was true at a time. Any thread may call. No answer ever comes from before {@code asOf}: a replica that is behind
 * waits. Failures are {@link dev.boreal.contracts.read.ReadRefused}.
 */
public interface Storage {

    /**
     * Whether reads as of {@code asOf} would be answered without waiting; if not, asks upstream for an advance and looks
     * once more. Never blocks: made for event loops.
     */
    boolean tryReach(long asOf);

    /**
     * Whether reads are answered within this process. Where they are not, every read waits for a round trip, also when
     * {@link #tryReach} says that the replica need not wait: event loops do not read there.
     */
    default boolean answersInProcess() {
        return true;
    }

    /** Waits until reads as of {@code asOf} can be answered, the thread is interrupted, or the read time-out is over. */
    void awaitReach(long asOf);

    /**
     * The newest value {@code <= asOf} of a key, or null if there is none or a tombstone. Waits as {@link #awaitReach}.
     * The array is shared with caches: nobody changes it.
     */
    byte @Nullable [] get(byte[] key, long asOf);

    /**
     * Says that nearly every snapshot will read this key, so that a door to another process keeps its value at hand. A value
     * that was replaced must never come back, as that of a counter does not. Returns at once; lasts as long as the door.
     */
    default void watch(byte[] key) {}

    /** As {@link #get} for many keys at once; the answer has an element per key, in the order asked. */
    byte[] @Nullable [] getAll(byte[][] keys, long asOf);

    /** Counts the rows that satisfy the request's filter, up to its limit, without returning them. */
    long count(ScanRequest request);

    /** Opens a scan. Waits as {@link #awaitReach}. The caller closes it. */
    Scan scan(ScanRequest request);

    /** Up to and including which commit record of each journal everything is on disk: journals may trim up to here. */
    FeedStart persistedPositions();

    /** An open scan: pulled by one thread at a time, so that a slow reader holds nothing but its iterator. */
    interface Scan extends AutoCloseable {
        /**
         * Clears {@code batch} and fills it with the next rows, in key order (or its reverse); returns false, with an
         * empty batch, when there are no more. A batch holds at least one row and stays near 64 KiB.
         */
        boolean next(RowBatch batch);

        @Override
        void close();
    }
}
