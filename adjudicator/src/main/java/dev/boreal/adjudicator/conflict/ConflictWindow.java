package dev.boreal.adjudicator.conflict;

import dev.boreal.adjudicator.AdjudicatorConfiguration;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.contracts.transaction.Accesses;
import dev.boreal.contracts.transaction.CommitRequest;
import dev.boreal.contracts.transaction.Conflict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is remembered of committed transactions: points, written keys, names. Not thread-safe: its owner is the core.
 */
public final class ConflictWindow {
    private static final int UNKNOWN = -1;

    private final String adjudicator;
    private final long retention;
    private final FingerprintWindow points;
    private final WrittenKeys keys;
    private final RecentCommits commits;

    /** Nothing at or below {@code floor} is known. */
    public ConflictWindow(AdjudicatorConfiguration configuration, long floor) {
        adjudicator = configuration.name();
        retention = configuration.retention().toNanos();
        points = new FingerprintWindow(retention, configuration.generations(), floor);
        keys = new WrittenKeys(configuration.rangeMemoryBytes(), floor);
        commits = new RecentCommits(configuration.namedCommits());
    }

    /** Requests with a snapshot below this are to be refused: conflicting commits may be forgotten. */
    public long floor() {
        return points.floor();
    }

    /** The first access of the request that conflicts, with the latest commit that it conflicts with; else null. */
    public @Nullable Conflict check(CommitRequest request) {
        Accesses accesses = request.accesses();
        long[] fingerprints = accesses.fingerprints();
        byte[] modes = accesses.modes();
        long snapshot = request.snapshot();
        for (int i = 0; i < fingerprints.length; i++) {
            AccessMode mode = AccessMode.ofCode(modes[i]);
            long winner = points.newestConflict(fingerprints[i], mode, snapshot);
            if (winner != 0) {
                AccessMode winnerMode = points.modeAt(fingerprints[i], winner);
                return conflict(i, -1, mode, winnerMode, winner, commits.find(winner), snapshot);
            }
        }
        return checkRanges(accesses.readRanges(), snapshot);
    }

    private @Nullable Conflict checkRanges(List<KeyRange> ranges, long snapshot) {
        for (int i = 0; i < ranges.size(); i++) {
            if (snapshot < keys.floor()) {
                return conflict(-1, i, AccessMode.READ, AccessMode.WRITE, keys.floor(), UNKNOWN, snapshot);
            }
            long winner = keys.any(ranges.get(i), snapshot);
            if (winner != 0) {
                int handle = commits.find(winner);
                return conflict(-1, i, AccessMode.READ, AccessMode.WRITE, winner, handle, snapshot);
            }
        }
        return null;
    }

    private Conflict conflict(
            int access, int range, AccessMode loser, AccessMode winnerMode, long winner, int handle, long snapshot) {
        return new Conflict(
                access,
                range,
                loser,
                winnerMode,
                commits.transactionId(handle),
                winner,
                commits.session(handle),
                commits.region(handle),
                snapshot,
                adjudicator);
    }

    /**
     * Remembers a commit: its accesses and the footprints of all its write sets. If memory runs out half-way, the window
     * fails safe: it forgets everything and raises its floor to the commit, so that no older snapshot can pass it.
     */
    public void remember(CommitRequest request, List<WriteFootprint> footprints, long timestamp) {
        boolean whole = false;
        try {
            points.remember(request.accesses(), timestamp);
            for (int i = 0; i < footprints.size(); i++) {
                keys.remember(footprints.get(i), timestamp);
            }
            commits.add(timestamp, request.transactionId(), request.session(), request.region());
            whole = true;
        } finally {
            if (!whole) {
                points.restart(timestamp);
                keys.restart(timestamp);
            }
        }
    }

    /** Frees what nobody may ask for any more at time {@code now}. */
    public void expire(long now) {
        points.expire(now);
        keys.expire(now - retention);
    }

    /** How many (key, mode) pairs are remembered. */
    public long remembered() {
        return points.entries();
    }

    /** What the arrays take. */
    public long arrayBytes() {
        return points.arrayBytes() + keys.arrayBytes();
    }
}
