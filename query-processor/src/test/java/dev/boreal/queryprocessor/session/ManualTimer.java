package dev.boreal.queryprocessor.session;

import dev.boreal.clock.Timer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A timer whose time goes by when the test says so. Any thread may set alarms. */
final class ManualTimer implements Timer {
    private final List<Alarm> alarms = new CopyOnWriteArrayList<>();
    private final AtomicLong now = new AtomicLong();

    private record Alarm(long at, Runnable task) {}

    @Override
    public Scheduled after(long delayNanos, Runnable task) {
        Alarm alarm = new Alarm(now.get() + delayNanos, task);
        alarms.add(alarm);
        return () -> alarms.remove(alarm);
    }

    int waiting() {
        return alarms.size();
    }

    void pass(long nanos) {
        long reached = now.addAndGet(nanos);
        for (Alarm alarm : List.copyOf(alarms)) {
            if (alarm.at() <= reached && alarms.remove(alarm)) {
                alarm.task().run();
            }
        }
    }
}
