package dev.boreal.journal.order;

import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.journal.record.RecordKind;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the journal admits, and how far its watermark may go. Three places move along the log:
 *
 * <pre>  ... delivered  ≤  durable  ≤  admitted</pre>
 *
 * <p>The watermark is "no entry at or below this timestamp will appear behind what was delivered". Timestamps rise, so it
 * is what had been promised or used just before the first undelivered entry was admitted (its <i>floor</i>), or, if there
 * is no such entry, the last timestamp promised or used. Thus there is no queue of heartbeats: each admitted
 * append remembers one floor, and a later heartbeat replaces an earlier one.
 *
 * <p>Not thread-safe: its owner has a lock.
 */
public final class JournalOrder {
    /** As an expected position: any will do. */
    public static final long ANY_POSITION = -1;

    private final LogState admitted;
    private long durablePosition;
    private long deliveredPosition;
    private long watermark;

    /** Goes on from a recovered log, all of which is durable and nothing of which anybody waits for. */
    public JournalOrder(LogState recovered) {
        admitted = recovered.copy();
        durablePosition = admitted.lastPosition();
        deliveredPosition = admitted.lastPosition();
        watermark = admitted.lastTimestamp();
    }

    /** Why an entry cannot be admitted now, or null if it can. */
    public @Nullable AppendRefusal refusal(long epoch, long timestamp, long expectedPosition) {
        if (!isOpen(epoch)) {
            return new AppendRefusal.Fenced(admitted.epoch());
        }
        if (expectedPosition != ANY_POSITION && expectedPosition != admitted.lastPosition()) {
            return new AppendRefusal.PositionMoved(admitted.lastPosition());
        }
        if (timestamp <= admitted.lastTimestamp()) {
            return new AppendRefusal.NotMonotonic(admitted.lastTimestamp());
        }
        return null;
    }

    /** Admits an entry to which {@link #refusal} had no objection; returns its position. */
    public long admit(long timestamp) {
        long position = admitted.lastPosition() + 1;
        follow(RecordKind.ENTRY, position, admitted.epoch(), timestamp, "");
        return position;
    }

    /** Begins the next epoch and returns it; the one before admits nothing from here on. */
    public long openEpoch(String owner) {
        long epoch = admitted.epoch() + 1;
        follow(RecordKind.EPOCH, admitted.lastPosition(), epoch, admitted.lastTimestamp(), owner);
        return epoch;
    }

    /** Closes the current epoch for entries. */
    public void seal() {
        follow(RecordKind.SEAL, admitted.lastPosition(), admitted.epoch(), admitted.lastTimestamp(), "");
    }

    /** Takes a heartbeat; false if it is of a stale epoch or does not rise. */
    public boolean promise(long epoch, long timestamp) {
        if (!isOpen(epoch) || timestamp <= admitted.lastTimestamp()) {
            return false;
        }
        admitted.promise(timestamp);
        if (isAllDelivered()) {
            watermark = timestamp;
        }
        return true;
    }

    /** Everything up to {@code position} is durable. */
    public void durable(long position) {
        durablePosition = position;
    }

    /**
     * Everything up to {@code position} has been delivered.
     *
     * @param nextFloor the floor of the first append behind it; not looked at if there is none
     */
    public void delivered(long position, long nextFloor) {
        deliveredPosition = position;
        watermark = Math.max(watermark, isAllDelivered() ? admitted.lastTimestamp() : nextFloor);
    }

    public boolean isAllDelivered() {
        return deliveredPosition == admitted.lastPosition();
    }

    /** Whether {@code epoch} may append. */
    public boolean isOpen(long epoch) {
        return epoch == admitted.epoch() && !admitted.isSealed();
    }

    public long epoch() {
        return admitted.epoch();
    }

    public String owner() {
        return admitted.owner();
    }

    /** Position of the last admitted entry. */
    public long lastPosition() {
        return admitted.lastPosition();
    }

    /** The floor of whatever is admitted next. */
    public long lastTimestamp() {
        return admitted.lastTimestamp();
    }

    public long durablePosition() {
        return durablePosition;
    }

    /** What holds for a subscriber that has everything up to the delivered position. */
    public long watermark() {
        return watermark;
    }

    private void follow(RecordKind kind, long position, long epoch, long timestamp, String owner) {
        String objection =
                admitted.follow(kind, admitted.nextIndex(kind), admitted.lastTerm(), position, epoch, timestamp, owner);
        if (objection != null) {
            throw new IllegalStateException("an admitted " + kind + " " + objection);
        }
    }
}
