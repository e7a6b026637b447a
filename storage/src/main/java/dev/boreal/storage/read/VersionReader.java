package dev.boreal.storage.read;

import dev.boreal.storage.version.StoredRow;
import dev.boreal.storage.version.VersionedKey;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An iterator with the buffers that reading through it needs, kept from one read to the next so that a read allocates
 * only what it answers. Not thread-safe.
 */
public final class VersionReader {
    /** Steps over unwanted versions of one key before a seek is the cheaper way. */
    static final int STEPS_BEFORE_SEEK = 4;

    private static final int LARGEST_KEPT = 1 << 20;
    private static final byte[] NOTHING = new byte[0];

    private final VersionIterator iterator;
    private byte[] key = new byte[256];
    private int keyLength;
    private byte[] spareKey = new byte[256];
    private byte[] value = new byte[1024];
    private int valueLength;
    private byte[] target = new byte[256];
    private long foundTimestamp;
    private boolean foundNewest;

    public VersionReader(VersionIterator iterator) {
        this.iterator = iterator;
    }

    /**
     * The row that {@code userKey} had as of {@code asOf}, or null. Looks at the newest version first, since that is
     * nearly always the one, and since the cache wants to know whether it is.
     */
    public byte @Nullable [] get(byte[] userKey, long asOf) {
        int prefix = encodeTarget(userKey);
        iterator.seek(target, prefix);
        for (int skipped = 0; loadKey() && startsWith(target, prefix); skipped++) {
            long timestamp = timestamp();
            if (timestamp <= asOf) {
                foundTimestamp = timestamp;
                foundNewest = skipped == 0;
                loadValue();
                return StoredRow.isTombstone(valueLength) ? null : Arrays.copyOf(value, rowLength());
            }
            if (skipped == STEPS_BEFORE_SEEK) {
                iterator.seek(target, VersionedKey.putTimestamp(target, prefix, asOf));
            } else {
                iterator.next();
            }
        }
        foundNewest = false;
        return null;
    }

    /** The timestamp of the version that the last successful {@link #get} answered from. */
    public long foundTimestamp() {
        return foundTimestamp;
    }

    /** Whether that version was the newest of its key in the whole view. */
    public boolean foundNewest() {
        return foundNewest;
    }

    /** Gives memory back that an unusually large row took. */
    public void release() {
        if (value.length > LARGEST_KEPT) {
            value = new byte[1024];
        }
    }

    public VersionIterator iterator() {
        return iterator;
    }

    /** Loads the stored key under the iterator; false if it stands on none. */
    public boolean loadKey() {
        if (!iterator.valid()) {
            return false;
        }
        keyLength = iterator.key(key);
        if (keyLength > key.length) {
            key = new byte[keyLength + (keyLength >> 1)];
            iterator.key(key);
        }
        return true;
    }

    void loadValue() {
        valueLength = iterator.value(value);
        if (valueLength > value.length) {
            value = new byte[valueLength + (valueLength >> 2)];
            iterator.value(value);
        }
    }

    /** Only whether it is a tombstone, at no copying. */
    public boolean isTombstone() {
        valueLength = iterator.value(NOTHING);
        return StoredRow.isTombstone(valueLength);
    }

    /** The loaded stored key; {@link #prefixLength} bytes of it are the encoded user key. */
    public byte[] key() {
        return key;
    }

    /** The length of the loaded stored key. */
    public int keyLength() {
        return keyLength;
    }

    public int prefixLength() {
        return keyLength - VersionedKey.TIMESTAMP_BYTES;
    }

    public long timestamp() {
        return VersionedKey.timestamp(key, keyLength);
    }

    byte[] value() {
        return value;
    }

    int valueLength() {
        return valueLength;
    }

    int rowLength() {
        return valueLength - StoredRow.MARK_BYTES;
    }

    /** Whether the loaded key's user key is the one whose encoding is the first {@code length} bytes. */
    public boolean startsWith(byte[] encoded, int length) {
        return prefixLength() == length && Arrays.equals(key, 0, length, encoded, 0, length);
    }

    /** Hands the loaded key's array out and goes on with {@code other}, so that the key stays readable uncopied. */
    public byte[] exchangeKey(byte[] other) {
        byte[] loaded = key;
        key = other;
        return loaded;
    }

    /** A second key buffer for the one scan that uses this reader at a time. */
    public byte[] takeSpareKey() {
        return spareKey;
    }

    /** Gives the second buffer back, whichever of the two it is by now. */
    public void returnSpareKey(byte[] spare) {
        spareKey = spare;
    }

    /** Seeks to the newest version at or below {@code timestamp} of the key whose encoding is given. */
    public void seekVersion(byte[] encoded, int length, long timestamp) {
        copyTarget(encoded, length);
        iterator.seek(target, VersionedKey.putTimestamp(target, length, timestamp));
    }

    /** Seeks behind all versions of the key whose encoding is given. */
    public void seekBehind(byte[] encoded, int length) {
        copyTarget(encoded, length);
        iterator.seek(target, VersionedKey.putBehindOldest(target, length));
    }

    private void copyTarget(byte[] encoded, int length) {
        if (target.length < length + VersionedKey.TIMESTAMP_BYTES + 1) {
            target = new byte[2 * length + VersionedKey.TIMESTAMP_BYTES + 1];
        }
        System.arraycopy(encoded, 0, target, 0, length);
    }

    private int encodeTarget(byte[] userKey) {
        int bound = VersionedKey.bound(userKey.length);
        if (target.length < bound) {
            target = new byte[bound];
        }
        return VersionedKey.encode(userKey, 0, userKey.length, target, 0);
    }
}
