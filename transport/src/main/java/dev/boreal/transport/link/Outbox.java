package dev.boreal.transport.link;

import com.google.protobuf.MessageLite;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends whatever waits. Whoever has something new calls {@link #wake}, of which the first since the last look schedules
 * one look on the stream's loop; what gathers until then travels in the same message. While the stream cannot take more,
 * everything waits where it is, and the stream tells when it can.
 */
abstract class Outbox {
    private final EventLoop loop;
    private final Supplier<@Nullable MessageLite> source;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicBoolean scheduledLater = new AtomicBoolean();
    private final Runnable look = this::look;
    private final Runnable lateLook = this::lookLate;
    private boolean sent;

    Outbox(EventLoop loop, Supplier<@Nullable MessageLite> source) {
        this.loop = loop;
        this.source = source;
    }

    /** Whether the stream stands and takes a message without queueing it. On the loop. */
    abstract boolean canSend();

    abstract void send(Payload payload);

    /** Comes before every look that somebody asked for. On the loop. */
    void beforeLook() {}

    /** Any thread. */
    final void wake() {
        if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
            loop.execute(look);
        }
    }

    /** As {@link #wake}, after a while, unless somebody wakes it before. Any thread. */
    final void wakeWithin(long nanos) {
        if (!scheduled.get() && !scheduledLater.get() && scheduledLater.compareAndSet(false, true)) {
            var _ = loop.schedule(lateLook, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void lookLate() {
        scheduledLater.set(false);
        look();
    }

    private void look() {
        scheduled.set(false);
        beforeLook();
        drain();
    }

    /** On the loop. */
    final void drain() {
        while (canSend()) {
            MessageLite message = source.get();
            if (message == null) {
                return;
            }
            sendNow(message);
        }
    }

    /** On the loop, with a stream that stands. */
    final void sendNow(MessageLite message) {
        sent = true;
        send(new Payload.Outgoing(message));
    }

    /** Whether anything was sent since the last time that this was asked. On the loop. */
    final boolean takeSent() {
        boolean was = sent;
        sent = false;
        return was;
    }
}
