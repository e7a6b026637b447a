package dev.boreal.adjudicator.conflict;

import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.contracts.transaction.Accesses;
import java.util.ArrayList;

/**
 * The point accesses committed lately: for every fingerprint and mode the latest commit. READ is not remembered, since
 * commit order is serialization order: a later writer comes after the reader anyway.
 *
 * <p>Time is cut into generations, the retention divided by a configured number. Expiry drops a whole generation, so
 * nothing is ever searched for what is old; what is remembered reaches back between one retention and one retention and
 * a slice. A lookup asks the newest generation first and stops at the first one that ended before the snapshot: a
 * snapshot of a few milliseconds asks one generation, a snapshot of minutes asks them all.
 *
 * <p>Not thread-safe: its owner is the core.
 */
public final class FingerprintWindow {
    private static final int RESERVE_FROM = 4_096;

    private final long retention;
    private final long slice;
    private final ArrayList<Generation> generations = new ArrayList<>();
    private long floor;

    /**
     * @param retention nanoseconds
     * @param slices into how many generations it is cut
     * @param floor everything up to here is unknown; whatever is remembered lies above
     */
    public FingerprintWindow(long retention, int slices, long floor) {
        this.retention = retention;
        this.slice = Math.max(1, retention / slices);
        this.floor = floor;
        generations.add(new Generation(floor + 1));
    }

    /** Forgets everything: snapshots below {@code newFloor} cannot be judged any more. */
    public void restart(long newFloor) {
        floor = newFloor;
        generations.clear();
        generations.add(new Generation(newFloor + 1));
    }

    /** A snapshot below this cannot be judged: what was committed at or before it may be forgotten. */
    public long floor() {
        return floor;
    }

    /** The latest commit above {@code snapshot} that conflicts with {@code mode}, or 0. */
    public long newestConflict(long fingerprint, AccessMode mode, long snapshot) {
        int mask = mode.conflictMask();
        long hash = FingerprintHash.of(fingerprint);
        for (int i = generations.size() - 1; i >= 0; i--) {
            Generation generation = generations.get(i);
            if (generation.newest() <= snapshot && !generation.isEmpty()) {
                return 0;
            }
            long found = generation.newest(fingerprint, hash, mask, snapshot);
            if (found != 0) {
                return found;
            }
        }
        return 0;
    }

    /** How the commit at {@code timestamp}, which {@link #newestConflict} has found, accessed the key. */
    public AccessMode modeAt(long fingerprint, long timestamp) {
        long hash = FingerprintHash.of(fingerprint);
        for (int i = generations.size() - 1; i >= 0; i--) {
            Generation generation = generations.get(i);
            int mode = generation.start() <= timestamp ? generation.modeAt(fingerprint, hash, timestamp) : -1;
            if (mode >= 0) {
                return AccessMode.ofCode(mode);
            }
        }
        throw new IllegalArgumentException("nothing is remembered at " + timestamp);
    }

    /** Remembers the accesses of a commit. Timestamps rise from call to call. */
    public void remember(Accesses accesses, long timestamp) {
        rotate(timestamp);
        Generation newest = generations.getLast();
        long[] fingerprints = accesses.fingerprints();
        byte[] modes = accesses.modes();
        if (fingerprints.length >= RESERVE_FROM) {
            newest.reserve(fingerprints.length);
        }
        int read = AccessMode.READ.code();
        for (int i = 0; i < fingerprints.length; i++) {
            if (modes[i] != read) {
                newest.remember(fingerprints[i], modes[i], timestamp);
            }
        }
    }

    private void rotate(long timestamp) {
        Generation newest = generations.getLast();
        if (timestamp - newest.start() < slice) {
            return;
        }
        expire(timestamp);
        if (generations.getLast().isEmpty()) {
            generations.removeLast();
        }
        generations.add(new Generation(timestamp));
    }

    /** Frees what nobody may ask for any more at time {@code now}. */
    public void expire(long now) {
        long horizon = now - retention;
        while (generations.size() > 1 && generations.get(1).start() <= horizon) {
            floor = generations.get(1).start() - 1;
            generations.removeFirst();
        }
        Generation newest = generations.getLast();
        if (!newest.isEmpty() && newest.newest() <= horizon) {
            restart(horizon);
        }
    }

    /** How many (fingerprint, mode) pairs are held. */
    public long entries() {
        long entries = 0;
        for (Generation generation : generations) {
            entries += generation.entries();
        }
        return entries;
    }

    /** What the arrays of the tables take. */
    public long arrayBytes() {
        long bytes = 0;
        for (Generation generation : generations) {
            bytes += generation.arrayBytes();
        }
        return bytes;
    }
}
