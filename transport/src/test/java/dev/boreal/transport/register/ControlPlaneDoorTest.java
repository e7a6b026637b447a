package dev.boreal.transport.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.boreal.contracts.cluster.ControlPlaneUnavailableException;
import dev.boreal.contracts.cluster.RegisterEntry;
import dev.boreal.contracts.cluster.UpdateOutcome;
import dev.boreal.contracts.door.ControlPlane;
import dev.boreal.contracts.door.ControlPlane.WatchListener;
import dev.boreal.transport.TransportContext;
import dev.boreal.transport.TransportNode;
import dev.boreal.transport.TransportSettings;
import dev.boreal.transport.proxy.FaultProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControlPlaneDoorTest {
    private final MemoryRegister register = new MemoryRegister();
    private final TransportNode one = new TransportNode("control-1");
    private final TransportNode two = new TransportNode("control-2");
    private final TransportNode reader = new TransportNode("reader");
    private final ControlPlaneDoor doorOne = new ControlPlaneDoor(register, TransportNode.SETTINGS);
    private final ControlPlaneDoor doorTwo = new ControlPlaneDoor(register, TransportNode.SETTINGS);
    private final ControlPlaneClient client = new ControlPlaneClient(
            new TransportContext(
                    reader.loops(), TransportNode.SETTINGS.withAnswerTimeout(Duration.ofSeconds(3)), reader.identity()),
            java.util.Map.of("control-1", one.serve(doorOne)::address, "control-2", two.serve(doorTwo)::address));

    @AfterEach
    void close() {
        client.close();
        reader.close();
        one.close();
        two.close();
    }

    /** A register in memory that both members share, as if they had agreed. */
    private static final class MemoryRegister implements ControlPlane {
        private final TreeMap<String, RegisterEntry> entries = new TreeMap<>();
        private final List<WatchListener> watchers = new ArrayList<>();
        private final Set<Long> sessions = new HashSet<>();
        private long version;
        boolean withoutMajority;

        private void requireMajority() {
            if (withoutMajority) {
                throw new ControlPlaneUnavailableException("no majority");
            }
        }

        @Override
        public synchronized @Nullable RegisterEntry read(String key) {
            requireMajority();
            return entries.get(key);
        }

        @Override
        public synchronized List<RegisterEntry> list(String prefix) {
            requireMajority();
            return entries.values().stream()
                    .filter(entry -> entry.key().startsWith(prefix))
                    .toList();
        }

        @Override
        public synchronized UpdateOutcome compareAndSet(
                String key, long expectedVersion, byte @Nullable [] value, long session) {
            if (withoutMajority) {
                return new UpdateOutcome.Unavailable("no majority");
            }
            RegisterEntry current = entries.get(key);
            if ((current == null ? 0 : current.version()) != expectedVersion) {
                return new UpdateOutcome.VersionMoved(current);
            }
            if (session != 0 && !sessions.contains(session)) {
                return new UpdateOutcome.SessionEnded(session);
            }
            version++;
            if (value == null) {
                entries.remove(key);
                watchers.forEach(watcher -> watcher.onRemoved(key, version));
            } else {
                RegisterEntry entry = new RegisterEntry(key, value, version, session);
                entries.put(key, entry);
                watchers.forEach(watcher -> watcher.onChanged(entry));
            }
            return new UpdateOutcome.Updated(version);
        }

        @Override
        public synchronized long beginSession(String name, Duration lease) {
            requireMajority();
            sessions.add(lease.toMillis());
            return lease.toMillis();
        }

        @Override
        public synchronized boolean keepAlive(long session) {
            return sessions.contains(session);
        }

        @Override
        public synchronized void endSession(long session) {
            sessions.remove(session);
        }

        @Override
        public synchronized Watch watch(String prefix, WatchListener listener) {
            listener.onSnapshot(list(prefix));
            watchers.add(listener);
            return () -> {
                synchronized (this) {
                    watchers.remove(listener);
                }
            };
        }

        synchronized int watchers() {
            return watchers.size();
        }
    }

    private static final class Heard implements WatchListener {
        final List<String> events = new CopyOnWriteArrayList<>();

        @Override
        public void onSnapshot(List<RegisterEntry> entries) {
            events.add("all " + entries.stream().map(RegisterEntry::key).toList());
        }

        @Override
        public void onChanged(RegisterEntry entry) {
            events.add(entry.key() + "@" + entry.version());
        }

        @Override
        public void onRemoved(String key, long version) {
            events.add("-" + key + "@" + version);
        }
    }

    @Test
    void readsListsAndUpdates() {
        assertThat(client.read("a")).isNull();
        assertThat(client.compareAndSet("a", 0, new byte[] {1}, 0)).isEqualTo(new UpdateOutcome.Updated(1));
        assertThat(client.compareAndSet("a/b", 0, new byte[0], 0)).isEqualTo(new UpdateOutcome.Updated(2));
        RegisterEntry entry = new RegisterEntry("a", new byte[] {1}, 1, 0);
        assertThat(client.read("a")).isEqualTo(entry);
        assertThat(client.list("a")).hasSize(2).first().isEqualTo(entry);
        assertThat(client.compareAndSet("a", 7, new byte[0], 0)).isEqualTo(new UpdateOutcome.VersionMoved(entry));
        assertThat(client.compareAndSet("z", 7, new byte[0], 0)).isEqualTo(new UpdateOutcome.VersionMoved(null));
        assertThat(client.compareAndSet("a", 1, null, 0)).isEqualTo(new UpdateOutcome.Updated(3));
        assertThat(client.read("a")).isNull();
    }

    @Test
    void keepsSessions() {
        long session = client.beginSession("me", Duration.ofMillis(1234));
        assertThat(session).isEqualTo(1234);
        assertThat(client.keepAlive(session)).isTrue();
        assertThat(client.compareAndSet("mine", 0, new byte[0], session)).isInstanceOf(UpdateOutcome.Updated.class);
        client.endSession(session);
        assertThat(client.keepAlive(session)).isFalse();
        assertThat(client.compareAndSet("other", 0, new byte[0], session))
                .isEqualTo(new UpdateOutcome.SessionEnded(session));
    }

    @Test
    void saysWithoutAMajorityThatItIsUnavailable() {
        register.withoutMajority = true;
        assertThat(client.compareAndSet("a", 0, new byte[0], 0)).isInstanceOf(UpdateOutcome.Unavailable.class);
        assertThatThrownBy(() -> client.read("a"))
                .isInstanceOf(ControlPlaneUnavailableException.class)
                .hasMessageContaining("no majority");
    }

    @Test
    void goesOnAtAnotherMemberWhenOneIsAway() {
        client.compareAndSet("a", 0, new byte[0], 0);
        one.stopServer();
        assertThat(client.read("a")).isNotNull();
        one.startServer(doorOne);
        two.stopServer();
        assertThat(client.read("a")).isNotNull();
        assertThat(client.keepAlive(5)).isFalse();
        one.stopServer();
        assertThatThrownBy(() -> client.read("a")).isInstanceOf(ControlPlaneUnavailableException.class);
    }

    @Test
    void goesOnAtAnotherMemberWhenOneIsSilentThoughItsStreamStands() throws IOException {
        client.compareAndSet("a", 0, new byte[0], 0);
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        TransportSettings patient = TransportNode.SETTINGS
                .withSilence(Duration.ofMillis(100), Duration.ofMinutes(1))
                .withAnswerTimeout(Duration.ofSeconds(20));
        try (FaultProxy proxy = FaultProxy.start(reader.loops(), anyPort, one::address)) {
            Map<String, Supplier<@Nullable InetSocketAddress>> addresses = new LinkedHashMap<>();
            addresses.put("control-1", proxy::address);
            addresses.put("control-2", two::address);
            try (ControlPlaneClient asking = new ControlPlaneClient(
                    new TransportContext(reader.loops(), patient, reader.identity()), addresses)) {
                assertThat(asking.read("a")).isNotNull();
                proxy.cut();
                assertThat(asking.read("a")).isNotNull();
                assertThat(asking.compareAndSet("b", 0, new byte[0], 0)).isInstanceOf(UpdateOutcome.Updated.class);
            }
        }
    }

    @Test
    void watchesAndBeginsAnewAtAnotherMember() {
        client.compareAndSet("w/1", 0, new byte[0], 0);
        Heard heard = new Heard();
        ControlPlane.Watch watch = client.watch("w/", heard);
        await().until(() -> heard.events.contains("all [w/1]"));
        for (int i = 2; i < 1000; i++) {
            client.compareAndSet("w/2", i == 2 ? 0 : i - 1, new byte[0], 0);
        }
        client.compareAndSet("w/1", 1, null, 0);
        await().until(() -> heard.events.contains("-w/1@1000"));
        assertThat(heard.events).contains("w/2@2", "w/2@999");
        one.stopServer();
        one.startServer(doorOne);
        two.stopServer();
        two.startServer(doorTwo);
        await().until(() -> heard.events.getLast().equals("all [w/2]"));
        watch.close();
        await().until(() -> register.watchers() == 0);
    }
}
