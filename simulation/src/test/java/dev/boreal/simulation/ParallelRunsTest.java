package dev.boreal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.simulation.world.Trace;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ParallelRunsTest {
    @Test
    void givesTheOutcomesThatRunsHaveAloneInTheOrderOfSeeds() {
        Settings settings = Settings.of(40).withFaults("wild");
        try (ParallelRuns runs = new ParallelRuns(settings, 6, 3)) {
            for (long seed = 40; seed < 46; seed++) {
                assertThat(runs.next()).isEqualTo(Simulation.run(settings.withSeed(seed), Trace.silent()));
            }
        }
    }

    @Test
    void stopsAtTheFirstSeedThatBreaksAPromise() {
        String said =
                said(1, "--bug", "crossbar-reorders", "--journals", "single", "--faults", "calm", "--seeds", "30");

        assertThat(said).containsOnlyOnce("broke a promise").contains("to see it: ./boreal simulate --seed");
    }

    @Test
    void tellsOfEverySeedThatBreaksAPromiseWhenToldToGoOn() {
        String said = said(
                1,
                "--bug",
                "crossbar-reorders",
                "--journals",
                "single",
                "--faults",
                "calm",
                "--seeds",
                "8",
                "--keep-going");

        assertThat(said.split("broke a promise", -1)).hasSizeGreaterThan(3);
        assertThat(said).contains("\n8 seeds, ");
    }

    @Test
    void refusesWhatItDoesNotKnowBeforeItRuns() {
        assertThat(said(2, "--journals", "paper")).isEmpty();
        assertThat(said(2, "--workload", "chess")).isEmpty();
    }

    private static String said(int exitCode, String... arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int exit = SimulationCommand.execute(new PrintStream(bytes, true, StandardCharsets.UTF_8), arguments);
        String said = bytes.toString(StandardCharsets.UTF_8);
        assertThat(exit).describedAs(said).isEqualTo(exitCode);
        return said;
    }
}
