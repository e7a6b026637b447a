package dev.boreal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.simulation.world.Trace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** A minute or two of seeds with every build; {@code ./boreal simulate --seeds N} runs many. */
class SeedsTest {
    /** How many seeds of each kind: {@code -Dboreal.simulation.seeds=N}. */
    private static final int SEEDS = Integer.getInteger("boreal.simulation.seeds", 400);

    @ParameterizedTest
    @CsvSource({
        "mixed, default",
        "mixed, wild",
        "mixed, calm",
        "mixed, clocks",
        "mixed, journals",
        "mixed, control",
        "list-append, wild",
        "hand-over, hand-over",
        "snapshots, default",
        "bank, wild",
        "cycle, wild"
    })
    void keepsEveryPromise(String workload, String faults) {
        int committed = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            Settings settings = Settings.of(1000 + seed).withWorkload(workload).withFaults(faults);
            Outcome outcome = Simulation.run(settings, Trace.silent());
            assertThat(outcome.violations()).describedAs(settings.replay()).isEmpty();
            committed += outcome.committed();
        }
        assertThat(committed).isGreaterThan(20 * SEEDS);
    }

    /** Seeds that once failed. */
    @ParameterizedTest
    @CsvFileSource(resources = "/regressions.csv", numLinesToSkip = 1)
    void failsNoMoreWhereItOnceDid(long seed, String workload, String faults, String journals, String what) {
        Settings settings =
                Settings.of(seed).withWorkload(workload).withFaults(faults).withJournals(journals);

        assertThat(Simulation.run(settings, Trace.silent()).violations())
                .describedAs(what + ": " + settings.replay())
                .isEmpty();
    }

    @Test
    void faultsAreDone() {
        Outcome outcome = Simulation.run(Settings.of(1).withFaults("wild"), Trace.silent());

        assertThat(outcome.faults()).isGreaterThan(10);
    }
}
