package dev.boreal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.simulation.world.Trace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The net holds: every mistake that can be planted is found soon, and by the mistake alone. */
class PlantedBugsTest {
    private static final int SEEDS = 40;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void findsThePlantedBugAndNothingWithoutIt(PlantedBug bug) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Settings settings = Settings.of(seed).withFaults(bug.faults()).withJournals(bug.journals());
            if (!Simulation.run(settings.withBug(bug), Trace.silent()).isGood()) {
                assertThat(Simulation.run(settings, Trace.silent()).violations())
                        .describedAs(settings.replay())
                        .isEmpty();
                return;
            }
        }
        assertThat(bug).describedAs("not found within " + SEEDS + " seeds").isNull();
    }

    @Test
    void plantsAtLeastTwelveBugs() {
        assertThat(PlantedBug.values()).hasSizeGreaterThan(12);
    }
}
