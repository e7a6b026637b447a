package dev.boreal.storage.read;

/**
 * A walk over the stored versions of one fixed view, in the order of stored keys. Not thread-safe. Every method throws
 * {@link dev.boreal.storage.DiskFailure} if the store cannot be read.
 */
public interface VersionIterator {

    /** Whether it stands on a version. Others than the seeks may be called only then. */
    boolean valid();

    /** Goes to the first version whose stored key is at or above the first {@code length} bytes of {@code target}. */
    void seek(byte[] target, int length);

    /** Goes to the last version whose stored key is at or below the first {@code length} bytes of {@code target}. */
    void seekBefore(byte[] target, int length);

    void seekToLast();

    void next();

    void previous();

    /** Copies the start of the stored key, as much as fits, and returns its whole length. */
    int key(byte[] into);

    /** Copies the start of the stored value, as much as fits, and returns its whole length. */
    int value(byte[] into);
}
