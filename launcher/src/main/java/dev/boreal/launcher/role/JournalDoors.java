package dev.boreal.launcher.role;

import dev.boreal.contracts.cluster.Role;
import dev.boreal.journal.client.ClientConfiguration;
import dev.boreal.journal.client.ReplicatedJournalClient;
import dev.boreal.transport.journal.JournalClient;
import java.util.List;

/** One journal, through whichever of its replicas answers; reading from the nearest. */
final class JournalDoors implements AutoCloseable {
    private final Doors<JournalClient> doors;
    private final ReplicatedJournalClient journal;

    JournalDoors(Surroundings around, String name) {
        doors = new Doors<>(
                around.roster(),
                Role.JOURNAL,
                around.self().zone(),
                (member, address) -> new JournalClient(around.transport(), name, member, address));
        journal = new ReplicatedJournalClient(
                () -> List.copyOf(doors.nearestFirst().keySet()),
                member -> doors.nearestFirst().get(member),
                ClientConfiguration.defaults());
    }

    ReplicatedJournalClient journal() {
        return journal;
    }

    @Override
    public void close() {
        journal.close();
        doors.close();
    }
}
