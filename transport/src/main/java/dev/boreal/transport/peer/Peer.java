package dev.boreal.transport.peer;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import dev.boreal.contracts.door.PeerNetwork.PeerListener;
import dev.boreal.contracts.wire.PeerFrames;
import dev.boreal.transport.link.ClientLink;
import dev.boreal.transport.link.LinkHandler;
import dev.boreal.transport.link.LinkRefusedException;
import dev.boreal.transport.link.ServerStream;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One other member: the stream to it that stands, and the one that is being opened. Either member opens a stream when it has
 * something to send and there is none. If both do at once, the one whose name comes first refuses the other's, which gives
 * its own attempt up when the first one's arrives. A stream that arrives although one stands replaces it: the other member
 * would not open it if it still had the old one.
 *
 * <p>The listener is called with this object's monitor held, which keeps calls about one member in order although they come
 * from the loops of different streams.
 */
final class Peer {
    private final String self;
    private final String name;
    private final long queueBytes;
    private final Supplier<@Nullable PeerListener> listener;
    private final Function<LinkHandler<PeerFrames>, ClientLink<PeerFrames>> opener;

    private volatile @Nullable Connection current;
    private @Nullable Opened opening;
    private boolean closed;

    Peer(
            String self,
            String name,
            long queueBytes,
            Supplier<@Nullable PeerListener> listener,
            Function<LinkHandler<PeerFrames>, ClientLink<PeerFrames>> opener) {
        this.self = self;
        this.name = name;
        this.queueBytes = queueBytes;
        this.listener = listener;
        this.opener = opener;
    }

    void send(byte[] frame) {
        Connection connection = current;
        if (connection == null) {
            open();
        } else if (connection.frames.offer(frame)) {
            connection.wake();
        }
    }

    /** Sees to it that a stream stands or is being opened. */
    synchronized void open() {
        if (!closed && current == null && opening == null) {
            Opened handler = new Opened();
            ClientLink<PeerFrames> link = opener.apply(handler);
            handler.link = link;
            opening = handler;
            link.start();
        }
    }

    /** The other member has opened a stream. */
    synchronized LinkHandler<PeerFrames> accept(ServerStream stream) throws LinkRefusedException {
        if (closed) {
            throw new LinkRefusedException(self + " is closing");
        }
        Opened own = opening;
        if (own != null && current == null && own.isConnecting() && self.compareTo(name) < 0) {
            throw new LinkRefusedException(self + " is opening a stream to " + name + " itself");
        }
        withdrawOpening();
        Connection before = current;
        if (before != null) {
            disconnect(before);
            before.end("another stream of " + name + " takes its place");
        }
        return new Accepted(stream);
    }

    synchronized void close() {
        closed = true;
        withdrawOpening();
        Connection connection = current;
        if (connection != null) {
            disconnect(connection);
            connection.end(self + " is closing");
        }
    }

    private synchronized void withdrawOpening() {
        Opened own = opening;
        opening = null;
        if (own != null) {
            own.withdraw();
        }
    }

    private synchronized void connect(Connection connection, BooleanSupplier withdrawn) {
        if (closed || withdrawn.getAsBoolean()) {
            connection.end(self + " is closing");
            return;
        }
        Connection before = current;
        if (before != null) {
            disconnect(before);
            before.end("another stream to " + name + " takes its place");
        }
        current = connection;
        connection.stands = true;
        PeerListener hears = listener.get();
        if (hears != null) {
            hears.onConnected(name);
        }
    }

    private synchronized void disconnect(Connection connection) {
        if (connection.stands) {
            connection.stands = false;
            if (connection.equals(current)) {
                current = null;
            }
            PeerListener hears = listener.get();
            if (hears != null) {
                hears.onDisconnected(name);
            }
        }
    }

    private synchronized void deliver(Connection connection, PeerFrames message) {
        PeerListener hears = listener.get();
        for (int i = 0; i < message.getFramesCount() && connection.stands && hears != null; i++) {
            ByteString frame = message.getFrames(i);
            hears.onFrame(name, frame.toByteArray());
        }
    }

    /** A stream that stands. */
    private abstract static class Connection {
        final FrameQueue frames;
        boolean stands; // guarded by the peer's monitor

        Connection(long queueBytes) {
            frames = new FrameQueue(queueBytes);
        }

        abstract void wake();

        abstract void end(String reason);
    }

    /** The streams that this member opens, one after another. */
    private final class Opened implements LinkHandler<PeerFrames> {
        private @Nullable ClientLink<PeerFrames> link;
        private @Nullable Connection connection;
        private volatile boolean withdrawn; // set under the peer's monitor

        boolean isConnecting() {
            return link != null && link.isConnecting();
        }

        /** Under the peer's monitor: from here on no stream of this kind comes to stand. */
        void withdraw() {
            withdrawn = true;
            if (link != null) {
                link.close();
            }
        }

        @Override
        public void onOpened() {
            ClientLink<PeerFrames> opened = link;
            if (opened == null) {
                return;
            }
            Connection next = new Connection(queueBytes) {
                @Override
                void wake() {
                    opened.wake();
                }

                @Override
                void end(String reason) {
                    opened.close();
                }
            };
            connection = next;
            connect(next, () -> withdrawn);
        }

        @Override
        public void onMessage(PeerFrames message) {
            Connection standing = connection;
            if (standing != null) {
                deliver(standing, message);
            }
        }

        @Override
        public @Nullable MessageLite nextBatch() {
            Connection standing = connection;
            return standing == null ? null : standing.frames.nextBatch();
        }

        @Override
        public void onClosed(String reason) {
            Connection last = connection;
            connection = null;
            if (last != null) {
                disconnect(last);
            }
        }
    }

    /** A stream that the other member opened. */
    private final class Accepted implements LinkHandler<PeerFrames> {
        private final Connection connection;

        Accepted(ServerStream stream) {
            connection = new Connection(queueBytes) {
                @Override
                void wake() {
                    stream.wake();
                }

                @Override
                void end(String reason) {
                    stream.close(reason);
                }
            };
        }

        @Override
        public void onOpened() {
            connect(connection, () -> false);
        }

        @Override
        public void onMessage(PeerFrames message) {
            deliver(connection, message);
        }

        @Override
        public @Nullable MessageLite nextBatch() {
            return connection.frames.nextBatch();
        }

        @Override
        public void onClosed(String reason) {
            disconnect(connection);
        }
    }
}
