package dev.boreal.storage.cache;

import dev.boreal.contracts.key.KeyFingerprint;
import dev.boreal.contracts.key.KeyRange;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One part of {@link CommittedRows}: a chained table under a lock of its own, read without it. */
final class Segment {
    /** Header, timestamp, references and flag of a row, its slot, and the headers of its two arrays, rounded up. */
    private static final int ROW_OVERHEAD = 32 + 6 + 2 * 16;
    /** A row larger than this part of a segment is not worth what it would displace. */
    private static final int LARGEST_PART = 8;

    private final ReentrantLock lock = new ReentrantLock();
    private final long capacity;
    private volatile @Nullable Row[] table = new Row[16];
    private int rows;
    private long bytes;
    private int hand;

    /** Raised with every write told; written under the lock. */
    volatile long stamp;

    Segment(long capacity) {
        this.capacity = capacity;
    }

    /** Immutable but for the link and the mark of CLOCK, both of which may be read by race. */
    private static final class Row {
        final byte[] key;
        final byte[] value;
        final long timestamp;
        boolean used;

        @Nullable Row next;

        Row(byte[] key, byte[] value, long timestamp, @Nullable Row next) {
            this.key = key;
            this.value = value;
            this.timestamp = timestamp;
            this.next = next;
        }

        long size() {
            return (long) ROW_OVERHEAD + key.length + value.length;
        }
    }

    byte @Nullable [] lookUp(byte[] key, int hash, long asOf) {
        @Nullable Row[] current = table;
        for (Row row = current[hash & (current.length - 1)]; row != null; row = row.next) {
            if (Arrays.equals(row.key, key)) {
                if (row.timestamp > asOf) {
                    return null;
                }
                if (!row.used) {
                    row.used = true;
                }
                return row.value;
            }
        }
        return null;
    }

    void fill(byte[] key, int hash, long timestamp, byte[] value, long stampBefore) {
        if (stamp != stampBefore || isTooLarge(key.length, value.length)) {
            return;
        }
        lock.lock();
        try {
            if (stamp == stampBefore && find(key, 0, key.length, hash) == null) {
                insert(new Row(key.clone(), value, timestamp, null), hash);
            }
        } finally {
            lock.unlock();
        }
    }

    void written(
            byte[] buffer, int keyOffset, int keyLength, int hash, int valueOffset, int valueLength, long timestamp) {
        lock.lock();
        try {
            raiseStamp();
            if (rows == 0) {
                return;
            }
            Row row = find(buffer, keyOffset, keyLength, hash);
            if (row == null) {
                return;
            }
            if (valueLength < 0 || isTooLarge(keyLength, valueLength)) {
                replace(row, hash, row.next);
                rows--;
                bytes -= row.size();
                return;
            }
            byte[] value = Arrays.copyOfRange(buffer, valueOffset, valueOffset + valueLength);
            Row newer = new Row(row.key, value, timestamp, row.next);
            newer.used = true;
            replace(row, hash, newer);
            bytes += newer.size() - row.size();
            evict();
        } finally {
            lock.unlock();
        }
    }

    void forget(KeyRange range) {
        lock.lock();
        try {
            raiseStamp();
            @Nullable Row[] current = table;
            for (int slot = 0; slot < current.length; slot++) {
                for (Row row = current[slot]; row != null; row = row.next) {
                    if (range.contains(row.key)) {
                        replace(row, slot, row.next);
                        rows--;
                        bytes -= row.size();
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }

    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    int rows() {
        lock.lock();
        try {
            return rows;
        } finally {
            lock.unlock();
        }
    }

    /** Only under the lock. */
    private void raiseStamp() {
        long before = stamp;
        stamp = before + 1;
    }

    private boolean isTooLarge(int keyLength, int valueLength) {
        return ((long) ROW_OVERHEAD + keyLength + valueLength) * LARGEST_PART > capacity;
    }

    private @Nullable Row find(byte[] buffer, int offset, int length, int hash) {
        @Nullable Row[] current = table;
        Row row = current[hash & (current.length - 1)];
        while (row != null && !Arrays.equals(row.key, 0, row.key.length, buffer, offset, offset + length)) {
            row = row.next;
        }
        return row;
    }

    private void insert(Row row, int hash) {
        if (rows >= table.length - (table.length >> 2)) {
            grow();
        }
        @Nullable Row[] current = table;
        int slot = hash & (current.length - 1);
        row.next = current[slot];
        current[slot] = row;
        rows++;
        bytes += row.size();
        evict();
    }

    /** Puts {@code with} into the place of {@code row} in its chain. */
    private void replace(Row row, int hash, @Nullable Row with) {
        @Nullable Row[] current = table;
        int slot = hash & (current.length - 1);
        Row before = current[slot];
        if (before == row) {
            current[slot] = with;
            return;
        }
        while (before != null && before.next != row) {
            before = before.next;
        }
        if (before != null) {
            before.next = with;
        }
    }

    private void grow() {
        @Nullable Row[] old = table;
        @Nullable Row[] larger = new Row[2 * old.length];
        for (Row head : old) {
            Row next;
            for (Row row = head; row != null; row = next) {
                next = row.next;
                int slot = (int) KeyFingerprint.of(row.key) & (larger.length - 1);
                row.next = larger[slot];
                larger[slot] = row;
            }
        }
        table = larger;
    }

    /** CLOCK: a row that was used since the hand came by stays for another round. */
    private void evict() {
        @Nullable Row[] current = table;
        while (bytes > capacity && rows > 0) {
            hand = (hand + 1) & (current.length - 1);
            for (Row row = current[hand]; row != null; row = row.next) {
                if (row.used) {
                    row.used = false;
                } else {
                    replace(row, hand, row.next);
                    rows--;
                    bytes -= row.size();
                }
            }
        }
    }
}
