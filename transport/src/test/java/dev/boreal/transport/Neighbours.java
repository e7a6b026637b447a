package dev.boreal.transport;

import dev.boreal.transport.link.ServerDoor;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Two processes of a test: one that serves, and one whose clients ask it. */
public final class Neighbours implements AutoCloseable {
    private final TransportNode server = new TransportNode("server");
    private final TransportNode client = new TransportNode("client");
    private final TransportSettings settings;

    public Neighbours() {
        this(TransportNode.SETTINGS);
    }

    public Neighbours(TransportSettings settings) {
        this.settings = settings;
    }

    public Neighbours serve(ServerDoor<?> door) {
        server.serve(door);
        return this;
    }

    public TransportNode server() {
        return server;
    }

    /** What a client at the other process needs. */
    public TransportContext context() {
        return new TransportContext(client.loops(), settings, client.identity());
    }

    public Supplier<@Nullable InetSocketAddress> address() {
        return server::address;
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
