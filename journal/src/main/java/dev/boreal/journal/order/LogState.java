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
    private long lastIndex;
    private long lastTerm;
    private long lastPosition;
    private long lastTimestamp;

    public LogState(
            long lastIndex,
            long lastTerm,
            long epoch,
            String owner,
            boolean sealed,
            long lastPosition,
            long lastTimestamp) {
        this.lastIndex = lastIndex;
        this.lastTerm = lastTerm;
        this.epoch = epoch;
        this.owner = owner;
        this.sealed = sealed;
        this.lastPosition = lastPosition;
        this.lastTimestamp = lastTimestamp;
    }

    /** Before the first record of a journal: epoch 0, which takes no entries. */
    public static LogState beginning() {
        return new LogState(0, 0, 0, "", true, 0, 0);
    }

    public LogState copy() {
        return new LogState(lastIndex, lastTerm, epoch, owner, sealed, lastPosition, lastTimestamp);
    }

    /** The index that a record has if it comes next: all count but {@link RecordKind#CLOSE}, which only one log tells itself. */
    public long nextIndex(RecordKind kind) {
        return kind == RecordKind.CLOSE ? lastIndex : lastIndex + 1;
    }

    /** The position that a record has if it comes next; a mark has that of the entry before it. */
    public long nextPosition(RecordKind kind) {
        return kind == RecordKind.ENTRY ? lastPosition + 1 : lastPosition;
    }

    /** The epoch that a record has if it comes next. */
    public long nextEpoch(RecordKind kind) {
        return kind == RecordKind.EPOCH ? epoch + 1 : epoch;
    }

    /**
     * Moves behind a record if it may stand here. A mark carries the position of the entry before it.
     *
     * @param term of the leader that gave the record its index; 0 in a journal of one replica
     * @param newOwner of an {@link RecordKind#EPOCH}; not looked at otherwise
     * @return null, or why the record cannot stand here; then nothing has changed
     */
    public @Nullable String follow(
            RecordKind kind, long index, long term, long position, long recordEpoch, long timestamp, String newOwner) {
        if (index != nextIndex(kind)) {
            return "has index " + index + " behind index " + lastIndex;
        }
        if (term < lastTerm) {
            return "is of term " + term + " behind term " + lastTerm;
        }
        boolean entry = kind == RecordKind.ENTRY;
        if (position != nextPosition(kind)) {
            return "has position " + position + " behind position " + lastPosition;
        }
        if (recordEpoch != nextEpoch(kind)) {
            return "is of epoch " + recordEpoch + " behind epoch " + epoch;
        }
        if (entry && sealed) {
            return "is an entry of epoch " + epoch + ", which is sealed";
        }
        if (entry ? timestamp <= lastTimestamp : timestamp < lastTimestamp) {
            return "has timestamp " + timestamp + " behind timestamp " + lastTimestamp;
        }
        lastIndex = index;
        lastTerm = term;
        lastPosition = position;
        lastTimestamp = timestamp;
        epoch = recordEpoch;
        switch (kind) {
            case EPOCH -> {
                owner = newOwner;
                sealed = false;
            }
            case SEAL -> sealed = true;
            case ENTRY, CLOSE, TERM -> {}
        }
        return null;
    }

    /** A heartbeat: entries from here on lie above {@code timestamp}, which must be above the last one. */
    void promise(long timestamp) {
        lastTimestamp = timestamp;
    }

    /** Index of the last record, 0 before the first. */
    public long lastIndex() {
        return lastIndex;
    }

    /** Term of the last record, 0 before the first. */
    public long lastTerm() {
        return lastTerm;
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
