package dev.boreal.launcher.journal;

import dev.boreal.contracts.cluster.ReplicationMode;
import java.util.List;

class NetworkedQuorumContractTest extends NetworkedContract {
    NetworkedQuorumContractTest() {
        super(ReplicationMode.QUORUM, List.of("a", "b", "c"));
    }
}
