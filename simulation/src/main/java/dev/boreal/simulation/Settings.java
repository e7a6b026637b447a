package dev.boreal.simulation;

import dev.boreal.simulation.world.FaultProfile;

/**
 * What a run depends on: nothing else.
 *
 * @param seed of all chance
 * @param workload by its name
 * @param faults what may go wrong
 * @param bug the mistake to make
 */
public record Settings(long seed, String workload, FaultProfile faults, PlantedBug bug) {

    public static Settings of(long seed) {
        return new Settings(seed, "mixed", FaultProfile.of("default"), PlantedBug.NONE);
    }

    public Settings withSeed(long newSeed) {
        return new Settings(newSeed, workload, faults, bug);
    }

    public Settings withWorkload(String newWorkload) {
        return new Settings(seed, newWorkload, faults, bug);
    }

    public Settings withFaults(String profile) {
        return new Settings(seed, workload, FaultProfile.of(profile), bug);
    }

    public Settings withBug(PlantedBug newBug) {
        return new Settings(seed, workload, faults, newBug);
    }

    /** What to type to see the run. */
    public String replay() {
        return "./boreal simulate --seed " + seed + " --trace"
                + (workload.equals("mixed") ? "" : " --workload " + workload)
                + (faults.name().equals("default") ? "" : " --faults " + faults.name())
                + (bug == PlantedBug.NONE ? "" : " --bug " + bug.label());
    }
}
