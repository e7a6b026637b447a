package dev.boreal.transport.link;

import dev.boreal.transport.LinkIdentity;
import dev.boreal.transport.TransportLoops;
import dev.boreal.transport.TransportSettings;
import io.grpc.Server;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** Listens on one port for streams to the doors of this process, which may be added and taken away while it runs. Any thread. */
public final class TransportServer implements AutoCloseable {
    private static final long CLOSING_MILLIS = 1000;

    private final DoorTable doors;
    private final Server server;
    private final InetSocketAddress address;

    private TransportServer(DoorTable doors, Server server, InetSocketAddress address) {
        this.doors = doors;
        this.server = server;
        this.address = address;
    }

    /**
     * Listens on {@code address}, where port 0 lets the system choose one; streams to doors that are not there yet are
     * refused, and their openers try again.
     *
     * @throws IOException if the address cannot be bound
     * @throws IllegalArgumentException if the address is not the loopback's and the settings do not allow that
     */
    public static TransportServer start(
            TransportLoops loops, TransportSettings settings, LinkIdentity self, InetSocketAddress address)
            throws IOException {
        if (!settings.beyondLoopback()
                && (address.isUnresolved() || !address.getAddress().isLoopbackAddress())) {
            throw new IllegalArgumentException(
                    address + " can be reached from other machines; that must be allowed in the settings");
        }
        DoorTable doors = new DoorTable(loops, settings, self);
        Server server = Connections.listen(loops, settings, address, doors).start();
        return new TransportServer(doors, server, new InetSocketAddress(address.getAddress(), server.getPort()));
    }

    /** Offers a door; throws IllegalArgumentException if there is one of its kind and instance. */
    public TransportServer serve(ServerDoor<?> door) {
        doors.add(door);
        return this;
    }

    /** Offers it no more; streams that stand go on. */
    public void withdraw(ServerDoor<?> door) {
        doors.remove(door);
    }

    public InetSocketAddress address() {
        return address;
    }

    public int port() {
        return address.getPort();
    }

    /** Ends all streams at once, and waits a moment until the port is free. Not to be called on a loop. */
    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination(CLOSING_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
