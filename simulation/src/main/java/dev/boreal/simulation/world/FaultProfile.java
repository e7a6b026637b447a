package dev.boreal.simulation.world;

/**
 * What goes wrong, and how often.
 *
 * @param name what is typed
 * @param gapMillis between two faults, on average; 0 for none
 * @param lostInTenThousand messages
 * @param doubledInTenThousand datagrams
 * @param slowInTenThousand messages that take many times as long
 * @param crashes whether processes and zones die, and disks lose what was not synced
 * @param cuts whether the network is cut, in one direction or both
 * @param pauses whether processes stand still
 * @param badDisks whether disks are full for a while, or damaged for good where there are others to go on with
 * @param clocksBeyondBound whether clocks leave the bound that they state: then only the real-time order may suffer
 * @param handOvers whether those that lead are hit more often than others
 * @param targets only nodes whose names begin so are hit; empty for all
 */
public record FaultProfile(
        String name,
        int gapMillis,
        int lostInTenThousand,
        int doubledInTenThousand,
        int slowInTenThousand,
        boolean crashes,
        boolean cuts,
        boolean pauses,
        boolean badDisks,
        boolean clocksBeyondBound,
        boolean handOvers,
        String targets) {

    /** Throws IllegalArgumentException naming the profiles there are. */
    public static FaultProfile of(String name) {
        return switch (name) {
            case "calm" -> new FaultProfile(name, 0, 0, 0, 30, false, false, false, false, false, false, "");
            case "default" -> new FaultProfile(name, 220, 10, 10, 50, true, true, true, true, false, false, "");
            case "wild" -> new FaultProfile(name, 70, 60, 60, 150, true, true, true, true, false, false, "");
            case "hand-over" -> new FaultProfile(name, 120, 10, 10, 50, true, false, true, false, false, true, "");
            case "clocks" -> new FaultProfile(name, 200, 10, 10, 50, true, true, true, false, true, false, "");
            case "journals" -> new FaultProfile(name, 60, 10, 10, 50, true, true, true, true, false, false, "journal");
            case "heads" -> new FaultProfile(name, 50, 10, 10, 50, true, true, true, false, false, true, "journal");
            case "control" -> new FaultProfile(name, 40, 30, 30, 50, true, true, true, true, false, true, "control");
            default ->
                throw new IllegalArgumentException("no profile of faults is called \"" + name
                        + "\"; there are calm, default, wild, hand-over, clocks, journals, heads, control");
        };
    }
}
