package dev.boreal.journal.service;

import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a replica's turn, in the order in which it came, as parallel arrays: an append costs no object. Any
 * thread puts; one takes everything at once. The first thing that is put after everything was taken asks for the next turn.
 */
final class ReplicaInbox {
    enum Kind {
        /** Epoch, expected position, entry, listener. */
        APPEND,
        /** Epoch, timestamp. */
        HEARTBEAT,
        /** Peer, frame. */
        FRAME,
        /** A task for the replica's turn. */
        TASK
    }

    /** One filling; read in the replica's turns only. */
    static final class Batch {
        private Kind[] kinds = new Kind[256];
        private long[] firsts = new long[256];
        private long[] seconds = new long[256];
        private @Nullable Object[] objects = new Object[256];
        private @Nullable Object[] others = new Object[256];
        private int size;
        private int appends;
        private long bytes;

        private void add(Kind kind, long first, long second, Object object, @Nullable Object other) {
            if (size == kinds.length) {
                int capacity = size * 2;
                kinds = Arrays.copyOf(kinds, capacity);
                firsts = Arrays.copyOf(firsts, capacity);
                seconds = Arrays.copyOf(seconds, capacity);
                objects = Arrays.copyOf(objects, capacity);
                others = Arrays.copyOf(others, capacity);
            }
            kinds[size] = kind;
            firsts[size] = first;
            seconds[size] = second;
            objects[size] = object;
            others[size] = other;
            size++;
        }

        int size() {
            return size;
        }

        Kind kind(int at) {
            return kinds[at];
        }

        long first(int at) {
            return firsts[at];
        }

        long second(int at) {
            return seconds[at];
        }

        Object object(int at) {
            return java.util.Objects.requireNonNull(objects[at]);
        }

        Object other(int at) {
            return java.util.Objects.requireNonNull(others[at]);
        }

        private void clear() {
            Arrays.fill(objects, 0, size, null);
            Arrays.fill(others, 0, size, null);
            size = 0;
            appends = 0;
            bytes = 0;
        }
    }

    private static final Object NOTHING = new Object();

    private final int maxAppends;
    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private Batch filling = new Batch();
    private boolean asked;
    private boolean closed;
    private volatile Runnable turn = () -> {};

    ReplicaInbox(int maxAppends, long maxBytes) {
        this.maxAppends = maxAppends;
        this.maxBytes = maxBytes;
    }

    /** From now on {@code newTurn} is run whenever something waits of which no turn knows; it must not take the turn itself. */
    void listen(Runnable newTurn) {
        turn = newTurn;
    }

    /** What became of something that was put. */
    enum Put {
        DONE,
        FULL,
        CLOSED
    }

    Put append(long epoch, long expectedPosition, Object entry, int bytes, Object listener) {
        lock.lock();
        try {
            if (closed) {
                return Put.CLOSED;
            }
            if (filling.appends >= maxAppends || filling.bytes >= maxBytes) {
                return Put.FULL;
            }
            filling.appends++;
            filling.bytes += bytes;
            filling.add(Kind.APPEND, epoch, expectedPosition, entry, listener);
            if (asked) {
                return Put.DONE;
            }
            asked = true;
        } finally {
            lock.unlock();
        }
        turn.run();
        return Put.DONE;
    }

    void heartbeat(long epoch, long timestamp) {
        put(Kind.HEARTBEAT, epoch, timestamp, NOTHING, null);
    }

    void frame(String peer, byte[] frame) {
        put(Kind.FRAME, 0, 0, peer, frame);
    }

    /** False if the replica has ended; the task will not run then. */
    boolean task(Runnable task) {
        return put(Kind.TASK, 0, 0, task, null);
    }

    private boolean put(Kind kind, long first, long second, Object object, @Nullable Object other) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            filling.add(kind, first, second, object, other);
            if (asked) {
                return true;
            }
            asked = true;
        } finally {
            lock.unlock();
        }
        turn.run();
        return true;
    }

    /** Everything that waits, perhaps nothing. The batch before is used again. */
    Batch take(Batch before) {
        before.clear();
        lock.lock();
        try {
            asked = false;
            Batch taken = filling;
            filling = before;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more; gives what was waiting. */
    Batch close() {
        lock.lock();
        try {
            closed = true;
            Batch left = filling;
            filling = new Batch();
            return left;
        } finally {
            lock.unlock();
        }
    }

    static Batch emptyBatch() {
        return new Batch();
    }
}
