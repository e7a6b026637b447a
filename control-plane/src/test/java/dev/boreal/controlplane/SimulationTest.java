package dev.boreal.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.controlplane.world.PlantedBug;
import dev.boreal.controlplane.world.Simulation;
import dev.boreal.controlplane.world.Violation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every fault from seeds. A seed that fails is printed with what it broke; {@code -Dboreal.seeds=1000} tries more. */
class SimulationTest {
    private static final int SEEDS = Integer.getInteger("boreal.seeds", 40);

    @Test
    void everyInvariantHoldsWhateverHappens() {
        int writes = 0;
        int sessionsEnded = 0;
        int crashes = 0;
        int changed = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                Simulation.Summary summary = Simulation.run(seed, PlantedBug.NONE);
                writes += summary.writes();
                sessionsEnded += summary.sessionsEnded();
                crashes += summary.crashes();
                changed += summary.members().contains("a") ? 0 : 1;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
        assertThat(writes).isGreaterThan(100 * SEEDS);
        assertThat(sessionsEnded).isGreaterThan(SEEDS / 2);
        assertThat(crashes).isGreaterThan(5 * SEEDS);
        assertThat(changed).as("runs in which a founder went").isPositive();
    }

    @ParameterizedTest(name = "{0} within {1} seeds")
    @CsvSource({
        "ANSWERS_BEFORE_DISK, 30",
        "IGNORES_ACCEPTED_VALUES, 30",
        "COUNTS_UNSAID_VOTES, 10",
        "READS_WITHOUT_CONFIRMING, 60",
        "SNAPSHOT_FORGETS_SESSIONS, 5",
        "FORGETS_SIGNS_OF_LIFE, 5",
        "FORGETS_ACCEPTANCES, 10"
    })
    void findsPlantedBug(PlantedBug bug, int seeds) {
        for (long seed = 1; seed <= seeds; seed++) {
            try {
                Simulation.run(seed, bug);
            } catch (Violation found) {
                return;
            }
        }
        throw new AssertionError(seeds + " seeds did not find " + bug);
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();
        Simulation.run(7, PlantedBug.NONE, first::add);
        Simulation.run(7, PlantedBug.NONE, second::add);
        assertThat(second).isEqualTo(first).hasSizeGreaterThan(1000);
    }
}
