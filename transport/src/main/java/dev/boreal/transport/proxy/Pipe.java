package dev.boreal.transport.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One direction of one connection: what is read from one end waits for its time, and is written to the other. Both ends live on
 * one loop.
 */
final class Pipe extends ChannelInboundHandlerAdapter {
    private static final long MOST_BYTES = 4L << 20;

    private final Channel source;
    private final Condition condition;
    private final Set<Pipe> pipes;
    private final ArrayDeque<Portion> waiting = new ArrayDeque<>();
    private @Nullable Channel sink;
    private long waitingBytes;
    private boolean wakeUpSet;

    /** Bytes and when they are due; no bytes at all are the end of the stream. */
    private record Portion(ByteBuf bytes, long dueNanos, boolean end) {}

    Pipe(Channel source, Condition condition, Set<Pipe> pipes) {
        this.source = source;
        this.condition = condition;
        this.pipes = pipes;
        pipes.add(this);
    }

    void flowsInto(Channel other) {
        sink = other;
    }

    /** Any thread. */
    void conditionChanged() {
        source.eventLoop().execute(this::pump);
    }

    /** Any thread. */
    void breakOff() {
        var _ = source.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        waitingBytes += bytes.readableBytes();
        waiting.add(new Portion(bytes, System.nanoTime() + condition.delayNanos, false));
        pump();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        readMore();
    }

    private void readMore() {
        if (!condition.cut && waitingBytes < MOST_BYTES && sink != null && sink.isActive()) {
            source.read();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        pipes.remove(this);
        waiting.add(new Portion(Unpooled.EMPTY_BUFFER, System.nanoTime() + condition.delayNanos, true));
        pump();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var _ = context.close();
    }

    /** Forwards what is due. On the loop. */
    private void pump() {
        Channel to = sink;
        if (to == null || condition.cut) {
            return;
        }
        long now = System.nanoTime();
        for (Portion next = waiting.peek(); next != null; next = waiting.peek()) {
            long left = next.dueNanos - now;
            if (left > 0) {
                wakeUpAfter(left);
                break;
            }
            waiting.remove();
            waitingBytes -= next.bytes.readableBytes();
            if (next.end) {
                to.writeAndFlush(next.bytes).addListener(ChannelFutureListener.CLOSE);
            } else {
                var _ = to.write(next.bytes);
            }
        }
        to.flush();
        readMore();
    }

    private void wakeUpAfter(long nanos) {
        if (!wakeUpSet) {
            wakeUpSet = true;
            var _ = source.eventLoop()
                    .schedule(
                            () -> {
                                wakeUpSet = false;
                                pump();
                            },
                            nanos,
                            TimeUnit.NANOSECONDS);
        }
    }
}
