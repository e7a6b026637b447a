package dev.boreal.journal.wire;

import dev.boreal.contracts.door.PeerNetwork;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Lets the replicas of several journals in one process share its network: each frame begins with the journal's name (one byte
 * for its length, then UTF-8). Frames for a journal that is not kept here are dropped.
 */
public final class PeerChannels implements PeerNetwork.PeerListener {
    private static final int MAX_NAME_BYTES = 255;

    private final PeerNetwork network;
    private final Map<String, Channel> channels = new ConcurrentHashMap<>();
    private final Set<String> connected = ConcurrentHashMap.newKeySet();

    /** Listens to {@code network}, on which nobody else may listen. */
    public PeerChannels(PeerNetwork network) {
        this.network = network;
        network.listen(this);
    }

    /** The network as the replica of {@code journal} sees it. */
    public PeerNetwork of(String journal) {
        return channels.computeIfAbsent(journal, Channel::new);
    }

    private final class Channel implements PeerNetwork {
        private final byte[] prefix;
        private volatile @Nullable PeerListener listener;

        Channel(String journal) {
            byte[] name = journal.getBytes(StandardCharsets.UTF_8);
            if (name.length > MAX_NAME_BYTES) {
                throw new IllegalArgumentException("a journal's name has at most " + MAX_NAME_BYTES + " bytes");
            }
            prefix = new byte[name.length + 1];
            prefix[0] = (byte) name.length;
            System.arraycopy(name, 0, prefix, 1, name.length);
        }

        @Override
        public void send(String peer, byte[] frame) {
            byte[] bytes = Arrays.copyOf(prefix, prefix.length + frame.length);
            System.arraycopy(frame, 0, bytes, prefix.length, frame.length);
            network.send(peer, bytes);
        }

        @Override
        public void listen(PeerListener newListener) {
            listener = newListener;
            connected.forEach(newListener::onConnected);
        }
    }

    @Override
    public void onConnected(String peer) {
        connected.add(peer);
        for (Channel channel : channels.values()) {
            PeerNetwork.PeerListener listener = channel.listener;
            if (listener != null) {
                listener.onConnected(peer);
            }
        }
    }

    @Override
    public void onFrame(String peer, byte[] frame) {
        int length = frame.length == 0 ? 0 : frame[0] & 0xFF;
        if (frame.length <= length) {
            return;
        }
        Channel channel = channels.get(new String(frame, 1, length, StandardCharsets.UTF_8));
        PeerNetwork.PeerListener listener = channel == null ? null : channel.listener;
        if (listener != null) {
            listener.onFrame(peer, Arrays.copyOfRange(frame, length + 1, frame.length));
        }
    }

    @Override
    public void onDisconnected(String peer) {
        connected.remove(peer);
        for (Channel channel : channels.values()) {
            PeerNetwork.PeerListener listener = channel.listener;
            if (listener != null) {
                listener.onDisconnected(peer);
            }
        }
    }
}
