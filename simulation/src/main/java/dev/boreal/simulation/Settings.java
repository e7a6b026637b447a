package dev.boreal.simulation;

import dev.boreal.simulation.workload.Workload;
import dev.boreal.simulation.world.FaultProfile;
import java.util.List;

/**
 * What a run depends on: nothing else.
 *
 * @param seed of all chance
 * @param workload by its name
 * @param faults what may go wrong
 * @param journals {@code single}, {@code chain}, {@code quorum}, or {@code any}
 * @param bug the mistake to make
 */
public record Settings(long seed, String workload, FaultProfile faults, String journals, PlantedBug bug) {
    private static final List<String> JOURNALS = List.of("any", "single", "chain", "quorum");

    /** Throws IllegalArgumentException naming the workloads or journals there are. */
    public Settings {
        Workload known = Workload.of(workload, 1);
        if (known.items().isEmpty() || !JOURNALS.contains(journals)) {
            throw new IllegalArgumentException("no journal is \"" + journals + "\"; there are " + JOURNALS);
        }
    }

    public static Settings of(long seed) {
        return new Settings(seed, "mixed", FaultProfile.of("default"), "any", PlantedBug.NONE);
    }

    public Settings withSeed(long newSeed) {
        return new Settings(newSeed, workload, faults, journals, bug);
    }

    public Settings withWorkload(String newWorkload) {
        return new Settings(seed, newWorkload, faults, journals, bug);
    }

    public Settings withFaults(String profile) {
        return new Settings(seed, workload, FaultProfile.of(profile), journals, bug);
    }

    public Settings withBug(PlantedBug newBug) {
        return new Settings(seed, workload, faults, journals, newBug);
    }

    public Settings withJournals(String kind) {
        return new Settings(seed, workload, faults, kind, bug);
    }

    /** What to type to see the run. */
    public String replay() {
        return "./boreal simulate --seed " + seed + " --trace"
                + (workload.equals("mixed") ? "" : " --workload " + workload)
                + (faults.name().equals("default") ? "" : " --faults " + faults.name())
                + (journals.equals("any") ? "" : " --journals " + journals)
                + (bug == PlantedBug.NONE ? "" : " --bug " + bug.label());
    }
}
