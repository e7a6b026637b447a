package dev.boreal.launcher.journal;

import dev.boreal.contracts.cluster.ReplicationMode;
import java.util.List;

class NetworkedSingleContractTest extends NetworkedContract {
    NetworkedSingleContractTest() {
        super(ReplicationMode.SINGLE, List.of("a"));
    }
}
