package dev.boreal.queryprocessor.session;

import dev.boreal.clock.Timer;
import java.util.ArrayList;
import java.util.List;

/** A timer whose time goes by when the test says so. */
final class ManualTimer implements Timer {
    private final List<Alarm> alarms = new ArrayList<>();
    private long now;

    private record Alarm(long at, Runnable task) {}

    @Override
    public Scheduled after(long delayNanos, Runnable task) {
        Alarm alarm = new Alarm(now + delayNanos, task);
        alarms.add(alarm);
        return () -> alarms.remove(alarm);
    }

    int waiting() {
        return alarms.size();
    }

    void pass(long nanos) {
        now += nanos;
        for (Alarm alarm : List.copyOf(alarms)) {
            if (alarm.at() <= now && alarms.remove(alarm)) {
                alarm.task().run();
            }
        }
    }
}
