package dev.boreal.simulation.world;

/** One end of a {@link Link}. */
public interface LinkEnd {
    void onMessage(Object message);

    /** Nothing comes any more, and what was sent last may be lost. Said once. */
    void onBroken();
}
