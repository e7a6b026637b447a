package dev.boreal.storage.cache;

import dev.boreal.contracts.key.KeyFingerprint;
import dev.boreal.contracts.key.KeyRange;
import org.jspecify.annotations.Nullable;

/**
 * Committed rows on the heap, bounded by bytes: the newest version of a key, with its timestamp. Any thread may look
 * up and fill; one thread applies. A look-up takes no lock.
 *
 * <h2>Why a hit is never stale</h2>
 *
 * A row found answers a read as of {@code asOf} if its timestamp is at or below {@code asOf}. That is right if no newer
 * version at or below {@code asOf} exists. Three rules give it:
 *
 * <ol>
 *   <li><b>Apply tells the cache before the watermark passes.</b> A write at t is put into the store, then told here,
 *       then covered by a watermark. A reader has seen a watermark {@code >= asOf} before it looks up, so every
 *       write {@code <= asOf} has been told, and the volatile watermark makes the telling visible to it. What the reader
 *       may see by race is a write above its snapshot, which fails the comparison of timestamps.
 *   <li><b>Told writes replace, remove, and stamp.</b> Under the segment's lock a told write replaces the row that is
 *       there (or removes it, for a tombstone) and raises the segment's stamp, whether or not a row was there.
 *   <li><b>A fill carries the stamp from before its view.</b> A reader that missed takes the stamp, then opens its view
 *       of the store, then reads the newest version of the key in that view, then fills under the lock if the stamp has
 *       not moved. Suppose a write at t is missing in its view and the fill goes through. Then the write entered the
 *       store after the view was opened, hence after the stamp was taken; it is told after it entered the store; had it
 *       been told before the fill, the stamp would have moved; so it is told after the fill, and replaces the filled row
 *       before the watermark reaches t. By rule 1 nobody can have wanted it earlier.
 * </ol>
 *
 * Eviction only removes rows, and removes nothing but knowledge: the argument above never needs a row to be there.
 * A fill of a version that is not the newest of its key in the view would break rule 3, so the reader must not offer it.
 *
 * <h2>Shape</h2>
 *
 * 256 segments by the fingerprint's top bits, each a chained table with CLOCK eviction. A row costs its key and value
 * plus about 70 bytes. Rows are immutable objects; unlinked ones keep their link, so that a racing look-up that stands
 * on one walks on. It may lose its way while a table doubles: then it misses, which is always right.
 */
public final class CommittedRows {
    private static final int SEGMENTS = 256;
    private static final int SEGMENT_SHIFT = 56;

    private final Segment[] segments;
    private final boolean enabled;

    public CommittedRows(long capacityBytes) {
        enabled = capacityBytes > 0;
        segments = new Segment[SEGMENTS];
        for (int i = 0; i < SEGMENTS; i++) {
            segments[i] = new Segment(capacityBytes / SEGMENTS);
        }
    }

    /** What the other methods want to be told besides the key. */
    public static long hash(byte[] key) {
        return KeyFingerprint.of(key);
    }

    /** The row of the key as of {@code asOf}, shared; null if that is not known here. */
    public byte @Nullable [] lookUp(byte[] key, long hash, long asOf) {
        return segment(hash).lookUp(key, (int) hash, asOf);
    }

    /** To be taken before the view is opened from which {@link #fill} will offer a row. */
    public long stamp(long hash) {
        return segment(hash).stamp;
    }

    /**
     * Offers the newest version of a key in a view that was opened after {@code stamp} was taken. Keeps both arrays.
     */
    public void fill(byte[] key, long hash, long timestamp, byte[] row, long stamp) {
        if (enabled) {
            segment(hash).fill(key, (int) hash, timestamp, row, stamp);
        }
    }

    /**
     * Tells that the key was written, after the write entered the store and before the watermark passes it.
     * {@code valueLength} below 0 tells of a tombstone. Copies what it keeps.
     */
    public void written(byte[] buffer, int keyOffset, int keyLength, int valueOffset, int valueLength, long timestamp) {
        if (enabled) {
            long hash = KeyFingerprint.of(buffer, keyOffset, keyLength);
            segment(hash).written(buffer, keyOffset, keyLength, (int) hash, valueOffset, valueLength, timestamp);
        }
    }

    /** Forgets the rows of a range whose versions have been removed for good. */
    public void forget(KeyRange range) {
        for (int i = 0; i < SEGMENTS; i++) {
            segment((long) i << SEGMENT_SHIFT).forget(range);
        }
    }

    public long bytes() {
        long bytes = 0;
        for (int i = 0; i < SEGMENTS; i++) {
            bytes += segment((long) i << SEGMENT_SHIFT).bytes();
        }
        return bytes;
    }

    public long rows() {
        long rows = 0;
        for (int i = 0; i < SEGMENTS; i++) {
            rows += segment((long) i << SEGMENT_SHIFT).rows();
        }
        return rows;
    }

    private Segment segment(long hash) {
        return segments[(int) (hash >>> SEGMENT_SHIFT)];
    }
}
