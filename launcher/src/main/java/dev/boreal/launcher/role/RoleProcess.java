package dev.boreal.launcher.role;

import dev.boreal.clock.SystemClock;
import dev.boreal.clock.SystemTimer;
import dev.boreal.contracts.cluster.ControlPlaneUnavailableException;
import dev.boreal.contracts.cluster.Member;
import dev.boreal.contracts.cluster.Role;
import dev.boreal.contracts.door.ControlPlane;
import dev.boreal.launcher.client.Roster;
import dev.boreal.launcher.cluster.ClusterConfiguration;
import dev.boreal.launcher.cluster.Endpoint;
import dev.boreal.launcher.cluster.MemberSection;
import dev.boreal.launcher.configuration.BorealConfiguration;
import dev.boreal.launcher.configuration.Setting;
import dev.boreal.launcher.disk.ControlFile;
import dev.boreal.launcher.disk.DataDirectoryException;
import dev.boreal.launcher.disk.MemberDirectory;
import dev.boreal.launcher.disk.StatusFile.Status;
import dev.boreal.launcher.service.StartFailedException;
import dev.boreal.pgwire.service.BindFailedException;
import dev.boreal.transport.LinkIdentity;
import dev.boreal.transport.TransportContext;
import dev.boreal.transport.TransportLoops;
import dev.boreal.transport.TransportSettings;
import dev.boreal.transport.link.TransportServer;
import dev.boreal.transport.register.ControlPlaneClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One member of a cluster: its directory, its doors, its place in the register, and the room of its role. One thread starts;
 * any thread may close.
 */
public final class RoleProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RoleProcess.class);
    private static final long STATUS_MILLIS = 500;
    private static final int LOOPS = 1;

    private final Deque<Stoppable> running = new ArrayDeque<>();
    private final MemberDirectory directory;
    private volatile @Nullable Serving serving;
    private volatile String phase = "starts";
    private volatile boolean closed;

    private record Stoppable(String name, AutoCloseable part) {}

    /** What there is once the room is open. */
    private record Serving(Room room, Registration registration) {}

    private RoleProcess(ClusterConfiguration cluster, MemberSection self)
            throws IOException, DataDirectoryException, InterruptedException {
        boolean started = false;
        try {
            directory = keep(
                    "directory",
                    MemberDirectory.open(
                            self.data(), self.role().label() + " " + self.name() + " of " + cluster.cluster()));
            ControlFile control = directory.controlFile();
            control.write(self.host(), self.port() == 0 ? self.clientPort() : self.port());
            keep("control file", control::delete);
            BorealConfiguration settings = settings(self);
            SystemClock clock = new SystemClock(settings.clockErrorNanos());
            SystemTimer timer = keep("timer", new SystemTimer("boreal-timer"));
            TransportLoops loops = keep("transport", new TransportLoops(LOOPS));
            boolean loopback = java.net.InetAddress.getByName(self.host()).isLoopbackAddress();
            TransportSettings streams =
                    loopback ? TransportSettings.DEFAULT : TransportSettings.DEFAULT.listeningBeyondLoopback();
            LinkIdentity identity = new LinkIdentity(cluster.cluster(), self.name(), self.role());
            TransportContext transport = new TransportContext(loops, streams, identity);
            TransportServer server = keep(
                    "doors",
                    TransportServer.start(loops, streams, identity, new InetSocketAddress(self.host(), self.port())));
            ControlPlaneClient controlPlane =
                    keep("control plane", new ControlPlaneClient(transport, addresses(cluster, self)));
            Thread teller = Thread.ofPlatform().name("status").daemon(true).start(this::tell);
            if (self.role() != Role.CONTROL_PLANE) {
                awaitControlPlane(controlPlane, cluster, self);
            }
            Roster roster = keep("roster", new Roster(controlPlane, name -> route(cluster, self, name)));
            Surroundings around = new Surroundings(
                    cluster, self, settings, directory, clock, timer, transport, server, controlPlane, roster);
            Room room = keep(self.role().label(), open(around));
            Member entry = new Member(
                    self.name(),
                    self.role(),
                    self.zone(),
                    self.host(),
                    server.port(),
                    self.clientPort(),
                    directory.incarnation());
            serving = new Serving(
                    room, keep("registration", new Registration(controlPlane, entry, settings.sessionLease())));
            keep("status", teller::interrupt); // First of all to stop: it asks the room.
            started = true;
        } finally {
            if (!started) {
                close();
            }
        }
    }

    /**
     * Starts a member and returns when its room is open; it may still wait for others to become ready.
     *
     * @throws StartFailedException saying what is wrong; nothing is left running
     */
    public static RoleProcess start(ClusterConfiguration cluster, MemberSection self) throws StartFailedException {
        try {
            return new RoleProcess(cluster, self);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailedException("interrupted while starting", e);
        } catch (BindFailedException e) {
            throw new StartFailedException(
                    "client-port " + self.clientPort() + " of " + self.name() + ": " + e.getMessage(), e);
        } catch (IOException | DataDirectoryException | RuntimeException e) {
            throw new StartFailedException(self.name() + " cannot start: " + reason(e), e);
        }
    }

    private static String reason(Exception failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    private static BorealConfiguration settings(MemberSection self) {
        Map<String, String> texts = new HashMap<>(self.settings());
        texts.put(Setting.DATA_DIRECTORY.key(), self.data().toString());
        texts.put(Setting.LISTEN_ADDRESS.key(), self.host());
        texts.put(Setting.LISTEN_PORT.key(), Integer.toString(self.clientPort()));
        return BorealConfiguration.of(texts, Runtime.getRuntime().maxMemory());
    }

    private static Map<String, Supplier<@Nullable InetSocketAddress>> addresses(
            ClusterConfiguration cluster, MemberSection self) {
        Map<String, Supplier<@Nullable InetSocketAddress>> addresses = new LinkedHashMap<>();
        for (String name : cluster.controlPlane().keySet()) {
            addresses.put(name, () -> controlPlane(cluster, self, name));
        }
        return addresses;
    }

    /** Where a member connects to one of the control plane, which the file tells; null if there is none of that name. */
    static @Nullable InetSocketAddress controlPlane(ClusterConfiguration cluster, MemberSection self, String name) {
        InetSocketAddress route = route(cluster, self, name);
        Endpoint endpoint = cluster.controlPlane().get(name);
        return route != null || endpoint == null ? route : address(endpoint);
    }

    private static @Nullable InetSocketAddress route(ClusterConfiguration cluster, MemberSection self, String name) {
        Endpoint route = cluster.route(self.zone(), name);
        return route == null ? null : address(route);
    }

    private static @Nullable InetSocketAddress address(Endpoint endpoint) {
        InetSocketAddress address = new InetSocketAddress(endpoint.host(), endpoint.port());
        return address.isUnresolved() ? null : address;
    }

    private static Room open(Surroundings around) throws IOException, InterruptedException {
        return switch (around.self().role()) {
            case CONTROL_PLANE -> new ControlPlaneRoom(around);
            case JOURNAL -> new JournalRoom(around);
            case ADJUDICATOR -> new AdjudicatorRoom(around);
            case CROSSBAR -> new CrossbarRoom(around);
            case STORAGE -> new StorageRole(around);
            case QUERY_PROCESSOR -> new QueryProcessorRoom(around);
        };
    }

    private <T extends AutoCloseable> T keep(String name, T part) {
        running.push(new Stoppable(name, part));
        return part;
    }

    private void tell() {
        boolean told = false;
        while (!closed) {
            Status status = status();
            try {
                directory.statusFile().write(status);
            } catch (IOException e) {
                LOG.warn("cannot write the status file: {}", e.toString());
            }
            if (status.ready() && !told) {
                told = true;
                LOG.info("Ready");
            }
            try {
                Thread.sleep(STATUS_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Everything else stands in the register, so there is nothing to do before a majority of its members answers. */
    private void awaitControlPlane(ControlPlane controlPlane, ClusterConfiguration cluster, MemberSection self)
            throws InterruptedException {
        phase = "waits for the control plane: "
                + String.join(", ", cluster.controlPlane().keySet());
        while (true) {
            try {
                controlPlane.read(Member.key(self.name()));
                phase = "opens";
                return;
            } catch (ControlPlaneUnavailableException e) {
                LOG.info("Waits for the control plane, at {}: {}", cluster.controlPlane(), e.getMessage());
                Thread.sleep(STATUS_MILLIS);
            }
        }
    }

    /** How this member fares. */
    public Status status() {
        long nowMillis = System.currentTimeMillis();
        Serving now = serving;
        if (now == null) {
            return Status.of(false, nowMillis, -1, -1, phase);
        }
        Status status = now.room().status(nowMillis);
        Registration registration = now.registration();
        boolean known = registration.isWritten();
        return new Status(
                status.pid(),
                status.ready() && known,
                status.writtenAtMillis(),
                status.term(),
                status.position(),
                status.watermark(),
                status.lag(),
                known && !registration.isAlive() ? status.note() + ", has no session" : status.note());
    }

    /** Stops in the reverse order of the start; a part that fails to stop does not keep the others from it. */
    @Override
    public void close() {
        synchronized (running) {
            if (closed) {
                return;
            }
            closed = true;
        }
        for (Stoppable stoppable : running) {
            try {
                stoppable.part().close();
            } catch (Exception e) {
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                LOG.error("cannot stop {} cleanly", stoppable.name(), e);
            }
        }
    }
}
