package dev.boreal.adjudicator.tenure;

import java.util.HashMap;
import java.util.Map;

/**
 * Transactions whose senders have lost the answer and ask for it: from then on they may not commit any more, or the answer
 * "never" would be a guess. Forgotten when their snapshots are too old to commit anyway.
 *
 * <p>A pure core: not thread-safe, its owner is the adjudicator's core. Nearly always empty.
 */
public final class LostTransactions {
    private static final int MOST = 100_000;

    private final Map<Long, Long> snapshots = new HashMap<>();

    /** False if there are too many. */
    public boolean add(long transactionId, long snapshot) {
        if (snapshots.size() >= MOST && !snapshots.containsKey(transactionId)) {
            return false;
        }
        snapshots.put(transactionId, snapshot);
        return true;
    }

    public boolean contains(long transactionId) {
        return !snapshots.isEmpty() && snapshots.containsKey(transactionId);
    }

    /** Forgets those whose snapshots lie below {@code floor}. */
    public void expire(long floor) {
        if (!snapshots.isEmpty()) {
            snapshots.values().removeIf(snapshot -> snapshot < floor);
        }
    }
}
