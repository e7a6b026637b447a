package dev.boreal.journal.client;

import org.jspecify.annotations.Nullable;

/** Appends in the order in which they were made. Not thread-safe. */
final class PendingRow {
    private @Nullable PendingEntry first;
    private @Nullable PendingEntry last;
    private int size;
    private long bytes;

    void add(PendingEntry pending) {
        pending.before = last;
        if (last == null) {
            first = pending;
        } else {
            last.next = pending;
        }
        last = pending;
        size++;
        bytes += pending.entry.payload().length;
    }

    /** False if it was answered before. */
    boolean remove(PendingEntry pending) {
        if (pending.answered) {
            return false;
        }
        pending.answered = true;
        PendingEntry before = pending.before;
        PendingEntry next = pending.next;
        if (before == null) {
            first = next;
        } else {
            before.next = next;
        }
        if (next == null) {
            last = before;
        } else {
            next.before = before;
        }
        size--;
        bytes -= pending.entry.payload().length;
        return true;
    }

    @Nullable PendingEntry first() {
        return first;
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean isFull(ClientConfiguration configuration) {
        return size >= configuration.pendingEntries() || bytes >= configuration.pendingBytes();
    }
}
