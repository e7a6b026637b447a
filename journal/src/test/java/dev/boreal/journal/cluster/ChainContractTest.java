package dev.boreal.journal.cluster;

import dev.boreal.contracts.cluster.ReplicationMode;
import java.util.List;

class ChainContractTest extends ReplicatedContract {
    ChainContractTest() {
        super(ReplicationMode.CHAIN, List.of("a", "b", "c"));
    }
}
