package dev.boreal.transport.call;

import java.util.concurrent.atomic.AtomicLong;

/** The highest timestamp that anybody has asked for since the stream's loop looked last: one question for all. */
public final class HighestWish {
    private final AtomicLong wanted = new AtomicLong();

    /** Whether this is higher than what waits to be sent, so that the stream has to be woken. Any thread. */
    public boolean raise(long timestamp) {
        if (wanted.get() >= timestamp) {
            return false;
        }
        wanted.accumulateAndGet(timestamp, Math::max);
        return true;
    }

    /** What to send, 0 if nothing; waits no longer. */
    public long take() {
        return wanted.getAndSet(0);
    }

    /** The stream is gone, and the question with it. */
    public void forget() {
        wanted.set(0);
    }
}
