package dev.boreal.adjudicator;

import dev.boreal.clock.Timer;
import java.util.PriorityQueue;

/** A timer in virtual time, which moves when the test says so. One thread. */
public final class VirtualTimer implements Timer {
    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private long now;
    private long scheduled;

    private record Task(long at, long number, Runnable run) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    /** Nanoseconds gone by. */
    public long now() {
        return now;
    }

    @Override
    public Scheduled after(long delayNanos, Runnable run) {
        Task task = new Task(now + delayNanos, scheduled++, run);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    public void advance(long nanos) {
        long end = now + nanos;
        for (Task next = tasks.peek(); next != null && next.at <= end; next = tasks.peek()) {
            tasks.remove();
            now = next.at;
            next.run.run();
        }
        now = end;
    }
}
