package dev.boreal.journal.cluster;

import dev.boreal.contracts.door.PeerNetwork;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A network within the process: one thread delivers everything in order. Members can be cut off from one another. */
public final class LoopbackNetwork implements AutoCloseable {
    private final Map<String, PeerNetwork.PeerListener> listeners = new HashMap<>();
    private final Set<String> cuts = new HashSet<>();
    private final ExecutorService carrier = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("loopback").daemon(true).factory());

    /** The network as {@code member} sees it. */
    public PeerNetwork of(String member) {
        return new PeerNetwork() {
            @Override
            public void send(String peer, byte[] frame) {
                carry(() -> deliver(member, peer, frame));
            }

            @Override
            public void listen(PeerListener listener) {
                carry(() -> join(member, listener));
            }
        };
    }

    private void carry(Runnable delivery) {
        if (!carrier.isShutdown()) {
            carrier.execute(delivery);
        }
    }

    private void deliver(String from, String to, byte[] frame) {
        PeerNetwork.PeerListener listener = listeners.get(to);
        if (listener != null && listeners.containsKey(from) && !cuts.contains(link(from, to))) {
            listener.onFrame(from, frame);
        }
    }

    private void join(String member, PeerNetwork.PeerListener listener) {
        listeners.put(member, listener);
        for (Map.Entry<String, PeerNetwork.PeerListener> other : listeners.entrySet()) {
            if (!other.getKey().equals(member) && !cuts.contains(link(member, other.getKey()))) {
                other.getValue().onConnected(member);
                listener.onConnected(other.getKey());
            }
        }
    }

    /** The member's process is gone. */
    public void leave(String member) {
        carry(() -> {
            listeners.remove(member);
            for (PeerNetwork.PeerListener other : listeners.values()) {
                other.onDisconnected(member);
            }
        });
    }

    /** Nothing passes between the two any more. */
    public void cut(String one, String other) {
        carry(() -> {
            cuts.add(link(one, other));
            tell(one, other, false);
        });
    }

    public void heal(String one, String other) {
        carry(() -> {
            cuts.remove(link(one, other));
            tell(one, other, true);
        });
    }

    private void tell(String one, String other, boolean connected) {
        tellOne(listeners.get(one), other, connected);
        tellOne(listeners.get(other), one, connected);
    }

    private static void tellOne(PeerNetwork.@Nullable PeerListener listener, String peer, boolean connected) {
        if (listener == null) {
            return;
        }
        if (connected) {
            listener.onConnected(peer);
        } else {
            listener.onDisconnected(peer);
        }
    }

    private static String link(String one, String other) {
        return one.compareTo(other) < 0 ? one + " " + other : other + " " + one;
    }

    @Override
    public void close() {
        carrier.shutdownNow();
    }
}
