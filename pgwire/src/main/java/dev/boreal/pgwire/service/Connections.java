package dev.boreal.pgwire.service;

import dev.boreal.pgwire.conversation.Admission;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Who is connected, and how many of them may have sessions. Any thread may call. */
final class Connections implements Admission {
    private final int maxSessions;
    private final AtomicInteger sessions = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition emptied = lock.newCondition();
    private final Set<Connection> open = new HashSet<>();

    Connections(int maxSessions) {
        this.maxSessions = maxSessions;
    }

    @Override
    public boolean enter() {
        for (; ; ) {
            int now = sessions.get();
            if (now >= maxSessions) {
                return false;
            }
            if (sessions.compareAndSet(now, now + 1)) {
                return true;
            }
        }
    }

    @Override
    public void leave() {
        sessions.decrementAndGet();
    }

    void add(Connection connection) {
        lock.lock();
        try {
            open.add(connection);
        } finally {
            lock.unlock();
        }
    }

    void remove(Connection connection) {
        lock.lock();
        try {
            open.remove(connection);
            if (open.isEmpty()) {
                emptied.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    List<Connection> list() {
        lock.lock();
        try {
            return List.copyOf(open);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all are gone and their sessions closed; false if they were not in time. */
    boolean awaitNone(long timeoutNanos) throws InterruptedException {
        long left = timeoutNanos;
        lock.lock();
        try {
            while (!open.isEmpty()) {
                if (left <= 0) {
                    return false;
                }
                left = emptied.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
