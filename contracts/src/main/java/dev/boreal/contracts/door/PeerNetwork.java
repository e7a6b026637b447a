package dev.boreal.contracts.door;

/**
 * Frames between the replicas of one room. What one member sends to another arrives in order, whole and at most once while
 * their connection lives; when it breaks, what was on its way is lost, and {@link PeerListener#onConnected} tells when there
 * is a new one. Protocols above it are made for loss.
 */
public interface PeerNetwork {

    /**
     * Sends a frame, or drops it if {@code peer} cannot be reached or too much waits for it. Never blocks; any thread. The
     * array is given away.
     */
    void send(String peer, byte[] frame);

    /** Who hears what arrives. Set once, before anything is sent. */
    void listen(PeerListener listener);

    /** Hears one member's peers. Calls about one peer come one at a time, in order; must not block. */
    interface PeerListener {
        /** A connection stands; frames flow in both directions. */
        void onConnected(String peer);

        void onFrame(String peer, byte[] frame);

        /** The connection is gone, and with it perhaps some frames. */
        void onDisconnected(String peer);
    }
}
