package dev.boreal.adjudicator.service;

import dev.boreal.clock.Clock;
import dev.boreal.clock.Timer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The wait by a timer instead of a thread: coarser, and fit for virtual time. */
final class TimedCommitWait implements CommitWait {
    private static final long LONGEST_NANOS = 1_000_000;

    private final Clock clock;
    private final Timer timer;
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>(); // guarded by this
    private boolean scheduled; // guarded by this
    private boolean closed; // guarded by this

    TimedCommitWait(Clock clock, Timer timer) {
        this.clock = clock;
        this.timer = timer;
    }

    @Override
    public boolean isPassed(long timestamp) {
        return clock.earliest() > timestamp;
    }

    @Override
    public void add(Waiting waiting) {
        synchronized (this) {
            if (!closed) {
                queue.add(waiting);
                schedule();
                return;
            }
        }
        answer(waiting);
    }

    private synchronized void schedule() {
        Waiting head = queue.peekFirst();
        if (head != null && !scheduled) {
            scheduled = true;
            long remaining = head.timestamp() + 1 - clock.earliest();
            timer.after(Math.clamp(remaining, 0, LONGEST_NANOS), this::look);
        }
    }

    private void look() {
        synchronized (this) {
            scheduled = false;
        }
        for (Waiting passed = takePassed(); passed != null; passed = takePassed()) {
            passed.onPassed();
        }
        schedule();
    }

    private synchronized @Nullable Waiting takePassed() {
        Waiting head = queue.peekFirst();
        return head != null && isPassed(head.timestamp()) ? queue.pollFirst() : null;
    }

    private void answer(Waiting waiting) {
        if (isPassed(waiting.timestamp())) {
            waiting.onPassed();
        } else {
            waiting.onGivenUp();
        }
    }

    @Override
    public void close() {
        while (true) {
            Waiting next;
            synchronized (this) {
                closed = true;
                next = queue.pollFirst();
            }
            if (next == null) {
                return;
            }
            answer(next);
        }
    }
}
