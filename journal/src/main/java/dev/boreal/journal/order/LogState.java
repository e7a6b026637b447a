package dev.boreal.journal.order;

import dev.boreal.journal.record.RecordKind;
import org.jspecify.annotations.Nullable;

/**
 * What a log amounts to at some point of it: who may write, and what comes next. Everything that reads or writes the
 * log moves one of these along with {@link #follow}, which is the one place that says what may follow what. Not
 * thread-safe.
 */
public final class LogState {
    private long epoch;
    private String owner;
    private boolean sealed;
    private long lastPosition;
    private long lastTimestamp;

    public LogState(long epoch, String owner, boolean sealed, long lastPosition, long lastTimestamp) {
        this.epoch = epoch;
        this.owner = owner;
        this.sealed = sealed;
        this.lastPosition = lastPosition;
        this.lastTimestamp = lastTimestamp;
    }

    /** Before the first record of a journal: epoch 0, which takes no entries. */
    public static LogState beginning() {
        return new LogState(0, "", true, 0, 0);
    }

    public LogState copy() {
        return new LogState(epoch, owner, sealed, lastPosition, lastTimestamp);
    }

    /**
     * Moves behind a record if it may stand here. A mark carries the position of the entry before it.
     *
     * @param newOwner of an {@link RecordKind#EPOCH}; not looked at otherwise
     * @return null, or why the record cannot stand here; then nothing has changed
     */
    public @Nullable String follow(RecordKind kind, long position, long recordEpoch, long timestamp, String newOwner) {
        boolean entry = kind == RecordKind.ENTRY;
        if (position != (entry ? lastPosition + 1 : lastPosition)) {
            return "has position " + position + " behind position " + lastPosition;
        }
        if (recordEpoch != (kind == RecordKind.EPOCH ? epoch + 1 : epoch)) {
            return "is of epoch " + recordEpoch + " behind epoch " + epoch;
        }
        if (entry && sealed) {
            return "is an entry of epoch " + epoch + ", which is sealed";
        }
        if (entry ? timestamp <= lastTimestamp : timestamp < lastTimestamp) {
            return "has timestamp " + timestamp + " behind timestamp " + lastTimestamp;
        }
        lastPosition = position;
        lastTimestamp = timestamp;
        epoch = recordEpoch;
        switch (kind) {
            case EPOCH -> {
                owner = newOwner;
                sealed = false;
            }
            case SEAL -> sealed = true;
            case ENTRY, CLOSE -> {}
        }
        return null;
    }

    /** A heartbeat: entries from here on lie above {@code timestamp}, which must be above the last one. */
    void promise(long timestamp) {
        lastTimestamp = timestamp;
    }

    public long epoch() {
        return epoch;
    }

    public String owner() {
        return owner;
    }

    public boolean isSealed() {
        return sealed;
    }

    /** 0 before the first entry. */
    public long lastPosition() {
        return lastPosition;
    }

    /** The highest timestamp used or promised away, 0 before the first. */
    public long lastTimestamp() {
        return lastTimestamp;
    }
}
