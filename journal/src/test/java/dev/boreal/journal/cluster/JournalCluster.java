package dev.boreal.journal.cluster;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.cluster.JournalPlan;
import dev.boreal.contracts.cluster.Member;
import dev.boreal.contracts.cluster.RegisterEntry;
import dev.boreal.contracts.cluster.ReplicationMode;
import dev.boreal.contracts.cluster.Role;
import dev.boreal.contracts.door.Journal;
import dev.boreal.journal.client.ClientConfiguration;
import dev.boreal.journal.client.ReplicatedJournalClient;
import dev.boreal.journal.disk.FakeDisk;
import dev.boreal.journal.replica.ReplicaConfiguration;
import dev.boreal.journal.service.JournalConfiguration;
import dev.boreal.journal.service.ReplicatedJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Replicas of one journal in this process, on disks in memory, with a client before them. */
public final class JournalCluster implements ReplicatedContract.Replicas {
    private static final String NAME = "ledger";

    /** A member of the cluster, running or not. */
    private static final class Place {
        private FakeDisk disk;
        private long session;
        private @Nullable ReplicatedJournal journal;

        Place(FakeDisk disk) {
            this.disk = disk;
        }
    }

    private final MemoryRegister register = new MemoryRegister();
    private final LoopbackNetwork network = new LoopbackNetwork();
    private final JournalConfiguration configuration;
    private final ClientConfiguration clientConfiguration;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final List<String> names;
    private @Nullable ReplicatedJournalClient client;

    public JournalCluster(ReplicationMode mode, List<String> names, JournalConfiguration configuration) {
        this(mode, names, configuration, ClientConfiguration.defaults());
    }

    JournalCluster(
            ReplicationMode mode,
            List<String> names,
            JournalConfiguration configuration,
            ClientConfiguration clientConfiguration) {
        this.names = List.copyOf(names);
        this.clientConfiguration = clientConfiguration;
        this.configuration = configuration;
        JournalPlan plan = new JournalPlan(NAME, mode, 1, names, List.of(), Math.min(2, names.size()));
        register.compareAndSet(JournalPlan.key(NAME), 0, plan.encode(), 0);
        for (String name : names) {
            places.put(name, new Place(new FakeDisk(new Chance(name.hashCode()))));
        }
        names.forEach(this::start);
    }

    public void start(String name) {
        Place place = place(name);
        try {
            place.journal = ReplicatedJournal.open(
                    NAME, name, place.disk, configuration, ReplicaConfiguration.defaults(), network.of(name), register);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        place.session = register.beginSession(name, Duration.ofSeconds(1));
        Member member = new Member(name, Role.JOURNAL, "zone", "localhost", 1, 0, place.session);
        register.compareAndSet(Member.key(name), 0, member.encode(), place.session);
    }

    /** Ends the member as a kill of its process does. */
    public void kill(String name) {
        Place place = place(name);
        network.leave(name);
        ReplicatedJournal journal = place.journal;
        place.journal = null;
        if (journal != null) {
            journal.close();
        }
        register.endSession(place.session);
        place.disk = place.disk.after(FakeDisk.End.KILLED);
    }

    @Override
    public List<Long> firstPositions() {
        List<Long> positions = new ArrayList<>();
        names.forEach(name -> positions.add(replica(name).firstPosition()));
        return positions;
    }

    /** Clients are new. */
    @Override
    public void restart() {
        closeClient();
        names.forEach(this::kill);
        names.forEach(this::start);
    }

    private Place place(String name) {
        return Objects.requireNonNull(places.get(name));
    }

    public ReplicatedJournal replica(String name) {
        return Objects.requireNonNull(place(name).journal);
    }

    public LoopbackNetwork network() {
        return network;
    }

    public JournalPlan plan() {
        RegisterEntry entry = Objects.requireNonNull(register.read(JournalPlan.key(NAME)));
        return JournalPlan.decode(entry.value());
    }

    /** Writes another plan, as an operator would. */
    public void plan(List<String> members, List<String> learners) {
        RegisterEntry entry = Objects.requireNonNull(register.read(JournalPlan.key(NAME)));
        JournalPlan now = plan();
        JournalPlan next = new JournalPlan(NAME, now.mode(), now.term() + 1, members, learners, now.minimumMembers());
        register.compareAndSet(JournalPlan.key(NAME), entry.version(), next.encode(), 0);
    }

    @Override
    public ReplicatedJournalClient client() {
        ReplicatedJournalClient made = client;
        if (made == null) {
            made = newClient();
            client = made;
        }
        return made;
    }

    public ReplicatedJournalClient newClient() {
        return new ReplicatedJournalClient(() -> names, this::door, clientConfiguration);
    }

    /** Of somebody near that replica, who tries it first. */
    public ReplicatedJournalClient newClientNear(String name) {
        List<String> order = new ArrayList<>(names);
        order.remove(name);
        order.addFirst(name);
        return new ReplicatedJournalClient(() -> order, this::door, clientConfiguration);
    }

    private @Nullable Journal door(String name) {
        Place place = places.get(name);
        return place == null ? null : place.journal;
    }

    public void await(BooleanSupplier condition) {
        for (int i = 0; i < 30_000; i++) {
            if (condition.getAsBoolean()) {
                return;
            }
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        throw new AssertionError("never: plan " + plan());
    }

    private void closeClient() {
        if (client != null) {
            client.close();
            client = null;
        }
    }

    @Override
    public void close() {
        closeClient();
        names.forEach(this::kill);
        network.close();
    }
}
