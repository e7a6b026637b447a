package dev.boreal.pgwire.service;

import dev.boreal.contracts.door.SqlService;
import dev.boreal.contracts.sql.SqlError;
import dev.boreal.pgwire.conversation.Conversation;
import dev.boreal.pgwire.conversation.Outcome;
import dev.boreal.pgwire.conversation.Terms;
import dev.boreal.pgwire.conversation.Wire;
import dev.boreal.pgwire.message.InputBuffer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's socket and the thread that owns its conversation.
 *
 * <p>The owner is the event loop, until the conversation meets a step that may wait. Then the loop starts a virtual
 * thread and keeps its hands off: what arrives meanwhile goes to the {@link Mailbox}. The virtual thread repeats the
 * step, goes on with what was received together with it, and gives the conversation back by one task on the loop, which
 * also sends the answers. So a statement that waits costs two hand-overs, and so does a whole pipeline of them. Starting
 * the thread and submitting the task order everything that one owner did before everything that the next one does.
 *
 * <p>Fields are the loop's own unless they say otherwise. What becomes of a write or a close needs no look at its future:
 * either way {@link #channelInactive} tells.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class Connection extends ChannelInboundHandlerAdapter implements Wire, Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /** How long a refused client may go on talking, so that the refusal is not lost in a reset. */
    private static final long LINGER_MILLIS = 1_000;

    private final Channel channel;
    private final Connections connections;
    private final @Nullable TlsOffer tls;
    private final long authenticationTimeoutNanos;
    private final InputBuffer input;
    private final Conversation conversation;
    private final Mailbox mailbox;
    private final Runnable takeBack = this::takeBack;

    private @Nullable ScheduledFuture<?> authenticationTimeout;
    private boolean handedOver;
    private boolean paused;
    private boolean closing;
    private boolean finished;
    private boolean inputEnded;
    private boolean isGone;
    private boolean saidGoodbye;
    private boolean terminating;

    /** Written by the virtual thread before it gives back, read by the loop after. */
    private Outcome outcome = Outcome.NEEDS_INPUT;

    Connection(
            Channel channel,
            SqlService service,
            Terms terms,
            Connections connections,
            @Nullable TlsOffer tls,
            long authenticationTimeoutNanos) {
        this.channel = channel;
        this.connections = connections;
        this.tls = tls;
        this.authenticationTimeoutNanos = authenticationTimeoutNanos;
        input = new InputBuffer(channel.alloc());
        mailbox = new Mailbox(channel);
        boolean known = channel.remoteAddress() instanceof InetSocketAddress;
        InetSocketAddress client = known ? (InetSocketAddress) channel.remoteAddress() : null;
        conversation = new Conversation(
                service,
                terms,
                client == null ? "" : client.getAddress().getHostAddress(),
                client == null ? -1 : client.getPort(),
                this,
                input);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        connections.add(this);
        authenticationTimeout =
                channel.eventLoop().schedule(this::timeOut, authenticationTimeoutNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (closing || finished) {
            bytes.release();
        } else if (handedOver) {
            saidGoodbye = InputBuffer.endsWithTerminate(bytes);
            mailbox.put(bytes);
        } else {
            input.append(bytes);
            if (!paused) {
                advance();
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        sendIfDue();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        mailbox.wakeUp();
        if (paused && !handedOver && !closing && channel.isWritable()) {
            paused = false;
            channel.config().setAutoRead(true);
            advance();
            sendIfDue();
        }
    }

    /**
     * The client says no more, which is also what the end of its process looks like. So a running statement is
     * interrupted, unless the client said goodbye in order: then everything before the goodbye is done.
     */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent && !inputEnded) {
            inputEnded = true;
            mailbox.endInput();
            if (closing) {
                channel.close();
            } else if (handedOver) {
                interruptUnlessGoodbye();
            } else if (!paused) {
                sendAndClose();
            }
        }
    }

    private void interruptUnlessGoodbye() {
        if (!saidGoodbye) {
            conversation.interrupt();
        }
    }

    /** The client reads no more either. */
    @Override
    public void channelInactive(ChannelHandlerContext context) {
        inputEnded = true;
        isGone = true;
        cancelAuthenticationTimeout();
        mailbox.close();
        if (!handedOver) {
            finish();
        } else {
            interruptUnlessGoodbye();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException || cause instanceof io.netty.handler.codec.DecoderException) {
            LOG.debug("connection {} broke", channel, cause);
        } else {
            LOG.error("bug met on connection {}", channel, cause);
        }
        channel.close();
    }

    /** Goes on with the conversation on the loop until there is nothing to do or a step may wait. */
    private void advance() {
        for (; ; ) {
            Outcome reached = conversation.advance(false);
            if (authenticationTimeout != null && conversation.isOpen()) {
                cancelAuthenticationTimeout();
            }
            switch (reached) {
                case NEEDS_INPUT -> {
                    input.trim();
                    if (inputEnded) {
                        sendAndClose();
                    }
                    return;
                }
                case WOULD_BLOCK -> {
                    sendIfDue();
                    handOver();
                    return;
                }
                case OUTPUT_FULL -> {
                    send();
                    if (!isGone && !channel.isWritable()) {
                        paused = true;
                        channel.config().setAutoRead(false);
                        return;
                    }
                }
                case START_TLS, START_DIRECT_TLS -> {
                    startTls(reached == Outcome.START_DIRECT_TLS);
                    return;
                }
                case CLOSE -> {
                    sendAndClose();
                    return;
                }
            }
        }
    }

    private void handOver() {
        conversation.prepareOutput();
        saidGoodbye = InputBuffer.endsWithTerminate(input.bytes());
        handedOver = true;
        Thread.startVirtualThread(this);
    }

    /** The virtual thread's part. */
    @Override
    public void run() {
        try {
            do {
                outcome = conversation.advance(true);
            } while (outcome == Outcome.NEEDS_INPUT && conversation.isMidBatch() && mailbox.take(input));
        } catch (Throwable e) {
            LOG.error("bug met on connection {}", channel, e);
            outcome = Outcome.CLOSE;
        }
        try {
            channel.eventLoop().execute(takeBack);
        } catch (RejectedExecutionException e) {
            // The loops have stopped, so nobody else touches this connection any more.
            mailbox.close();
            conversation.close();
            connections.remove(this);
        }
    }

    /** The virtual thread is done: answers go out, and what has arrived meanwhile is read. */
    private void takeBack() {
        handedOver = false;
        mailbox.take(input);
        if (outcome == Outcome.CLOSE || inputEnded && !saidGoodbye) {
            sendAndClose();
        } else {
            advance();
            sendIfDue();
        }
    }

    private void sendIfDue() {
        if (!handedOver && !closing && !finished && conversation.isOutputDue()) {
            send();
        }
    }

    private void send() {
        ByteBuf output = conversation.takeOutput();
        if (output != null) {
            channel.writeAndFlush(output, channel.voidPromise());
        }
    }

    private void sendAndClose() {
        if (closing) {
            return;
        }
        closing = true;
        if (isGone) {
            finish();
            return;
        }
        ByteBuf output = conversation.takeOutput();
        if (output == null || !output.isReadable()) {
            if (output != null) {
                output.release();
            }
            channel.close();
            return;
        }
        channel.config().setAutoRead(true);
        channel.writeAndFlush(output).addListener(_ -> linger());
    }

    /** Closing a socket with unread input resets it, and the client may never see what it was told last. */
    private void linger() {
        if (!terminating
                && channel instanceof DuplexChannel duplex
                && channel.pipeline().get(SslHandler.class) == null) {
            duplex.shutdownOutput();
            channel.eventLoop().schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            channel.close();
        }
    }

    private void startTls(boolean direct) {
        send();
        conversation.encrypted();
        ByteBuf encrypted = input.take();
        TlsOffer offer = tls;
        if (offer == null) {
            encrypted.release();
            channel.close();
            return;
        }
        SslHandler handler = offer.newHandler(channel.alloc());
        channel.pipeline().addFirst(handler);
        if (direct) {
            handler.handshakeFuture().addListener(done -> {
                if (!TlsOffer.PROTOCOL.equals(handler.applicationProtocol())) {
                    channel.close();
                }
            });
            channel.pipeline().fireChannelRead(encrypted);
            channel.pipeline().fireChannelReadComplete();
        } else {
            encrypted.release();
        }
    }

    private void timeOut() {
        if (handedOver) {
            channel.close();
        } else if (!closing && !finished) {
            conversation.timeOut();
            sendAndClose();
        }
    }

    private void cancelAuthenticationTimeout() {
        if (authenticationTimeout != null) {
            authenticationTimeout.cancel(false);
            authenticationTimeout = null;
        }
    }

    /** Closing a session may wait, so it gets a thread; a connection without one ends here. */
    private void finish() {
        if (finished) {
            return;
        }
        finished = true;
        if (conversation.hasSession()) {
            Thread.startVirtualThread(this::free);
        } else {
            free();
        }
    }

    private void free() {
        conversation.close();
        connections.remove(this);
    }

    /** Tells the client why it is put out, now or as soon as its statement has ended. Any thread. */
    @Override
    public void terminate(SqlError reason) {
        channel.eventLoop().execute(() -> {
            terminating = true;
            conversation.terminate(reason);
            mailbox.endInput();
            if (closing) {
                channel.close();
            } else if (!handedOver && !finished) {
                advance();
                sendIfDue();
            }
        });
    }

    /** Closes without a word. Any thread. */
    void abort() {
        channel.close();
    }

    @Override
    public ByteBuf allocate(int capacity) {
        return channel.alloc().directBuffer(capacity);
    }

    @Override
    public boolean send(ByteBuf bytes) {
        if (mailbox.isClosed()) {
            bytes.release();
            return false;
        }
        channel.writeAndFlush(bytes, channel.voidPromise());
        return mailbox.awaitWritable();
    }

    @Override
    public boolean awaitInput(InputBuffer wanting) {
        return mailbox.awaitInput(wanting);
    }
}
