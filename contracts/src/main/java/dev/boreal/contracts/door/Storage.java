package dev.boreal.contracts.door;

import dev.boreal.contracts.feed.FeedStart;
import dev.boreal.contracts.read.ReadRefused;
import dev.boreal.contracts.read.RowBatch;
import dev.boreal.contracts.read.ScanRequest;
import org.jspecify.annotations.Nullable;

/**
 * What was true at a time. Any thread may call. No answer ever comes from before {@code asOf}: a replica that is behind
 * waits. Failures are {@link ReadRefused}.
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

    /**
     * Opens a copy of what this replica has on disk, from which another one can be built that goes on where it stands. The
     * rows of the scan are portions of files: the key is the file's name, the value what comes next in it, and a file without
     * content has one empty portion. The first row has no key; its value is up to where the copy goes, as the replica notes it: the
     * journals must not be trimmed behind that until the new replica follows them. Whoever hears the end of the scan has all of it. A
     * replica gives one copy at a time, and only while it follows the feed; the default gives none.
     */
    default Scan copy() {
        throw new ReadRefused(ReadRefused.Reason.UNAVAILABLE, "this replica gives no copies");
    }

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
