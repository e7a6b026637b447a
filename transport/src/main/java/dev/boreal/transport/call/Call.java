package dev.boreal.transport.call;

import com.google.protobuf.MessageLite;
import dev.boreal.transport.link.MalformedMessageException;

/**
 * One call on its way. Its methods are called on the stream's loop and must not block.
 *
 * @param <C> how it travels
 * @param <A> what comes back
 */
public abstract class Call<C extends MessageLite, A> {
    private final long id;
    private final C message;
    private final int bytes;
    private long deadlineNanos = Long.MAX_VALUE;

    /** Built on the thread that makes the call, so that a loop only has to copy it. */
    protected Call(long id, C message) {
        this.id = id;
        this.message = message;
        this.bytes = message.getSerializedSize();
    }

    public final long id() {
        return id;
    }

    public final C message() {
        return message;
    }

    public final int bytes() {
        return bytes;
    }

    /** Whether anything comes back at all. */
    public boolean wantsAnswer() {
        return true;
    }

    /** True if this was the last answer. */
    public abstract boolean answered(A answer) throws MalformedMessageException;

    /**
     * No answer comes.
     *
     * @param sent whether it may have arrived
     */
    public abstract void broken(boolean sent, String reason);

    final void expireAt(long nanos) {
        deadlineNanos = nanos;
    }

    final boolean isExpired(long nowNanos) {
        return deadlineNanos != Long.MAX_VALUE && nowNanos - deadlineNanos >= 0;
    }
}
