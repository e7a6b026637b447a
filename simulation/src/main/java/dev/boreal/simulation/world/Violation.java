package dev.boreal.simulation.world;

/**
 * A promise that was not kept.
 *
 * @param verifier who found it
 * @param what for people, over as many lines as it takes
 */
public record Violation(String verifier, String what) {
    @Override
    public String toString() {
        return verifier + ": " + what;
    }
}
