package dev.boreal.launcher.journal;

import dev.boreal.contracts.cluster.ReplicationMode;
import java.util.List;

class NetworkedChainContractTest extends NetworkedContract {
    NetworkedChainContractTest() {
        super(ReplicationMode.CHAIN, List.of("a", "b", "c"));
    }
}
