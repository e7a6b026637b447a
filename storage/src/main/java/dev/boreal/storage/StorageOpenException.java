package dev.boreal.storage;

/** The directory of a storage room cannot be used as it is. The message tells people what to do. */
public final class StorageOpenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong with the directory. */
    public enum Reason {
        /** It holds something else, or a format this version does not read. */
        FORMAT,
        /** Another process, or another room of this one, has it open. */
        IN_USE,
        /** Files are missing or their content is corrupt. */
        DAMAGED,
        /** It cannot be created, read or written. */
        INACCESSIBLE
    }

    private final Reason reason;

    public StorageOpenException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public StorageOpenException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
