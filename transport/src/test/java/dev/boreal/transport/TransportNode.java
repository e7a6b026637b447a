package dev.boreal.transport;

import dev.boreal.contracts.cluster.Role;
import dev.boreal.transport.link.ServerDoor;
import dev.boreal.transport.link.TransportServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** A process of a test's cluster: loops of its own, and a server that can be stopped and started again on its port. */
public final class TransportNode implements AutoCloseable {
    /** Quick to notice silence, and patient enough for a busy machine. */
    public static final TransportSettings SETTINGS =
            TransportSettings.DEFAULT.withSilence(Duration.ofMillis(100), Duration.ofSeconds(3));

    private final TransportLoops loops = new TransportLoops(1);
    private final LinkIdentity identity;
    private final TransportSettings settings;
    private TransportServer server;

    public TransportNode(String member) {
        this(new LinkIdentity("cluster-1", member, Role.JOURNAL), SETTINGS);
    }

    public TransportNode(LinkIdentity identity, TransportSettings settings) {
        this.identity = identity;
        this.settings = settings;
        server = listen(0);
    }

    private TransportServer listen(int port) {
        try {
            return TransportServer.start(
                    loops, settings, identity, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public TransportNode serve(ServerDoor<?> door) {
        server.serve(door);
        return this;
    }

    /** Stops listening and ends all streams; the port stays this node's. */
    public void stopServer() {
        server.close();
    }

    /** Listens again on the same port, with these doors. */
    public void startServer(ServerDoor<?>... doors) {
        server = listen(server.port());
        for (ServerDoor<?> door : doors) {
            server.serve(door);
        }
    }

    public TransportLoops loops() {
        return loops;
    }

    public TransportSettings settings() {
        return settings;
    }

    public LinkIdentity identity() {
        return identity;
    }

    public InetSocketAddress address() {
        return server.address();
    }

    @Override
    public void close() {
        server.close();
        loops.close();
    }
}
