package dev.boreal.journal.cluster;

import dev.boreal.contracts.cluster.ReplicationMode;
import java.util.List;

class SingleContractTest extends ReplicatedContract {
    SingleContractTest() {
        super(ReplicationMode.SINGLE, List.of("a"));
    }
}
