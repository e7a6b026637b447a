package dev.boreal.controlplane.world;

/** Bugs that a world can be given. They lie between the cores and their world, so that no core carries code for them. */
public enum PlantedBug {
    NONE,
    /** A member says what it promised and accepted before that is on disk. */
    ANSWERS_BEFORE_DISK,
    /** A candidate does not hear what was accepted. */
    IGNORES_ACCEPTED_VALUES,
    /** A leader takes its decrees for accepted as soon as it sent them. */
    COUNTS_UNSAID_VOTES,
    /** A leader takes itself for one without asking. */
    READS_WITHOUT_CONFIRMING,
    /** Snapshots hold no sessions. */
    SNAPSHOT_FORGETS_SESSIONS,
    /** Signs of life are answered and not noted. */
    FORGETS_SIGNS_OF_LIFE,
    /** A member comes back without what it accepted. */
    FORGETS_ACCEPTANCES
}
