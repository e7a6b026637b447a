package dev.boreal.simulation;

import dev.boreal.simulation.world.Violation;
import java.util.List;

/**
 * How a run ended.
 *
 * @param violations of promises; empty for a good run
 * @param events that happened
 * @param virtualNanos that went by in the run
 * @param transactions that clients began
 * @param committed transactions that wrote something and were acknowledged
 * @param faults that were done to the cluster
 * @param digest of everything that happened, in order: equal for equal runs
 */
public record Outcome(
        List<Violation> violations,
        long events,
        long virtualNanos,
        int transactions,
        int committed,
        int faults,
        long digest) {
    public Outcome {
        violations = List.copyOf(violations);
    }

    public boolean isGood() {
        return violations.isEmpty();
    }
}
