package dev.boreal.journal.cluster;

import dev.boreal.contracts.cluster.ReplicationMode;
import java.util.List;

class QuorumContractTest extends ReplicatedContract {
    QuorumContractTest() {
        super(ReplicationMode.QUORUM, List.of("a", "b", "c"));
    }
}
