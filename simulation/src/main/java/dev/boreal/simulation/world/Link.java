package dev.boreal.simulation.world;

import org.jspecify.annotations.Nullable;

/**
 * A connection: what one end sends arrives at the other in order, whole and at most once, until it breaks. Both ends hear of a
 * break, perhaps long after.
 */
public final class Link {
    private final Network network;
    private final Side client;
    private final Side server;
    private boolean broken;

    static final class Side {
        final Node node;
        final int incarnation;

        @Nullable LinkEnd end;
        /** When the last message that was sent to this side arrives. */
        long lastArrival;

        boolean told;
        boolean closed;

        Side(Node node) {
            this.node = node;
            this.incarnation = node.incarnation();
        }
    }

    Link(Network network, Node client, Node server, LinkEnd clientEnd) {
        this.network = network;
        this.client = new Side(client);
        this.server = new Side(server);
        this.client.end = clientEnd;
    }

    /** Sends from {@code node}, which is one of the two ends. A broken link drops it. */
    public void send(Node node, Object message) {
        if (!broken && !side(node).closed) {
            network.send(this, side(node), other(side(node)), message);
        }
    }

    /** {@code node} wants to hear nothing more, not even of the break; the other end hears that it is broken. */
    public void close(Node node) {
        side(node).closed = true;
        side(node).told = true;
        network.breakLink(this);
    }

    boolean markBroken() {
        boolean first = !broken;
        broken = true;
        return first;
    }

    public boolean isBroken() {
        return broken;
    }

    boolean joins(Node node) {
        return client.node.equals(node) || server.node.equals(node);
    }

    Side client() {
        return client;
    }

    Side server() {
        return server;
    }

    private Side side(Node node) {
        return node.equals(client.node) ? client : server;
    }

    private Side other(Side side) {
        return side == client ? server : client;
    }
}
