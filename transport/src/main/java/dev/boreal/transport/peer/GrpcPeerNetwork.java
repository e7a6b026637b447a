package dev.boreal.transport.peer;

import com.google.protobuf.Parser;
import dev.boreal.contracts.door.PeerNetwork;
import dev.boreal.contracts.wire.PeerFrames;
import dev.boreal.transport.LinkIdentity;
import dev.boreal.transport.TransportLoops;
import dev.boreal.transport.TransportSettings;
import dev.boreal.transport.link.ClientLink;
import dev.boreal.transport.link.DoorKind;
import dev.boreal.transport.link.LinkHandler;
import dev.boreal.transport.link.LinkRefusedException;
import dev.boreal.transport.link.LinkTarget;
import dev.boreal.transport.link.ServerDoor;
import dev.boreal.transport.link.ServerStream;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The network of one room's replicas. A stream to a peer is opened when the first frame for it is sent, or by
 * {@link #connect}, and then held; it is to be offered at a server too, where the peers' streams arrive. Any thread.
 */
public final class GrpcPeerNetwork implements PeerNetwork, ServerDoor<PeerFrames>, AutoCloseable {
    private static final long QUEUE_BYTES = 64L << 20;

    private final TransportLoops loops;
    private final TransportSettings settings;
    private final LinkIdentity self;
    private final String service;
    private final Function<String, @Nullable InetSocketAddress> addresses;
    private final Map<String, Peer> peers = new ConcurrentHashMap<>();
    private volatile @Nullable PeerListener listener;
    private volatile boolean closed;

    /**
     * @param service which replicas these are, so that several rooms can share a port: {@code journal/main}
     * @param addresses where a member is, resolved, or null if nobody knows now; asked on a loop before every attempt, so
     *     it must not block
     */
    public GrpcPeerNetwork(
            TransportLoops loops,
            TransportSettings settings,
            LinkIdentity self,
            String service,
            Function<String, @Nullable InetSocketAddress> addresses) {
        this.loops = loops;
        this.settings = settings;
        this.self = self;
        this.service = service;
        this.addresses = addresses;
    }

    @Override
    public void send(String peer, byte[] frame) {
        if (!closed) {
            peer(peer).send(frame);
        }
    }

    /** Opens a stream to a peer, if there is none, without waiting for a frame to send. */
    public void connect(String peer) {
        if (!closed) {
            peer(peer).open();
        }
    }

    /** Lets go of a member that is not a peer any more: its stream ends, and none is opened until it is sent something. */
    public void forget(String peer) {
        Peer left = peers.remove(peer);
        if (left != null) {
            left.close();
        }
    }

    @Override
    public void listen(PeerListener hears) {
        listener = hears;
    }

    private Peer peer(String name) {
        Peer present = peers.get(name);
        return present != null ? present : peers.computeIfAbsent(name, this::newPeer);
    }

    private Peer newPeer(String name) {
        if (name.equals(self.member())) {
            throw new IllegalArgumentException(name + " is no peer of itself");
        }
        LinkTarget target = new LinkTarget(DoorKind.PEERS, service, name);
        return new Peer(
                self.member(),
                name,
                QUEUE_BYTES,
                () -> listener,
                handler -> new ClientLink<>(
                        loops, settings, self, target, () -> addresses.apply(name), PeerFrames.parser(), handler));
    }

    @Override
    public DoorKind kind() {
        return DoorKind.PEERS;
    }

    @Override
    public String instance() {
        return service;
    }

    @Override
    public Parser<PeerFrames> parser() {
        return PeerFrames.parser();
    }

    @Override
    public LinkHandler<PeerFrames> accept(ServerStream stream) throws LinkRefusedException {
        if (closed || listener == null) {
            throw new LinkRefusedException("the replicas of " + service + " at " + self.member() + " do not listen");
        }
        if (stream.member().equals(self.member())) {
            throw new LinkRefusedException(self.member() + " is no peer of itself");
        }
        return peer(stream.member()).accept(stream);
    }

    /** Ends all streams; the listener hears it. */
    @Override
    public void close() {
        closed = true;
        for (Peer peer : peers.values()) {
            peer.close();
        }
    }
}
