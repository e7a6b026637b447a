package dev.boreal.launcher.journal;

import dev.boreal.contracts.cluster.JournalPlan;
import dev.boreal.contracts.cluster.Member;
import dev.boreal.contracts.cluster.ReplicationMode;
import dev.boreal.contracts.cluster.Role;
import dev.boreal.contracts.door.Journal;
import dev.boreal.journal.client.ClientConfiguration;
import dev.boreal.journal.client.ReplicatedJournalClient;
import dev.boreal.journal.cluster.MemoryRegister;
import dev.boreal.journal.cluster.ReplicatedContract;
import dev.boreal.journal.replica.ReplicaConfiguration;
import dev.boreal.journal.service.JournalConfiguration;
import dev.boreal.journal.service.ReplicatedJournal;
import dev.boreal.transport.LinkIdentity;
import dev.boreal.transport.TransportContext;
import dev.boreal.transport.TransportLoops;
import dev.boreal.transport.TransportSettings;
import dev.boreal.transport.journal.JournalClient;
import dev.boreal.transport.journal.JournalDoor;
import dev.boreal.transport.link.TransportServer;
import dev.boreal.transport.peer.GrpcPeerNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Replicas of a journal as they run in processes of their own: each with its loops, its port on loopback and its directory. A
 * client has loops of its own too, so that every word between any two of them goes through a socket.
 */
final class NetworkedReplicas implements ReplicatedContract.Replicas {
    private static final String JOURNAL = "main";
    /** Patient enough for a busy machine. */
    private static final TransportSettings SETTINGS =
            TransportSettings.DEFAULT.withSilence(Duration.ofMillis(100), Duration.ofSeconds(3));

    private final Path directory;
    private final JournalConfiguration configuration;
    private final ClientConfiguration client;
    private final MemoryRegister register = new MemoryRegister();
    private final Map<String, InetSocketAddress> addresses = new ConcurrentHashMap<>();
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final List<String> names;
    private Caller caller;

    NetworkedReplicas(
            ReplicationMode mode,
            List<String> names,
            JournalConfiguration configuration,
            ClientConfiguration client,
            Path directory) {
        this.names = List.copyOf(names);
        this.client = client;
        this.configuration = configuration;
        this.directory = directory;
        JournalPlan plan = new JournalPlan(JOURNAL, mode, 1, names, List.of(), Math.min(2, names.size()));
        register.compareAndSet(JournalPlan.key(JOURNAL), 0, plan.encode(), 0);
        startAll();
        caller = new Caller();
    }

    /** One replica, as if in a process of its own. */
    private final class Place implements AutoCloseable {
        private final TransportLoops loops = new TransportLoops(1);
        private final TransportServer server;
        private final GrpcPeerNetwork network;
        private final ReplicatedJournal journal;
        private final long session;

        Place(String name) throws IOException {
            LinkIdentity identity = new LinkIdentity("cluster-1", name, Role.JOURNAL);
            InetSocketAddress known = addresses.get(name);
            InetSocketAddress wanted =
                    known == null ? new InetSocketAddress(InetAddress.getLoopbackAddress(), 0) : known;
            server = TransportServer.start(loops, SETTINGS, identity, wanted);
            addresses.put(name, server.address());
            network = new GrpcPeerNetwork(loops, SETTINGS, identity, "journal/" + JOURNAL, addresses::get);
            journal = ReplicatedJournal.open(
                    JOURNAL,
                    name,
                    directory.resolve(name),
                    configuration,
                    ReplicaConfiguration.defaults(),
                    network,
                    register,
                    loops.next());
            server.serve(network).serve(new JournalDoor(JOURNAL, journal, SETTINGS));
            session = register.beginSession(name, Duration.ofSeconds(1));
            Member member = new Member(name, Role.JOURNAL, "zone", "localhost", server.port(), 0, session);
            register.compareAndSet(Member.key(name), 0, member.encode(), session);
        }

        @Override
        public void close() {
            server.close();
            journal.close();
            network.close();
            loops.close();
            register.endSession(session);
        }
    }

    /** Somebody who uses the journal from a process of their own. */
    private final class Caller implements AutoCloseable {
        private final TransportLoops loops = new TransportLoops(1);
        private final Map<String, JournalClient> doors = new ConcurrentHashMap<>();
        private final ReplicatedJournalClient journal;

        Caller() {
            TransportContext context =
                    new TransportContext(loops, SETTINGS, new LinkIdentity("cluster-1", "caller", Role.ADJUDICATOR));
            for (String name : names) {
                doors.put(name, new JournalClient(context, JOURNAL, name, () -> addresses.get(name)));
            }
            journal = new ReplicatedJournalClient(() -> names, this::door, client);
        }

        private @Nullable Journal door(String name) {
            return doors.get(name);
        }

        @Override
        public void close() {
            journal.close();
            doors.values().forEach(JournalClient::close);
            loops.close();
        }
    }

    private void startAll() {
        for (String name : names) {
            try {
                places.put(name, new Place(name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void stopAll() {
        for (String name : names) {
            Objects.requireNonNull(places.remove(name)).close();
        }
    }

    @Override
    public Journal client() {
        return caller.journal;
    }

    @Override
    public List<Long> firstPositions() {
        List<Long> positions = new ArrayList<>();
        places.values().forEach(place -> positions.add(place.journal.firstPosition()));
        return positions;
    }

    @Override
    public void restart() {
        caller.close();
        stopAll();
        startAll();
        caller = new Caller();
    }

    @Override
    public void close() {
        caller.close();
        stopAll();
    }
}
