package dev.boreal.contracts.read;

/** Storage cannot answer a read. Thrown, since it may come up in the middle of a streamed scan; rare by nature. */
public final class ReadRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why a read was refused. */
    public enum Reason {
        /** The snapshot lies before the trim horizon: its versions may be gone. */
        SNAPSHOT_TOO_OLD,
        /** The replica did not reach the snapshot in time. */
        TIMED_OUT,
        /** The replica is closed, or its disk failed. */
        UNAVAILABLE,
        /** The waiting thread was interrupted: the statement was cancelled. */
        INTERRUPTED
    }

    private final Reason reason;

    public ReadRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public ReadRefused(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
