package dev.boreal.journal.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.contracts.cluster.ReplicationMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicaSimulationTest {
    private static final int SEEDS = Integer.getInteger("seeds", 60);

    private static int run(ReplicationMode mode, int count) {
        int acknowledged = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            ReplicaSimulation simulation = new ReplicaSimulation(seed, mode, count, PlantedBug.NONE, false);
            try {
                simulation.run();
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
            acknowledged += simulation.acknowledgements();
        }
        return acknowledged;
    }

    @Test
    void aChainLosesNothingAndGoesOn() {
        assertThat(run(ReplicationMode.CHAIN, 3)).isGreaterThan(SEEDS * 50);
    }

    @Test
    void aChainWithASpareLosesNothingAndGoesOn() {
        assertThat(run(ReplicationMode.CHAIN, 4)).isGreaterThan(SEEDS * 50);
    }

    @Test
    void aQuorumLosesNothingAndGoesOn() {
        assertThat(run(ReplicationMode.QUORUM, 3)).isGreaterThan(SEEDS * 50);
    }

    @ParameterizedTest
    @CsvSource({
        "ACKNOWLEDGES_BEFORE_SYNC, CHAIN, 50",
        "ACKNOWLEDGES_BEFORE_SYNC, QUORUM, 50",
        "CHAIN_SKIPS_A_MEMBER, CHAIN, 50",
        "PROPOSER_IGNORES_ACCEPTED, QUORUM, 50",
        "FOLLOWER_KEEPS_MISMATCHING_SUFFIX, QUORUM, 50",
        "FOLLOWER_KEEPS_MISMATCHING_SUFFIX, CHAIN, 50",
        "HEAD_GOES_ON_AFTER_RESTART, CHAIN, 100",
        "HEARTBEAT_PASSES_UNCOMMITTED, QUORUM, 50"
    })
    void findsAPlantedBug(PlantedBug bug, ReplicationMode mode, int seeds) {
        for (long seed = 0; seed < seeds; seed++) {
            try {
                new ReplicaSimulation(seed, mode, 3, bug, false).run();
            } catch (RuntimeException found) {
                return;
            }
        }
        throw new AssertionError(bug + " was not found");
    }
}
