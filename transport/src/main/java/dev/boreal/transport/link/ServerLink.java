package dev.boreal.transport.link;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.boreal.contracts.wire.Hello;
import dev.boreal.transport.LinkIdentity;
import dev.boreal.transport.TransportSettings;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end that was opened. Lives on the loop that reads its socket.
 *
 * @param <I> what arrives
 */
final class ServerLink<I extends MessageLite> extends ServerCall.Listener<Payload> implements ServerStream {
    private static final Logger LOG = LoggerFactory.getLogger(ServerLink.class);
    private static final int READY_BYTES = 256 << 10;
    /** An opener that is gone costs a little memory; one that is only busy, as at its start, would lose what is under way. */
    private static final int PATIENCE = 4;

    private final ServerCall<Payload, Payload> call;
    private final EventLoop loop;
    private final String member;
    private final Parser<I> parser;
    private final LinkHandler<I> handler;
    private final Silence silence;
    private final Ticks ticks;
    private final Outbox outbox;
    private boolean over;

    /** Called on the loop. */
    ServerLink(
            ServerCall<Payload, Payload> call,
            EventLoop loop,
            Hello hello,
            LinkIdentity self,
            TransportSettings settings,
            ServerDoor<I> door)
            throws LinkRefusedException {
        this.call = call;
        this.loop = loop;
        this.member = hello.getMember();
        this.parser = door.parser();
        this.silence = new Silence(settings, PATIENCE);
        this.handler = door.accept(this);
        this.outbox = new Sending();
        this.ticks = new Ticks(loop, settings.signOfLife().toNanos(), () -> {
            if (silence.look()) {
                close(member + " has said nothing for "
                        + PATIENCE * settings.silence().toMillis() + " ms");
            }
        });
        call.setOnReadyThreshold(READY_BYTES);
        call.sendHeaders(Handshake.welcome(self));
        call.request(Integer.MAX_VALUE);
    }

    /** What comes once this link has been given to gRPC. */
    void begin() {
        handler.onOpened();
        outbox.wake();
    }

    private final class Sending extends Outbox {
        Sending() {
            super(loop, handler::nextBatch);
        }

        @Override
        boolean canSend() {
            return !over && call.isReady();
        }

        @Override
        void send(Payload payload) {
            call.sendMessage(payload);
        }
    }

    @Override
    public String member() {
        return member;
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public void wake() {
        outbox.wake();
    }

    @Override
    public void wakeWithin(long nanos) {
        outbox.wakeWithin(nanos);
    }

    @Override
    public void close(String reason) {
        if (loop.inEventLoop()) {
            end(Status.UNAVAILABLE.withDescription(reason), reason);
        } else {
            loop.execute(() -> close(reason));
        }
    }

    private void end(@Nullable Status status, String reason) {
        if (over) {
            return;
        }
        over = true;
        ticks.cancel();
        if (status != null) {
            call.close(status, new Metadata());
        }
        handler.onClosed(reason);
    }

    @Override
    public void onMessage(Payload payload) {
        if (over) {
            return;
        }
        silence.heard();
        if (MessageReader.isSignOfLife(payload)) {
            if (!outbox.takeSent()) {
                outbox.sendNow(SignOfLife.MESSAGE);
            }
            return;
        }
        try {
            handler.onMessage(MessageReader.read(parser, payload));
        } catch (MalformedMessageException | IllegalArgumentException e) {
            LOG.warn("A message from {} is malformed; its stream ends", member, e);
            String reason = "malformed: " + e.getMessage();
            end(Status.INVALID_ARGUMENT.withDescription(reason), reason);
        } catch (RuntimeException e) {
            LOG.error("A message from {} could not be served; its stream ends", member, e);
            String reason = "failed: " + e;
            end(Status.INTERNAL.withDescription(reason), reason);
        }
    }

    @Override
    public void onReady() {
        outbox.drain();
    }

    @Override
    public void onHalfClose() {
        end(Status.OK, member + " has ended the stream");
    }

    @Override
    public void onCancel() {
        end(null, member + " is gone");
    }

    @Override
    public void onComplete() {
        end(null, member + " is gone");
    }
}
