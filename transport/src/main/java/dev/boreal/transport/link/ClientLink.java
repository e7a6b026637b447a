package dev.boreal.transport.link;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.boreal.transport.LinkIdentity;
import dev.boreal.transport.TransportLoops;
import dev.boreal.transport.TransportSettings;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end that opens a stream, and opens it again whenever it breaks. Everything happens on one loop, so nothing here needs a
 * lock; the handler is called on that loop.
 *
 * <p>While an attempt is under way what is asked waits; between attempts it is answered at once as unreachable, by
 * {@link LinkHandler#onClosed}, so that whoever asked can go elsewhere.
 *
 * @param <I> what arrives
 */
public final class ClientLink<I extends MessageLite> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClientLink.class);
    private static final int READY_BYTES = 256 << 10;
    private static final int QUIET_LOOKS = 2;

    private final TransportLoops loops;
    private final TransportSettings settings;
    private final LinkIdentity self;
    private final LinkTarget target;
    private final Supplier<@Nullable InetSocketAddress> address;
    private final Parser<I> parser;
    private final LinkHandler<I> handler;
    private final EventLoop loop;
    private final Outbox outbox;

    private volatile State state = State.CONNECTING;
    private volatile boolean quiet;
    private @Nullable Attempt attempt;
    private long pauseNanos;
    private boolean told;
    private String reason = "not connected yet";

    private enum State {
        CONNECTING,
        OPEN,
        PAUSED,
        CLOSED
    }

    /**
     * Connects only when it is {@linkplain #start started}.
     *
     * @param address where to connect, resolved; asked on the loop before every attempt, null if nobody knows now
     */
    public ClientLink(
            TransportLoops loops,
            TransportSettings settings,
            LinkIdentity self,
            LinkTarget target,
            Supplier<@Nullable InetSocketAddress> address,
            Parser<I> parser,
            LinkHandler<I> handler) {
        this.loops = loops;
        this.settings = settings;
        this.self = self;
        this.target = target;
        this.address = address;
        this.parser = parser;
        this.handler = handler;
        this.loop = loops.next();
        this.pauseNanos = settings.firstPause().toNanos();
        this.outbox = new Sending();
    }

    /** Begins to connect. Any thread; once. */
    public void start() {
        loop.execute(this::connect);
    }

    /** There is something to send. Any thread. */
    public void wake() {
        outbox.wake();
    }

    public EventLoop loop() {
        return loop;
    }

    public LinkTarget target() {
        return target;
    }

    /** Whether a stream stands. Any thread; may have changed when it is read. */
    public boolean isOpen() {
        return state == State.OPEN;
    }

    /** Whether nothing has come since the last two signs of life, though each is answered. Any thread; may have changed when it is read. */
    public boolean isQuiet() {
        return quiet;
    }

    /** Whether an attempt is under way. Any thread; may have changed when it is read. */
    public boolean isConnecting() {
        return state == State.CONNECTING;
    }

    /** Ends the stream, for good. The handler hears it. Any thread. */
    @Override
    public void close() {
        loop.execute(() -> {
            if (state != State.CLOSED) {
                state = State.CLOSED;
                reason = "closed";
                Attempt last = attempt;
                attempt = null;
                if (last != null) {
                    last.stop(reason);
                }
                handler.onClosed(reason);
            }
        });
    }

    /** Ends the stream that stands, if one does; another is opened after a pause. On the loop. */
    public void breakOff(String why) {
        Attempt last = attempt;
        if (last != null) {
            last.over(why);
        }
    }

    private void connect() {
        if (state == State.CLOSED || attempt != null) {
            return;
        }
        try {
            InetSocketAddress where = address.get();
            if (where == null) {
                pause("nobody knows where " + target + " is");
                return;
            }
            state = State.CONNECTING;
            Attempt next = new Attempt(where);
            attempt = next;
            next.begin();
        } catch (RuntimeException e) {
            LOG.error("{} cannot connect to {}", self.member(), target, e);
            attempt = null;
            pause("cannot connect to " + target + ": " + e);
        }
    }

    private void pause(String why) {
        state = State.PAUSED;
        reason = why;
        if (!told) {
            told = true;
            LOG.info("{} does not reach {}: {}", self.member(), target, why);
        }
        var _ = loop.schedule(this::connect, pauseNanos, TimeUnit.NANOSECONDS);
        pauseNanos = Math.min(2 * pauseNanos, settings.longestPause().toNanos());
        handler.onClosed(why);
    }

    private final class Sending extends Outbox {
        Sending() {
            super(loop, handler::nextBatch);
        }

        @Override
        void beforeLook() {
            if (state == State.PAUSED || state == State.CLOSED) {
                handler.onClosed(reason);
            }
        }

        @Override
        boolean canSend() {
            return state == State.OPEN && attempt != null && attempt.call.isReady();
        }

        @Override
        void send(Payload payload) {
            if (attempt != null) {
                attempt.call.sendMessage(payload);
            }
        }
    }

    /** One connection, from the attempt to its end. */
    private final class Attempt extends ClientCall.Listener<Payload> {
        private final ManagedChannel channel;
        private final ClientCall<Payload, Payload> call;
        private final Silence silence = new Silence(settings, 1);
        private @Nullable Ticks ticks;

        Attempt(InetSocketAddress where) {
            channel = Connections.open(loops, loop, settings, where);
            call = channel.newCall(
                    StreamMethods.of(target.kind()), CallOptions.DEFAULT.withOnReadyThreshold(READY_BYTES));
        }

        void begin() {
            ticks = new Ticks(loop, settings.signOfLife().toNanos(), this::tick);
            call.start(this, Handshake.hello(self, target));
            call.request(Integer.MAX_VALUE);
        }

        void stop(String why) {
            if (ticks != null) {
                ticks.cancel();
            }
            call.cancel(why, null);
            channel.shutdownNow();
        }

        void over(String why) {
            if (attempt == this) {
                attempt = null;
                stop(why);
                pause(why);
            }
        }

        private void tick() {
            if (attempt != this) {
                return;
            }
            boolean tooLong = silence.look();
            if (silence.looks() >= QUIET_LOOKS) {
                quiet = true;
            }
            if (tooLong) {
                over(target + " has said nothing for " + settings.silence().toMillis() + " ms");
            } else if (state == State.OPEN && (!outbox.takeSent() || silence.looks() > 0)) {
                // What was sent may need no answer; a sign of life has one.
                outbox.sendNow(SignOfLife.MESSAGE);
            }
        }

        @Override
        public void onHeaders(Metadata headers) {
            onLoop(() -> {
                String unfit = Handshake.unfit(target, headers);
                if (unfit != null) {
                    over(unfit);
                    return;
                }
                state = State.OPEN;
                if (told) {
                    told = false;
                    LOG.info("{} reaches {} again", self.member(), target);
                }
                pauseNanos = settings.firstPause().toNanos();
                silence.begin();
                quiet = false;
                handler.onOpened();
                outbox.drain();
            });
        }

        @Override
        public void onMessage(Payload payload) {
            if (!loop.inEventLoop()) {
                loop.execute(() -> onMessage(payload));
            } else if (attempt == this) {
                silence.heard();
                if (quiet) {
                    quiet = false;
                }
                if (!MessageReader.isSignOfLife(payload)) {
                    read(payload);
                }
            }
        }

        private void read(Payload payload) {
            try {
                handler.onMessage(MessageReader.read(parser, payload));
            } catch (MalformedMessageException | IllegalArgumentException e) {
                LOG.warn("A message from {} is malformed; the stream ends", target, e);
                over("malformed: " + e.getMessage());
            } catch (RuntimeException e) {
                LOG.error("A message from {} could not be taken; the stream ends", target, e);
                over("failed: " + e);
            }
        }

        @Override
        public void onReady() {
            onLoop(outbox::drain);
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            onLoop(() -> over(describe(status)));
        }

        private void onLoop(Runnable event) {
            if (!loop.inEventLoop()) {
                loop.execute(() -> onLoop(event));
            } else if (attempt == this) {
                event.run();
            }
        }

        private String describe(Status status) {
            Throwable cause = status.getCause();
            String words = status.getDescription();
            if (cause != null && cause.getMessage() != null) {
                return target + ": " + cause.getMessage();
            }
            return target + ": " + (words == null ? status.getCode().toString() : words);
        }
    }
}
