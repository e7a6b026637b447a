package dev.boreal.controlplane.service;

import dev.boreal.contracts.door.PeerNetwork;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Joins members of one process; single members can be cut off. Delivers on the sender's thread. */
final class LocalNetwork {
    private final Map<String, PeerNetwork.PeerListener> listeners = new ConcurrentHashMap<>();
    private final Set<String> cutOff = ConcurrentHashMap.newKeySet();

    PeerNetwork of(String member) {
        return new PeerNetwork() {
            @Override
            public void send(String peer, byte[] frame) {
                PeerListener listener = listeners.get(peer);
                if (listener != null && !cutOff.contains(peer) && !cutOff.contains(member)) {
                    listener.onFrame(member, frame);
                }
            }

            @Override
            public void listen(PeerListener listener) {
                listeners.put(member, listener);
            }
        };
    }

    void cutOff(String member) {
        cutOff.add(member);
    }

    void heal() {
        cutOff.clear();
    }
}
