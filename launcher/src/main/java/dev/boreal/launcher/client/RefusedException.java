package dev.boreal.launcher.client;

import dev.boreal.contracts.journal.OpenOutcome;

/** An epoch could not be opened, or not be resumed. The message says why. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient OpenOutcome outcome;

    RefusedException(String message, OpenOutcome outcome) {
        super(message);
        this.outcome = outcome;
    }

    /** What the journal answered. */
    public OpenOutcome outcome() {
        return outcome;
    }
}
