package dev.boreal.launcher.role;

import dev.boreal.adjudicator.service.AdjudicatorStatus;
import dev.boreal.adjudicator.service.ElectedAdjudicator;
import dev.boreal.adjudicator.tenure.TenureConfiguration;
import dev.boreal.contracts.cluster.Role;
import dev.boreal.launcher.client.JournalConnection;
import dev.boreal.launcher.cluster.ClusterConfiguration;
import dev.boreal.launcher.cluster.MemberSection;
import dev.boreal.launcher.disk.StatusFile.Status;
import dev.boreal.launcher.service.ClusterCaretaker;
import dev.boreal.transport.adjudicator.AdjudicatorDoor;
import java.util.Set;
import java.util.TreeSet;

/** A candidate that decides while it has the tenure, and trims the journal then. */
final class AdjudicatorRoom implements Room {
    private static final int RANKS = 10;

    private final JournalConnection journal;
    private final ElectedAdjudicator adjudicator;
    private final ClusterCaretaker caretaker;

    AdjudicatorRoom(Surroundings around) {
        journal = around.journal(ClusterConfiguration.MAIN_JOURNAL);
        adjudicator = ElectedAdjudicator.start(
                journal.journal(),
                around.settings().adjudicator().withName(around.self().name()),
                TenureConfiguration.defaults()
                        .withLength(around.settings().tenureLength())
                        .withRank(rank(around)),
                around.clock(),
                around.timer());
        caretaker = new ClusterCaretaker(
                journal.journal(),
                adjudicator,
                around.controlPlane(),
                storageReplicas(around),
                around.settings().retention());
        around.server()
                .serve(new AdjudicatorDoor(adjudicator, around.transport().settings()));
    }

    private static Set<String> storageReplicas(Surroundings around) {
        Set<String> names = new TreeSet<>();
        for (MemberSection member : around.cluster().members(Role.STORAGE)) {
            names.add(member.name());
        }
        return names;
    }

    /** Those that wait do not all try at once: by the order of zones where the file names them, else by a hash of the name. */
    private static int rank(Surroundings around) {
        int zone = around.cluster().zones().indexOf(around.self().zone());
        return around.cluster().zones().size() > 1
                ? Math.min(zone, RANKS)
                : Math.floorMod(around.self().name().hashCode(), RANKS);
    }

    @Override
    public Status status(long nowMillis) {
        AdjudicatorStatus status = adjudicator.status();
        String note = status.leading()
                ? "decides, remembers " + status.rememberedKeys() + " keys"
                : status.owner().isEmpty() ? "waits for a tenure" : "stands by " + status.owner();
        return Status.of(true, nowMillis, status.epoch(), status.followedPosition(), note);
    }

    @Override
    public void close() {
        caretaker.close();
        adjudicator.close();
        journal.close();
    }
}
