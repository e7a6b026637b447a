package dev.boreal.journal.replica;

import dev.boreal.contracts.door.Journal.Writer;
import org.jspecify.annotations.Nullable;

/** The one writer whom a leader admits. Empty at whoever does not lead. Not thread-safe. */
final class WriterSeat {
    private static final long NOBODY = -1;

    private @Nullable Writer writer;
    private long epoch = NOBODY;
    private long resentThrough;

    /**
     * @param newResentThrough up to this timestamp its appends may be repetitions of what the log holds
     */
    void take(Writer newWriter, long newEpoch, long newResentThrough) {
        writer = newWriter;
        epoch = newEpoch;
        resentThrough = newResentThrough;
    }

    /** The replica no longer leads. */
    void clear() {
        writer = null;
        epoch = NOBODY;
    }

    /** Nothing of that epoch is admitted until its writer has resumed. */
    void refuseAppends() {
        epoch = NOBODY;
    }

    /** Nobody is asked for an advance any more. */
    void forgetWriter() {
        writer = null;
    }

    boolean isOf(long askedEpoch) {
        return epoch == askedEpoch;
    }

    @Nullable Writer writer() {
        return writer;
    }

    long resentThrough() {
        return resentThrough;
    }
}
