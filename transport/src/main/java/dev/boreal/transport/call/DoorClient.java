package dev.boreal.transport.call;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.boreal.transport.TransportContext;
import dev.boreal.transport.TransportSettings;
import dev.boreal.transport.link.ClientLink;
import dev.boreal.transport.link.LinkHandler;
import dev.boreal.transport.link.LinkTarget;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The opening end of a door's stream: what the clients of all doors have in common. Connects from the start, and again by
 * itself whenever the stream breaks.
 *
 * @param <C> a call
 * @param <A> an answer
 * @param <I> the message in which answers travel
 */
public abstract class DoorClient<C extends MessageLite, A, I extends MessageLite>
        implements LinkHandler<I>, AutoCloseable {
    /** Above this a message is sent before more is added. */
    protected static final int BATCH_BYTES = 1 << 20;

    private final TransportContext context;
    private final TransportSettings settings;
    private final ClientLink<I> link;
    private final CallQueue<C, A> calls;
    private @Nullable Future<?> expiry;

    /**
     * @param address where the process is, resolved, or null if nobody knows now; asked on a loop before every attempt, so it
     *     must not block
     */
    protected DoorClient(
            TransportContext context,
            LinkTarget target,
            Supplier<@Nullable InetSocketAddress> address,
            Parser<I> parser) {
        this.context = context;
        this.settings = context.settings();
        this.calls = new CallQueue<>(settings);
        this.link = new ClientLink<>(
                context.loops(), settings, context.self(), target, address, parser, new Forwarding<>(this));
    }

    /** Hands on what the link tells, so that the link may be made while this object still is. */
    private record Forwarding<I extends MessageLite>(LinkHandler<I> handler) implements LinkHandler<I> {
        @Override
        public void onOpened() {
            handler.onOpened();
        }

        @Override
        public void onMessage(I message) throws dev.boreal.transport.link.MalformedMessageException {
            handler.onMessage(message);
        }

        @Override
        public @Nullable MessageLite nextBatch() {
            return handler.nextBatch();
        }

        @Override
        public void onClosed(String reason) {
            handler.onClosed(reason);
        }
    }

    /** To be called at the end of a subclass's constructor. */
    protected final void start() {
        link.start();
    }

    protected final CallQueue<C, A> calls() {
        return calls;
    }

    protected final TransportSettings settings() {
        return settings;
    }

    protected final LinkTarget target() {
        return link.target();
    }

    /** There is something to send. Any thread. */
    protected final void wake() {
        link.wake();
    }

    /** Runs something where answers are heard. Any thread. */
    protected final void onLoop(Runnable task) {
        link.loop().execute(task);
    }

    /** Whether a stream stands now; it may be gone when the answer is read. Any thread. */
    public final boolean isConnected() {
        return link.isOpen();
    }

    /** Whether the other end has been silent for a while, or was when it was last seen. Any thread. */
    protected final boolean isQuiet() {
        return link.isQuiet();
    }

    /** Sends a call, or tells it that too much is under way. Any thread. */
    protected final boolean send(Call<C, A> call) {
        if (calls.offer(call)) {
            link.wake();
            return true;
        }
        return false;
    }

    /** As {@link #send}, giving the call up when it has not been answered in time. */
    protected final boolean sendWithDeadline(Call<C, A> call) {
        call.expireAt(System.nanoTime() + settings.answerTimeout().toNanos());
        return send(call);
    }

    /** To be called before a thread waits: a loop that waited would wait for itself. */
    protected final void requireNotOnLoop() {
        if (context.loops().onLoop()) {
            throw new IllegalStateException("a loop of the transport may not wait for " + target());
        }
    }

    @Override
    public void onOpened() {
        if (expiry == null) {
            long period = Math.max(1, settings.answerTimeout().toNanos() / 8);
            expiry = link.loop()
                    .scheduleWithFixedDelay(
                            () -> calls.expire(
                                    System.nanoTime(),
                                    "no answer within "
                                            + settings.answerTimeout().toMillis() + " ms"),
                            period,
                            period,
                            TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void onClosed(String reason) {
        calls.broken(reason);
        Future<?> ticking = expiry;
        expiry = null;
        if (ticking != null) {
            ticking.cancel(false);
        }
    }

    /** Ends the stream; calls under way are told. */
    @Override
    public void close() {
        link.close();
    }
}
