package dev.boreal.transport.link;

import dev.boreal.transport.TransportLoops;
import dev.boreal.transport.TransportSettings;
import io.grpc.HandlerRegistry;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * gRPC as Boreal wants it: everything on the loop that reads the socket, no threads of its own, no retries, no proxies, no
 * name resolution, and windows wide enough never to be the bound: credits of the doors are.
 */
final class Connections {
    private static final int WINDOW_BYTES = 8 << 20;
    private static final int HANDSHAKE_SECONDS = 10;
    private static final int HEADER_BYTES = 64 << 10;
    private static final Executor DIRECT = Runnable::run;

    private Connections() {}

    /** A connection of its own, all of whose events come on {@code loop}. */
    static ManagedChannel open(
            TransportLoops loops, EventLoop loop, TransportSettings settings, InetSocketAddress address) {
        return NettyChannelBuilder.forAddress(address)
                .eventLoopGroup(loop)
                .channelType(loops.clientChannel())
                .directExecutor()
                .offloadExecutor(DIRECT)
                .usePlaintext()
                .overrideAuthority("boreal")
                .disableRetry()
                .proxyDetector(target -> null)
                .flowControlWindow(WINDOW_BYTES)
                .maxInboundMessageSize(settings.largestMessage())
                .maxInboundMetadataSize(HEADER_BYTES)
                .withOption(ChannelOption.TCP_NODELAY, true)
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        settings.silence().toMillis())
                .build();
    }

    static Server listen(
            TransportLoops loops, TransportSettings settings, InetSocketAddress address, HandlerRegistry doors) {
        return NettyServerBuilder.forAddress(address)
                .bossEventLoopGroup(loops.group())
                .workerEventLoopGroup(loops.group())
                .channelType(loops.serverChannel())
                .directExecutor()
                .fallbackHandlerRegistry(doors)
                .flowControlWindow(WINDOW_BYTES)
                .maxInboundMessageSize(settings.largestMessage())
                .maxInboundMetadataSize(HEADER_BYTES)
                .handshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS)
                .withChildOption(ChannelOption.TCP_NODELAY, true)
                .withOption(ChannelOption.SO_REUSEADDR, true)
                .build();
    }
}
