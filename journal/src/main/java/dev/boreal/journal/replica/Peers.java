package dev.boreal.journal.replica;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The other replicas of the plan, and the way to each: direct while something is heard from there directly, else by a third
 * that is heard. Not thread-safe.
 */
final class Peers {
    private final String self;
    private final long silenceNanos;
    private final ReplicaEffects effects;
    private final Set<String> connected = new LinkedHashSet<>();
    private Map<String, Peer> peers = new LinkedHashMap<>();

    Peers(String self, long silenceNanos, ReplicaEffects effects) {
        this.self = self;
        this.silenceNanos = silenceNanos;
        this.effects = effects;
    }

    /** Keeps those that stay. */
    void become(Collection<String> names, long now) {
        Map<String, Peer> next = new LinkedHashMap<>();
        for (String name : names) {
            if (!name.equals(self)) {
                Peer known = peers.get(name);
                Peer peer = known == null ? new Peer(name, now) : known;
                if (known == null && connected.contains(name)) {
                    peer.connected(now);
                }
                next.put(name, peer);
            }
        }
        peers = next;
    }

    void connected(String name, long now) {
        connected.add(name);
        Peer peer = peers.get(name);
        if (peer != null) {
            peer.connected(now);
        }
    }

    void disconnected(String name) {
        connected.remove(name);
        Peer peer = peers.get(name);
        if (peer != null) {
            peer.disconnected();
        }
    }

    @Nullable Peer get(String name) {
        return peers.get(name);
    }

    Collection<Peer> all() {
        return peers.values();
    }

    void send(Peer peer, Message message, long now) {
        if (peer.isDirect(now, silenceNanos)) {
            effects.send(peer.name, message);
            return;
        }
        Peer third = null;
        for (Peer other : peers.values()) {
            if (other != peer && other.isDirect(now, silenceNanos)) {
                third = other;
                break;
            }
        }
        if (third == null) {
            effects.send(peer.name, message);
        } else {
            effects.send(third.name, new Message.Relay(self, peer.name, message));
        }
    }

    /** As {@link #send}, and on the direct way in any case, so that it is noticed when that is open again. */
    void ping(Peer peer, Message message, long now) {
        if (!peer.isDirect(now, silenceNanos)) {
            effects.send(peer.name, message);
            if (peers.size() == 1) {
                return;
            }
        }
        send(peer, message, now);
    }
}
