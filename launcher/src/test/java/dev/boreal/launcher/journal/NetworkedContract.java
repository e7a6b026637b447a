package dev.boreal.launcher.journal;

import dev.boreal.contracts.cluster.ReplicationMode;
import dev.boreal.journal.cluster.ReplicatedContract;
import dev.boreal.journal.service.JournalConfiguration;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** The contract, kept by replicas that only sockets connect with one another and with the client. */
abstract class NetworkedContract extends ReplicatedContract {
    @TempDir
    private Path directory;

    NetworkedContract(ReplicationMode mode, List<String> names) {
        super(mode, names);
    }

    @Override
    protected Replicas begin(ReplicationMode mode, List<String> members, JournalConfiguration configuration) {
        return new NetworkedReplicas(mode, members, configuration, CLIENT, directory);
    }
}
