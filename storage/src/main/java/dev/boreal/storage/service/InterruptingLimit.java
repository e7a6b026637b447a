package dev.boreal.storage.service;

import dev.boreal.clock.Timer;
import dev.boreal.contracts.read.ReadRefused;
import dev.boreal.contracts.read.ReadRefused.Reason;
import dev.boreal.storage.client.TimeLimit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Bounds a read on the caller's own thread: a timer interrupts it, which every read of the door answers with a refusal. An
 * interrupt from elsewhere is passed on; one of this timer's that comes when the read is over already is taken back.
 */
public final class InterruptingLimit implements TimeLimit {
    private final Timer timer;

    public InterruptingLimit(Timer timer) {
        this.timer = timer;
    }

    @Override
    public <T> T call(long limitNanos, Supplier<T> read) {
        Alarm alarm = new Alarm(Thread.currentThread());
        Timer.Scheduled scheduled = timer.after(limitNanos, alarm::ring);
        boolean rang = false;
        try {
            return read.get();
        } catch (ReadRefused e) {
            rang = alarm.turnOff();
            throw rang && e.reason() == Reason.INTERRUPTED
                    ? new ReadRefused(Reason.TIMED_OUT, "no answer within " + limitNanos / 1_000_000 + " ms", e)
                    : e;
        } finally {
            scheduled.cancel();
            if (rang || alarm.turnOff()) {
                Thread.interrupted();
            }
        }
    }

    @Override
    public void pause(long nanos) {
        LockSupport.parkNanos(this, nanos);
        if (Thread.interrupted()) {
            throw Refusal.interrupted();
        }
    }

    private static final class Alarm {
        private final Thread reader;
        private boolean off; // guarded by this
        private boolean rang; // guarded by this

        Alarm(Thread reader) {
            this.reader = reader;
        }

        synchronized void ring() {
            if (!off) {
                rang = true;
                reader.interrupt();
            }
        }

        /** Whether it rang; it never will afterwards. */
        synchronized boolean turnOff() {
            off = true;
            return rang;
        }
    }
}
