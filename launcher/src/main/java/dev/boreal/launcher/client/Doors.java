package dev.boreal.launcher.client;

import dev.boreal.contracts.cluster.Member;
import dev.boreal.contracts.cluster.Role;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The doors to all members of one role, in the order of preference. A door is opened when its member is first seen, and kept:
 * it connects again by itself, wherever the register says that the member is then. Any thread.
 *
 * @param <D> a client of the transport
 */
public final class Doors<D extends AutoCloseable> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Doors.class);

    private final Roster roster;
    private final Role role;
    private final String zone;
    private final Opener<D> opener;
    private final Map<String, D> open = new TreeMap<>();
    private boolean closed;

    /** Makes the client of a member. */
    public interface Opener<D> {
        D open(String member, Supplier<@Nullable InetSocketAddress> address);
    }

    public Doors(Roster roster, Role role, String zone, Opener<D> opener) {
        this.roster = roster;
        this.role = role;
        this.zone = zone;
        this.opener = opener;
    }

    /** The doors of now, nearest first. */
    public synchronized SequencedMap<String, D> nearestFirst() {
        SequencedMap<String, D> doors = new LinkedHashMap<>();
        for (Member member : closed ? java.util.List.<Member>of() : roster.nearestFirst(role, zone)) {
            String name = member.name();
            doors.put(name, open.computeIfAbsent(name, made -> opener.open(made, () -> roster.address(made))));
        }
        return doors;
    }

    /** Hands the doors over now and whenever the roster changes. */
    public Doors<D> handTo(Consumer<SequencedMap<String, D>> taker) {
        roster.onChange(() -> taker.accept(nearestFirst()));
        return this;
    }

    @Override
    public synchronized void close() {
        closed = true;
        for (D door : open.values()) {
            try {
                door.close();
            } catch (Exception e) {
                LOG.warn("a door to a {} does not close: {}", role.label(), e.toString());
            }
        }
    }
}
