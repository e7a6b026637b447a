package dev.boreal.journal.client;

import java.util.ArrayList;
import java.util.List;
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

    /** Removes those of this epoch and earlier ones. */
    List<PendingEntry> takeThrough(long epoch) {
        List<PendingEntry> taken = new ArrayList<>();
        for (PendingEntry each = first; each != null; each = each.next) {
            if (each.epoch <= epoch) {
                taken.add(each);
            }
        }
        taken.forEach(this::remove);
        return taken;
    }

    /** Removes those whose deadline has passed. */
    List<PendingEntry> takeLate(long now) {
        List<PendingEntry> taken = new ArrayList<>();
        for (PendingEntry each = first; each != null && now > each.deadline; each = first) {
            remove(each);
            taken.add(each);
        }
        return taken;
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
