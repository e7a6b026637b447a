package dev.boreal.adjudicator.service;

import dev.boreal.clock.Timer;
import java.util.ArrayList;
import java.util.List;

/** A timer whose tasks run when the test says so. */
final class ManualTimer implements Timer {
    private final List<Task> tasks = new ArrayList<>();

    record Task(long delayNanos, Runnable run) {}

    @Override
    public synchronized Scheduled after(long delayNanos, Runnable run) {
        Task task = new Task(delayNanos, run);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    /** Runs all that is scheduled now; returns the delays asked for meanwhile. */
    List<Long> fire() {
        List<Task> due;
        synchronized (this) {
            due = List.copyOf(tasks);
            tasks.clear();
        }
        due.forEach(task -> task.run.run());
        synchronized (this) {
            return tasks.stream().map(Task::delayNanos).toList();
        }
    }
}
