package dev.boreal.launcher.client;

import dev.boreal.contracts.cluster.Member;
import dev.boreal.contracts.cluster.RegisterEntry;
import dev.boreal.contracts.cluster.Role;
import dev.boreal.contracts.door.ControlPlane;
import dev.boreal.contracts.door.ControlPlane.WatchListener;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who belongs to the cluster, as the register tells, and told last while it is away. A member that has gone is remembered
 * with its address: it is likely to come back there, and whoever speaks to it finds out by itself that it is away. Any thread.
 */
public final class Roster implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Roster.class);

    private final Map<String, Member> known = new ConcurrentHashMap<>();
    private final Map<String, Member> present = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Function<String, @Nullable InetSocketAddress> routes;
    private final ControlPlane.Watch watch;

    /**
     * @param controlPlane the register
     * @param routes where to connect to a member instead of where the register says; null for those who are reached there
     */
    public Roster(ControlPlane controlPlane, Function<String, @Nullable InetSocketAddress> routes) {
        this.routes = routes;
        watch = controlPlane.watch(Member.PREFIX, new Follower());
    }

    /** Where a member's doors are, or null if it was never seen. Never blocks. */
    public @Nullable InetSocketAddress address(String name) {
        Member member = known.get(name);
        InetSocketAddress route = routes.apply(name);
        if (route != null) {
            return route;
        }
        return member == null || member.port() == 0 ? null : new InetSocketAddress(member.host(), member.port());
    }

    /** Every member of a role that was ever seen, those of {@code zone} first, then by name. */
    public List<Member> nearestFirst(Role role, String zone) {
        List<Member> near = new ArrayList<>();
        List<Member> far = new ArrayList<>();
        for (Member member : new TreeMap<>(known).values()) {
            if (member.role() == role) {
                (member.zone().equals(zone) ? near : far).add(member);
            }
        }
        near.addAll(far);
        return near;
    }

    /** Whether a member's session lives, as far as the register told. */
    public boolean isPresent(String name) {
        return present.containsKey(name);
    }

    /** Runs {@code changed} now, and whenever somebody came, moved or went; on the watch's thread, which it may hold up. */
    public void onChange(Runnable changed) {
        listeners.add(changed);
        changed.run();
    }

    private final class Follower implements WatchListener {
        @Override
        public void onSnapshot(List<RegisterEntry> entries) {
            Map<String, Member> now = new TreeMap<>();
            for (RegisterEntry entry : entries) {
                Member member = Member.decode(entry.value());
                now.put(member.name(), member);
            }
            present.keySet().retainAll(now.keySet());
            present.putAll(now);
            known.putAll(now);
            changed();
        }

        @Override
        public void onChanged(RegisterEntry entry) {
            Member member = Member.decode(entry.value());
            present.put(member.name(), member);
            Member before = known.put(member.name(), member);
            if (before == null || before.incarnation() != member.incarnation()) {
                LOG.info("{} is here at {}:{}", member.name(), member.host(), member.port());
            }
            changed();
        }

        @Override
        public void onRemoved(String key, long version) {
            String name = key.substring(Member.PREFIX.length());
            if (present.remove(name) != null) {
                LOG.info("{} is gone", name);
            }
            changed();
        }

        private void changed() {
            for (Runnable listener : listeners) {
                listener.run();
            }
        }
    }

    @Override
    public void close() {
        watch.close();
    }
}
