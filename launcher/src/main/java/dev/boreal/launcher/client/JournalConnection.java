package dev.boreal.launcher.client;

import dev.boreal.contracts.cluster.ControlPlaneUnavailableException;
import dev.boreal.contracts.cluster.JournalPlan;
import dev.boreal.contracts.cluster.RegisterEntry;
import dev.boreal.contracts.cluster.Role;
import dev.boreal.contracts.door.Journal;
import dev.boreal.journal.client.ClientConfiguration;
import dev.boreal.journal.client.ReplicatedJournalClient;
import dev.boreal.launcher.cluster.ClusterConfiguration;
import dev.boreal.launcher.cluster.ClusterFileReader;
import dev.boreal.launcher.cluster.Endpoint;
import dev.boreal.transport.LinkIdentity;
import dev.boreal.transport.TransportContext;
import dev.boreal.transport.TransportLoops;
import dev.boreal.transport.TransportSettings;
import dev.boreal.transport.journal.JournalClient;
import dev.boreal.transport.register.ControlPlaneClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal kept by other processes, as one {@link Journal}: it finds the replicas in the register, writes at the one that leads and reads
 * at the nearest that answers, and goes on elsewhere when one is lost. One connection serves a whole program; any thread may use it.
 *
 * <pre>{@code
 * try (JournalConnection connection = JournalConnection.open(List.of("127.0.0.1:7432"), "journal", "main")) {
 *     EpochWriter writer = EpochWriter.open(connection.journal(), "me", clock);
 *     long position = writer.append("hello".getBytes(UTF_8));
 * }
 * }</pre>
 */
public final class JournalConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalConnection.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PAUSE_MILLIS = 20;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final ReplicatedJournalClient journal;

    /** Over what a process has already, which stays the process's to close. */
    public JournalConnection(TransportContext transport, Roster roster, String zone, String name) {
        Doors<JournalClient> doors = keep(new Doors<>(
                roster, Role.JOURNAL, zone, (member, address) -> new JournalClient(transport, name, member, address)));
        journal = keep(new ReplicatedJournalClient(
                () -> List.copyOf(doors.nearestFirst().keySet()),
                member -> doors.nearestFirst().get(member),
                ClientConfiguration.defaults()));
    }

    /**
     * Connects a program of its own. Waits until the journal was found.
     *
     * @param controlPlane where members of the control plane are, each as {@code host:port}; those that do not answer are left out
     * @param cluster the cluster's id, as {@code cluster.yaml} says it
     * @param name of the journal; {@code ./boreal journal up} makes one called {@code main}
     * @throws IOException saying what was not found; nothing is left open
     * @throws IllegalArgumentException if an address is not one
     */
    public static JournalConnection open(List<String> controlPlane, String cluster, String name) throws IOException {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        boolean done = false;
        try {
            List<Supplier<@Nullable InetSocketAddress>> members = addresses(controlPlane);
            TransportLoops loops = new TransportLoops(1);
            opened.push(loops);
            String self = "client-" + ProcessHandle.current().pid();
            TransportContext transport =
                    new TransportContext(loops, TransportSettings.DEFAULT, LinkIdentity.ofClient(cluster, self));
            ControlPlaneClient register = new ControlPlaneClient(transport, members);
            opened.push(register);
            find(register, cluster, name, controlPlane);
            Roster roster = new Roster(register, member -> null);
            opened.push(roster);
            await(roster, name);
            JournalConnection connection = new JournalConnection(transport, roster, "", name);
            connection.parts.addAll(opened);
            done = true;
            return connection;
        } finally {
            if (!done) {
                closeAll(opened);
            }
        }
    }

    /**
     * As above, for a cluster that a file describes.
     *
     * @param file a {@code cluster.yaml}
     */
    public static JournalConnection open(Path file, String name) throws IOException {
        ClusterConfiguration cluster = ClusterFileReader.read(file);
        List<String> members = new ArrayList<>();
        for (Endpoint endpoint : cluster.controlPlane().values()) {
            members.add(endpoint.toString());
        }
        return open(members, cluster.cluster(), name);
    }

    /** Writes, reads and subscribes; closed by this connection only. */
    public Journal journal() {
        return journal;
    }

    private <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
    }

    private static List<Supplier<@Nullable InetSocketAddress>> addresses(List<String> texts) {
        List<Supplier<@Nullable InetSocketAddress>> addresses = new ArrayList<>();
        for (String text : texts) {
            addresses.add(HostAndPort.parse(text)::resolve);
        }
        return addresses;
    }

    private static void find(ControlPlaneClient register, String cluster, String name, List<String> addresses)
            throws IOException {
        try {
            if (register.read(JournalPlan.key(name)) != null) {
                return;
            }
            StringBuilder there = new StringBuilder();
            for (RegisterEntry entry : register.list(JournalPlan.key(""))) {
                there.append(there.isEmpty() ? "" : ", ")
                        .append(JournalPlan.decode(entry.value()).journal());
            }
            throw new IOException("cluster \"" + cluster + "\" has no journal \"" + name + "\""
                    + (there.isEmpty() ? ", nor any other" : "; it has " + there));
        } catch (ControlPlaneUnavailableException e) {
            throw new IOException(
                    "the control plane of \"" + cluster + "\" at " + String.join(", ", addresses) + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private static void await(Roster roster, String name) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (roster.nearestFirst(Role.JOURNAL, "").isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("no replica of journal \"" + name + "\" is registered: do its processes run?");
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while connecting to journal \"" + name + "\"", e);
            }
        }
    }

    @Override
    public void close() {
        closeAll(parts);
    }

    private static void closeAll(Deque<AutoCloseable> parts) {
        for (AutoCloseable part = parts.poll(); part != null; part = parts.poll()) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("a part of the connection does not close: {}", e.toString());
            }
        }
    }
}
