package dev.boreal.launcher.service;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Which part of a journal is old enough to be forgotten. Positions say nothing about age, so the journal's end is noted
 * from time to time: what stood there when a note was made is at least as old as the note. A pure core; a restart
 * begins without notes and therefore forgets nothing for a while.
 */
final class TrimSchedule {
    private final long ageNanos;
    private final long intervalNanos;
    private final Deque<Note> notes = new ArrayDeque<>();
    private long oldEnough;

    /**
     * @param ageNanos how old an entry must be
     * @param notes how many notes cover that age
     */
    TrimSchedule(long ageNanos, int notes) {
        this.ageNanos = ageNanos;
        this.intervalNanos = Math.max(1, ageNanos / notes);
    }

    private record Note(long madeAt, long position) {}

    /** Notes that the journal ends at {@code lastPosition}, unless the last note is recent. Times must not fall. */
    void note(long now, long lastPosition) {
        Note last = notes.peekLast();
        if (last == null || now - last.madeAt >= intervalNanos) {
            notes.addLast(new Note(now, lastPosition));
        }
    }

    /** The last position that is old enough, 0 if none is known to be. */
    long oldEnough(long now) {
        for (Note first = notes.peekFirst();
                first != null && now - first.madeAt >= ageNanos;
                first = notes.peekFirst()) {
            oldEnough = first.position;
            notes.removeFirst();
        }
        return oldEnough;
    }
}
