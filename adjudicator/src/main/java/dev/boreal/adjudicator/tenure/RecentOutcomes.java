package dev.boreal.adjudicator.tenure;

/**
 * Which transactions the journal holds, by their ids, as far back as memory goes: so that a sender who lost its answer can
 * be told. Two open-addressed tables of fixed size, 16 bytes a slot; when the younger one is three quarters full, the
 * older one is forgotten and takes its place.
 *
 * <p>A pure core: not thread-safe.
 */
public final class RecentOutcomes {
    private final int slots;
    private Table younger;
    private Table older;
    private long since = Long.MAX_VALUE;

    /** @param capacity how many of the latest transactions are remembered at least */
    public RecentOutcomes(int capacity) {
        slots = Integer.highestOneBit(Math.max(16, capacity * 4 / 3)) << 1;
        younger = new Table(slots);
        older = new Table(slots);
    }

    /** Forgets everything: what committed up to {@code timestamp} is unknown. */
    public void restart(long timestamp) {
        younger = new Table(slots);
        older = new Table(slots);
        since = timestamp;
    }

    /** A transaction is durable. Timestamps rise from call to call. */
    public void add(long transactionId, long timestamp) {
        if (younger.count >= slots / 4 * 3) {
            since = Math.max(since, older.last);
            Table free = older;
            older = younger;
            younger = free.count == 0 ? free : new Table(slots);
        }
        younger.put(transactionId, timestamp);
        younger.last = timestamp;
    }

    /** When it committed, or 0 if it is not remembered. */
    public long find(long transactionId) {
        long found = younger.get(transactionId);
        return found != 0 ? found : older.get(transactionId);
    }

    /** Every transaction above this timestamp that the journal holds, as far as it was followed, is remembered. */
    public long since() {
        return since;
    }

    public long size() {
        return (long) younger.count + older.count;
    }

    private static final class Table {
        private final long[] pairs;
        private final int mask;
        private int count;
        private long last;

        Table(int slots) {
            pairs = new long[2 * slots];
            mask = slots - 1;
        }

        /** A slot is free while its timestamp is 0. */
        void put(long id, long timestamp) {
            int slot = slot(id);
            while (pairs[2 * slot + 1] != 0 && pairs[2 * slot] != id) {
                slot = (slot + 1) & mask;
            }
            if (pairs[2 * slot + 1] == 0) {
                count++;
            }
            pairs[2 * slot] = id;
            pairs[2 * slot + 1] = timestamp;
        }

        long get(long id) {
            int slot = slot(id);
            while (pairs[2 * slot + 1] != 0) {
                if (pairs[2 * slot] == id) {
                    return pairs[2 * slot + 1];
                }
                slot = (slot + 1) & mask;
            }
            return 0;
        }

        private int slot(long id) {
            long mixed = id * 0x9E3779B97F4A7C15L;
            return (int) (mixed ^ (mixed >>> 32)) & mask;
        }
    }
}
