package dev.boreal.launcher.supervision;

/** The cluster cannot do what was asked. The message tells people why and what to do. */
public final class ClusterException extends Exception {
    private static final long serialVersionUID = 1L;

    public ClusterException(String message) {
        super(message);
    }

    public ClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
