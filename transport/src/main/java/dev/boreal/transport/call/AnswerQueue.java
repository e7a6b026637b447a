package dev.boreal.transport.call;

import dev.boreal.transport.link.ServerStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.jctools.queues.MpscUnboundedArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * The answers that wait to be sent back on one stream. Any thread answers, the stream's loop takes. Bounded by the number of
 * calls begun and not answered.
 */
public final class AnswerQueue<A> {
    private final ServerStream stream;
    private final int mostCalls;
    private final MpscUnboundedArrayQueue<A> waiting = new MpscUnboundedArrayQueue<>(256);
    private final AtomicInteger open = new AtomicInteger();

    public AnswerQueue(ServerStream stream, int mostCalls) {
        this.stream = stream;
        this.mostCalls = mostCalls;
    }

    /** Takes a call on; false if there are too many, and it must be refused at once. Answer it exactly once either way. */
    public boolean begin() {
        return open.incrementAndGet() <= mostCalls;
    }

    /** The last answer to a call that was begun. */
    public void answer(A answer) {
        waiting.offer(answer);
        stream.wake();
    }

    /** An answer after which more come, or something that nobody called for. */
    public void tell(A answer) {
        open.incrementAndGet();
        answer(answer);
    }

    public @Nullable A poll() {
        A answer = waiting.poll();
        if (answer != null) {
            open.decrementAndGet();
        }
        return answer;
    }
}
