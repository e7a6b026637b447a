package dev.boreal.launcher.role;

import dev.boreal.contracts.cluster.ControlPlaneUnavailableException;
import dev.boreal.contracts.cluster.JournalPlan;
import dev.boreal.contracts.cluster.UpdateOutcome;
import dev.boreal.journal.replica.ReplicaConfiguration;
import dev.boreal.journal.service.ReplicaStatus;
import dev.boreal.journal.service.ReplicatedJournal;
import dev.boreal.launcher.cluster.JournalSection;
import dev.boreal.launcher.disk.StatusFile.Status;
import dev.boreal.transport.journal.JournalDoor;
import dev.boreal.transport.peer.GrpcPeerNetwork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A replica of each journal that names this member. Whoever is first writes a journal's first plan. */
final class JournalRoom implements Room {
    private static final Logger LOG = LoggerFactory.getLogger(JournalRoom.class);
    private static final long PAUSE_MILLIS = 200;

    private final String self;
    private final List<ReplicatedJournal> replicas = new ArrayList<>();
    private final List<GrpcPeerNetwork> networks = new ArrayList<>();

    JournalRoom(Surroundings around) throws IOException, InterruptedException {
        self = around.self().name();
        boolean opened = false;
        try {
            for (JournalSection journal : around.cluster().journals()) {
                if (journal.members().contains(self)) {
                    plan(around, journal);
                    open(around, journal.name());
                }
            }
            opened = true;
        } finally {
            if (!opened) {
                close();
            }
        }
        if (replicas.isEmpty()) {
            throw new IOException("no journal names " + self + " as a member: list it under \"journals\"");
        }
    }

    private static void plan(Surroundings around, JournalSection journal) throws InterruptedException {
        String key = JournalPlan.key(journal.name());
        while (true) {
            String trouble;
            try {
                if (around.controlPlane().read(key) != null) {
                    return;
                }
                byte[] first = journal.firstPlan().encode();
                UpdateOutcome outcome = around.controlPlane().compareAndSet(key, 0, first, 0);
                if (outcome instanceof UpdateOutcome.Updated) {
                    LOG.info("Journal {} begins: {}", journal.name(), journal.firstPlan());
                    return;
                }
                trouble = outcome.toString();
            } catch (ControlPlaneUnavailableException e) {
                trouble = String.valueOf(e.getMessage());
            }
            LOG.info("The plan of journal {} cannot be read or written yet: {}", journal.name(), trouble);
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private void open(Surroundings around, String journal) throws IOException {
        GrpcPeerNetwork network = new GrpcPeerNetwork(
                around.transport().loops(),
                around.transport().settings(),
                around.transport().self(),
                "journal/" + journal,
                around.roster()::address);
        networks.add(network);
        ReplicatedJournal replica = ReplicatedJournal.open(
                journal,
                self,
                around.directory().sub(journal),
                around.settings().journal(),
                ReplicaConfiguration.defaults(),
                network,
                around.controlPlane(),
                around.transport().loops().next());
        replicas.add(replica);
        around.server()
                .serve(network)
                .serve(new JournalDoor(journal, replica, around.transport().settings()));
    }

    @Override
    public Status status(long nowMillis) {
        ReplicaStatus status = replicas.getFirst().status();
        JournalPlan plan = status.plan();
        String failure = status.unavailable();
        String standing;
        if (failure != null) {
            standing = "failed: " + failure;
        } else if (plan == null) {
            standing = "has no plan yet";
        } else if (status.leads()) {
            standing = "leads " + plan.journal() + ", epoch " + status.epoch() + ", " + words(plan);
        } else if (plan.learners().contains(self)) {
            standing = "learns " + plan.journal() + ", record " + status.lastIndex();
        } else {
            standing = plan.members().contains(self)
                    ? status.leader() == null
                            ? "hears of no leader of " + plan.journal()
                            : "follows " + status.leader() + " in " + plan.journal()
                    : "is not in the plan of " + plan.journal();
        }
        return Status.of(failure == null, nowMillis, status.term(), status.committedPosition(), standing)
                .withWatermark(status.watermark());
    }

    private static String words(JournalPlan plan) {
        return plan.mode().name().toLowerCase(java.util.Locale.ROOT) + " " + String.join(" > ", plan.members())
                + (plan.learners().isEmpty() ? "" : ", learning: " + String.join(", ", plan.learners()));
    }

    @Override
    public void close() {
        replicas.forEach(ReplicatedJournal::close);
        networks.forEach(GrpcPeerNetwork::close);
    }
}
