package dev.boreal.storage.trim;

import dev.boreal.contracts.key.Keys;
import dev.boreal.storage.read.VersionReader;
import dev.boreal.storage.version.VersionBatch;
import dev.boreal.storage.version.VersionedKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One sweep over a range of keys: of each key every version below the newest one at or below the horizon is removed,
 * and that one too if it is a tombstone. Works in portions over one view. Not thread-safe.
 *
 * <p>A tombstone is removed behind all that it hides, in the same batch or a later one: since what survives a crash is a
 * prefix of the batches, nothing hidden comes back. Removable versions of one key, when there are many, go with a single
 * range deletion, unvisited; versions above the horizon, when there are many, are sought past. So a row that is updated
 * all the time costs a few steps per sweep.
 */
public final class Sweep {
    private static final int STEPS_BEFORE_SEEK = 8;
    /** Single removals of one key before the rest goes as a range: range deletions burden every later read a little. */
    private static final int SINGLES_BEFORE_RANGE = 128;

    private enum Move {
        START,
        AGAIN,
        NEXT,
        BEHIND,
        HORIZON
    }

    private final VersionReader reader;
    private final byte[] start;
    private final byte[] end;
    private final long horizon;
    private final int versionsPerCut;
    private final List<byte[]> cuts = new ArrayList<>();
    private byte[] key;
    private int keyLength = -1;
    private byte[] bound = new byte[256];
    private Move move = Move.START;
    private boolean settled;
    private int steps;
    private byte[] tombstone = Keys.EMPTY;
    private long kept;
    private long keptAtCut;
    private long removed;
    private boolean removedRanges;

    /** Sweeps encoded keys from {@code start} to below {@code end}; an empty end is the end of all keys. */
    public Sweep(VersionReader reader, byte[] start, byte[] end, long horizon, int versionsPerCut) {
        this.reader = reader;
        this.start = start;
        this.end = end;
        this.horizon = horizon;
        this.versionsPerCut = versionsPerCut;
        this.key = reader.takeSpareKey();
    }

    /** Looks at up to {@code budget} versions and adds removals to {@code batch}; true when the range is through. */
    public boolean step(VersionBatch batch, int budget) {
        for (int left = budget; left > 0; left--) {
            move();
            if (!reader.loadKey() || isBehindEnd()) {
                removeTombstone(batch);
                return true;
            }
            if (!reader.startsWith(key, keyLength)) {
                removeTombstone(batch);
                beginKey();
            }
            if (settled) {
                remove(batch);
            } else {
                settle();
            }
        }
        return false;
    }

    /** The reader's view was moved to the present: goes on from the current key, which is looked at once more. */
    public void viewMoved() {
        if (keyLength >= 0) {
            move = Move.AGAIN;
            tombstone = Keys.EMPTY;
        }
    }

    /** Versions seen and left; those that were sought past are not counted. */
    public long kept() {
        return kept;
    }

    /** Removals, a range counted as one. */
    public long removed() {
        return removed;
    }

    /** Whether any key had so many versions to remove that they went as a range. */
    public boolean removedRanges() {
        return removedRanges;
    }

    /** Encoded keys that cut the range into parts of about the wanted number of versions. */
    public List<byte[]> cuts() {
        return cuts;
    }

    public void close() {
        reader.returnSpareKey(key);
    }

    private void move() {
        switch (move) {
            case START -> reader.iterator().seek(start, start.length);
            case AGAIN -> {
                reader.iterator().seek(key, keyLength);
                keyLength = -1;
            }
            case NEXT -> reader.iterator().next();
            case BEHIND -> reader.seekBehind(key, keyLength);
            case HORIZON -> reader.seekVersion(key, keyLength, horizon);
        }
        move = Move.NEXT;
    }

    private void beginKey() {
        keyLength = reader.prefixLength();
        if (key.length < keyLength) {
            key = new byte[2 * keyLength];
        }
        System.arraycopy(reader.key(), 0, key, 0, keyLength);
        settled = false;
        steps = 0;
        if (kept - keptAtCut >= versionsPerCut) {
            cuts.add(Arrays.copyOf(key, keyLength));
            keptAtCut = kept;
        }
    }

    private void settle() {
        if (reader.timestamp() > horizon) {
            kept++;
            if (++steps == STEPS_BEFORE_SEEK) {
                move = Move.HORIZON;
            }
            return;
        }
        settled = true;
        steps = 0;
        if (reader.isTombstone()) {
            tombstone = Arrays.copyOf(reader.key(), reader.keyLength());
        } else {
            kept++;
        }
    }

    private void remove(VersionBatch batch) {
        removed++;
        if (++steps < SINGLES_BEFORE_RANGE) {
            batch.removeVersion(reader.key(), reader.keyLength());
            return;
        }
        if (bound.length < keyLength + VersionedKey.TIMESTAMP_BYTES + 1) {
            bound = new byte[2 * keyLength + VersionedKey.TIMESTAMP_BYTES + 1];
        }
        System.arraycopy(key, 0, bound, 0, keyLength);
        int boundLength = VersionedKey.putBehindOldest(bound, keyLength);
        batch.removeVersions(reader.key(), reader.keyLength(), bound, boundLength);
        removedRanges = true;
        move = Move.BEHIND;
    }

    private void removeTombstone(VersionBatch batch) {
        if (tombstone.length != 0) {
            batch.removeVersion(tombstone, tombstone.length);
            removed++;
            tombstone = Keys.EMPTY;
        }
    }

    private boolean isBehindEnd() {
        return end.length != 0 && Keys.compare(reader.key(), 0, reader.prefixLength(), end, 0, end.length) >= 0;
    }
}
