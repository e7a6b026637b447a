package dev.boreal.examples.elected;

import dev.boreal.contracts.door.Journal.EntrySubscriber;
import dev.boreal.contracts.door.Journal.EntrySubscription;
import dev.boreal.contracts.journal.PositionedEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state machine: the map and the last lease, as of one position of the journal. Every member has one, and all are the same at
 * the same position. Any thread.
 */
final class MapState implements EntrySubscriber {
    private static final int AHEAD = 1024;

    private final Map<String, String> map = new HashMap<>();
    private @Nullable EntrySubscription subscription;
    private long applied;
    private long leaseEpoch;
    private String leaseOwner = "";
    private long leaseNotAfter;
    private @Nullable String closed;

    /** A value, and the position as of which it was read. */
    record Reading(@Nullable String value, long position) {}

    /**
     * Who leads, as far as the journal was applied.
     *
     * @param epoch in which the lease was written, 0 before the first one
     */
    record LeaseView(long epoch, String owner, long notAfter) {}

    synchronized void follow(EntrySubscription begun) {
        subscription = begun;
        begun.request(AHEAD);
    }

    @Override
    public synchronized void onEntries(List<PositionedEntry> entries) {
        for (PositionedEntry entry : entries) {
            switch (Command.decode(entry.entry().payload())) {
                case Command.Put put -> map.put(put.key(), put.value());
                case Command.Lease lease -> {
                    leaseEpoch = entry.epoch();
                    leaseOwner = lease.owner();
                    leaseNotAfter = lease.notAfter();
                }
            }
            applied = entry.position();
        }
        notifyAll();
        if (subscription != null) {
            subscription.request(entries.size());
        }
    }

    @Override
    public void onWatermark(long timestamp) {}

    @Override
    public synchronized void onClosed(String reason) {
        closed = reason;
        notifyAll();
    }

    synchronized Reading read(String key) {
        return new Reading(map.get(key), applied);
    }

    synchronized LeaseView lease() {
        return new LeaseView(leaseEpoch, leaseOwner, leaseNotAfter);
    }

    synchronized long applied() {
        return applied;
    }

    /** Waits until the entry at {@code position} was applied; false if the stream ended before. */
    synchronized boolean await(long position) throws InterruptedException {
        while (applied < position && closed == null) {
            wait();
        }
        return applied >= position;
    }
}
