package dev.boreal.transport.call;

import com.google.protobuf.MessageLite;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A call whose caller waits. One thread waits; the loop answers. */
public final class AwaitedCall<C extends MessageLite, A> extends Call<C, A> {
    private final Thread caller = Thread.currentThread();
    private volatile boolean done;
    private @Nullable A answer;
    private boolean sent;
    private String reason = "";

    public AwaitedCall(long id, C message) {
        super(id, message);
    }

    /** How the wait ended. */
    public enum End {
        ANSWERED,
        BROKEN,
        INTERRUPTED
    }

    @Override
    public boolean answered(A came) {
        answer = came;
        finish();
        return true;
    }

    @Override
    public void broken(boolean wasSent, String why) {
        sent = wasSent;
        reason = why;
        finish();
    }

    private void finish() {
        done = true;
        LockSupport.unpark(caller);
    }

    /** Waits; an interrupt ends the wait and stays set on the thread. */
    public End await() {
        while (!done) {
            LockSupport.park(this);
            if (!done && Thread.currentThread().isInterrupted()) {
                return End.INTERRUPTED;
            }
        }
        return answer != null ? End.ANSWERED : End.BROKEN;
    }

    /** Whether the wait is over within so long, or ends at once since the thread is interrupted. */
    public boolean isOverWithin(long nanos) {
        long deadline = System.nanoTime() + nanos;
        for (long left = nanos;
                !done && left > 0 && !Thread.currentThread().isInterrupted();
                left = deadline - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
        return done || Thread.currentThread().isInterrupted();
    }

    /** Waits whether interrupted or not; an interrupt stays set on the thread. */
    public End awaitUninterruptibly() {
        boolean interrupted = false;
        while (!done) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            caller.interrupt();
        }
        return answer != null ? End.ANSWERED : End.BROKEN;
    }

    /** After {@link End#ANSWERED}. */
    public A answer() {
        A came = answer;
        if (came == null) {
            throw new IllegalStateException("call " + id() + " was not answered");
        }
        return came;
    }

    /** After {@link End#BROKEN}: whether it may have arrived. */
    public boolean mayHaveArrived() {
        return sent;
    }

    /** After {@link End#BROKEN}: why, for people. */
    public String reason() {
        return reason;
    }
}
