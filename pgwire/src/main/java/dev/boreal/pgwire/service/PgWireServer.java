package dev.boreal.pgwire.service;

import dev.boreal.contracts.door.SqlService;
import dev.boreal.pgwire.authentication.ScramSecrets;
import dev.boreal.pgwire.conversation.Shutdown;
import dev.boreal.pgwire.conversation.Terms;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Listens for PostgreSQL clients and lets them speak with a {@link SqlService}. {@link #close} refuses new clients,
 * interrupts running statements, tells every client (57P01), and waits for them no longer than configured. Any thread
 * may call.
 */
public final class PgWireServer implements AutoCloseable {
    private static final int WRITE_HIGH_BYTES = 1 << 20;
    private static final int WRITE_LOW_BYTES = 1 << 18;
    private static final int BACKLOG = 1024;
    private static final int NONCE_BYTES = 18;
    private static final int SECRET_BYTES = 32;
    private static final long STOP_SECONDS = 2;

    private final PgWireConfiguration configuration;
    private final Connections connections;
    private final EventLoopGroup loops;
    private final Channel listener;

    private PgWireServer(
            PgWireConfiguration configuration, Connections connections, EventLoopGroup loops, Channel listener) {
        this.configuration = configuration;
        this.connections = connections;
        this.loops = loops;
        this.listener = listener;
    }

    /**
     * Starts to listen.
     *
     * @throws BindFailedException if the address cannot be had
     * @throws IllegalArgumentException if certificate and key cannot be used
     */
    public static PgWireServer start(PgWireConfiguration configuration, SqlService service) {
        PgWireConfiguration.TlsFiles files = configuration.tls();
        TlsOffer tls = files == null ? null : new TlsOffer(files);
        Connections connections = new Connections(configuration.maxConnections());
        Terms terms = new Terms(
                configuration.authentication(),
                scramSecrets(),
                tls != null,
                configuration.largestMessageBytes(),
                connections);
        boolean epoll = Epoll.isAvailable();
        IoHandlerFactory transport = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                configuration.eventLoops(), new DefaultThreadFactory("pgwire", true), transport);
        long timeoutNanos = configuration.authenticationTimeout().toNanos();
        Class<? extends ServerChannel> channel = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(channel)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(WRITE_LOW_BYTES, WRITE_HIGH_BYTES))
                .childHandler(new Greeter(service, terms, connections, tls, timeoutNanos));
        ChannelFuture bound = bootstrap.bind(configuration.address()).awaitUninterruptibly();
        Throwable cause = bound.cause();
        if (cause != null) {
            stop(loops);
            throw new BindFailedException(configuration.address(), cause);
        }
        return new PgWireServer(configuration, connections, loops, bound.channel());
    }

    private static ScramSecrets scramSecrets() {
        SecureRandom random = new SecureRandom();
        byte[] disguise = new byte[SECRET_BYTES];
        random.nextBytes(disguise);
        return new ScramSecrets(
                () -> {
                    byte[] nonce = new byte[NONCE_BYTES];
                    random.nextBytes(nonce);
                    return Base64.getEncoder().encodeToString(nonce);
                },
                disguise);
    }

    /** The port that it listens on, which tells which one was free. */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
        connections.list().forEach(connection -> connection.terminate(Shutdown.terminated()));
        boolean interrupted = false;
        try {
            connections.awaitNone(configuration.drainTimeout().toNanos());
        } catch (InterruptedException e) {
            interrupted = true;
        }
        connections.list().forEach(Connection::abort);
        stop(loops);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void stop(EventLoopGroup loops) {
        loops.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** Gives every new channel its connection. */
    private static final class Greeter extends ChannelInitializer<Channel> {
        private final SqlService service;
        private final Terms terms;
        private final Connections connections;
        private final @Nullable TlsOffer tls;
        private final long authenticationTimeoutNanos;

        Greeter(
                SqlService service,
                Terms terms,
                Connections connections,
                @Nullable TlsOffer tls,
                long authenticationTimeoutNanos) {
            this.service = service;
            this.terms = terms;
            this.connections = connections;
            this.tls = tls;
            this.authenticationTimeoutNanos = authenticationTimeoutNanos;
        }

        @Override
        protected void initChannel(Channel channel) {
            channel.pipeline()
                    .addLast(new Connection(channel, service, terms, connections, tls, authenticationTimeoutNanos));
        }
    }
}
