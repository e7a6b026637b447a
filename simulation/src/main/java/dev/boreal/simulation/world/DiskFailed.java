package dev.boreal.simulation.world;

/** A process cannot go on, or begin, because of its disk: it ends, and may be started again. */
public final class DiskFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DiskFailed(Exception cause) {
        super(cause.getMessage(), cause);
    }
}
