package dev.boreal.transport.proxy;

import dev.boreal.transport.TransportLoops;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands between two processes and lets the network misbehave. What is set holds for the connections that stand and for those
 * to come. Any thread.
 *
 * <p>A cut is silent, as a partition is: bytes wait, connections stand, and an end learns of it by its own patience only.
 */
public final class FaultProxy implements AutoCloseable {
    private final TransportLoops loops;
    private final Supplier<@Nullable InetSocketAddress> target;
    private final Map<Direction, Condition> conditions = new EnumMap<>(Direction.class);
    private final Set<Pipe> pipes = ConcurrentHashMap.newKeySet();
    private final Channel listener;

    private FaultProxy(TransportLoops loops, InetSocketAddress listen, Supplier<@Nullable InetSocketAddress> target)
            throws IOException {
        this.loops = loops;
        this.target = target;
        for (Direction direction : Direction.values()) {
            conditions.put(direction, new Condition());
        }
        ChannelFuture bound = new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverChannel())
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel accepted) {
                        connect(accepted);
                    }
                })
                .bind(listen)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("cannot listen on " + listen, bound.cause());
        }
        listener = bound.channel();
    }

    /**
     * @param listen where to listen; port 0 lets the system choose one
     * @param target where to forward to, asked for every connection; null refuses it
     */
    public static FaultProxy start(
            TransportLoops loops, InetSocketAddress listen, Supplier<@Nullable InetSocketAddress> target)
            throws IOException {
        return new FaultProxy(loops, listen, target);
    }

    private void connect(Channel accepted) {
        InetSocketAddress address = target.get();
        if (address == null) {
            var _ = accepted.close();
            return;
        }
        Pipe there = new Pipe(accepted, condition(Direction.THERE), pipes);
        accepted.pipeline().addLast(there);
        ChannelFuture connecting = new Bootstrap()
                .group(accepted.eventLoop())
                .channel(loops.clientChannel())
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel made) {
                        Pipe back = new Pipe(made, condition(Direction.BACK), pipes);
                        made.pipeline().addLast(back);
                        back.flowsInto(accepted);
                        there.flowsInto(made);
                    }
                })
                .connect(address);
        connecting.addListener(done -> {
            if (done.isSuccess()) {
                pipes.forEach(Pipe::conditionChanged);
            } else {
                var _ = accepted.close();
            }
        });
    }

    private Condition condition(Direction direction) {
        Condition condition = conditions.get(direction);
        if (condition == null) {
            throw new IllegalArgumentException("no direction " + direction);
        }
        return condition;
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** Bytes that arrive from now on are forwarded so much later. */
    public void delay(Direction direction, Duration delay) {
        condition(direction).delayNanos = delay.toNanos();
    }

    /** Nothing goes this way any more. */
    public void cut(Direction direction) {
        condition(direction).cut = true;
    }

    /** Nothing goes either way any more. */
    public void cut() {
        cut(Direction.THERE);
        cut(Direction.BACK);
    }

    /** Ends cuts and delays. */
    public void heal() {
        for (Condition condition : conditions.values()) {
            condition.cut = false;
            condition.delayNanos = 0;
        }
        pipes.forEach(Pipe::conditionChanged);
    }

    /** Ends the connections that stand; new ones are forwarded. */
    public void breakConnections() {
        pipes.forEach(Pipe::breakOff);
    }

    /** How many connections stand. */
    public int connections() {
        return pipes.size() / 2;
    }

    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
        breakConnections();
    }
}
