package dev.boreal.storage;

/** The store underneath failed: a full or broken disk, a corrupt file. Nothing that needs it can go on. */
public final class DiskFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DiskFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
