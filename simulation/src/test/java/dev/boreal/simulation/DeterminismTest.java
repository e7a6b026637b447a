package dev.boreal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.simulation.world.Trace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeterminismTest {
    @ParameterizedTest
    @CsvSource({"1, default, mixed", "7, wild, mixed", "3, hand-over, hand-over", "5, clocks, snapshots"})
    void runsOfOneSeedAreEqualByteForByte(long seed, String faults, String workload) {
        Settings settings = Settings.of(seed).withFaults(faults).withWorkload(workload);
        StringBuilder first = new StringBuilder();
        StringBuilder second = new StringBuilder();
        Outcome one = Simulation.run(settings, Trace.to(first));
        Outcome other = Simulation.run(settings, Trace.to(second));

        assertThat(one).isEqualTo(other);
        assertThat(second.toString().equals(first.toString())).isTrue();
        assertThat(first.length()).isGreaterThan(100_000);
    }

    @Test
    void whoReadsTheTraceDoesNotChangeTheRun() {
        Settings settings = Settings.of(11);
        Outcome read = Simulation.run(settings, Trace.to(new StringBuilder()));

        assertThat(Simulation.run(settings, Trace.silent())).isEqualTo(read);
    }

    @Test
    void anotherSeedIsAnotherRun() {
        assertThat(Simulation.run(Settings.of(1), Trace.silent()).digest())
                .isNotEqualTo(Simulation.run(Settings.of(2), Trace.silent()).digest());
    }
}
