package dev.boreal.controlplane.paxos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a member has promised, accepted and learned. Every change is a {@link LogRecord}; those read back after a restart
 * make the same state.
 */
final class DecreeLog {
    private static final class Slot {
        Ballot ballot = Ballot.NONE;
        Decree decree;
        boolean decided;

        Slot(Decree decree) {
            this.decree = decree;
        }
    }

    private final TreeMap<Long, Slot> slots = new TreeMap<>();
    private final Outbox outbox;
    private Ballot promised = Ballot.NONE;
    private Ballot era = Ballot.NONE;
    private Memberships memberships;
    private @Nullable Snapshot snapshot;
    private byte @Nullable [] encodedSnapshot;
    private long decidedThrough;
    private long trimmedThrough;
    private long recordedThrough;

    DecreeLog(List<String> founders, List<LogRecord> durable, Outbox outbox) {
        this.outbox = outbox;
        memberships = new Memberships(founders);
        long through = 0;
        for (LogRecord found : durable) {
            through = Math.max(through, restore(found));
        }
        if (snapshot != null) {
            outbox.tell(new PaxosEvent.Installed(snapshot));
        }
        for (Map.Entry<Long, Slot> entry : slots.headMap(through, true).entrySet()) {
            entry.getValue().decided = true;
        }
        recordedThrough = through;
        advance();
    }

    private long restore(LogRecord found) {
        switch (found) {
            case LogRecord.Promised(Ballot ballot) -> promised = Ballot.higher(promised, ballot);
            case LogRecord.Accepted(Ballot ballot, long slot, Decree decree) -> {
                promised = Ballot.higher(promised, ballot);
                put(slot, ballot, decree);
            }
            case LogRecord.Learned(long slot, Decree decree) -> {
                put(slot, Ballot.NONE, decree).decided = true;
            }
            case LogRecord.DecidedThrough(long slot) -> {
                return slot;
            }
            case LogRecord.Checkpoint(Snapshot checkpoint, Ballot ballot, List<SlotReport> open) -> {
                promised = Ballot.higher(promised, ballot);
                stand(checkpoint);
                slots.clear();
                trimmedThrough = checkpoint.slot();
                for (SlotReport report : open) {
                    put(report.slot(), report.ballot(), report.decree()).decided = report.decided();
                }
                return checkpoint.slot();
            }
        }
        return 0;
    }

    private void stand(Snapshot newSnapshot) {
        snapshot = newSnapshot;
        encodedSnapshot = null;
        memberships = newSnapshot.memberships().after(newSnapshot.slot());
        decidedThrough = newSnapshot.slot();
        era = Ballot.higher(era, newSnapshot.era());
    }

    private Slot put(long slot, Ballot ballot, Decree decree) {
        Slot state = slots.computeIfAbsent(slot, ignored -> new Slot(decree));
        if (!state.decided) {
            state.ballot = ballot;
            state.decree = decree;
        }
        return state;
    }

    Ballot promised() {
        return promised;
    }

    /** The highest ballot that began, as far as all is decided here. */
    Ballot era() {
        return era;
    }

    Memberships memberships() {
        return memberships;
    }

    /** All decrees up to here are decided and told. */
    long decidedThrough() {
        return decidedThrough;
    }

    long trimmedThrough() {
        return trimmedThrough;
    }

    @Nullable Snapshot snapshot() {
        return snapshot;
    }

    /** The bytes of the snapshot, which must be there. */
    byte[] encodedSnapshot() {
        if (encodedSnapshot == null) {
            if (snapshot == null) {
                throw new IllegalStateException("there is no snapshot");
            }
            encodedSnapshot = snapshot.encode();
        }
        return encodedSnapshot;
    }

    void promise(Ballot ballot) {
        if (ballot.isAbove(promised)) {
            promised = ballot;
            outbox.persist(new LogRecord.Promised(ballot));
        }
    }

    /** Accepts what is not below the promise. Does nothing if it was accepted so before, or is decided. */
    void accept(Ballot ballot, long slot, Decree decree) {
        if (ballot.isBelow(promised)) {
            throw new IllegalStateException(ballot + " is below the promise " + promised);
        }
        Slot state = slots.get(slot);
        if (isDecided(slot) || (state != null && state.ballot.equals(ballot))) {
            return;
        }
        promised = ballot;
        put(slot, ballot, decree);
        outbox.persist(new LogRecord.Accepted(ballot, slot, decree));
    }

    boolean isDecided(long slot) {
        if (slot <= decidedThrough) {
            return true;
        }
        Slot state = slots.get(slot);
        return state != null && state.decided;
    }

    /** Takes in that {@code decree} is what {@code slot} was decided to be. */
    void learn(long slot, Decree decree) {
        if (isDecided(slot)) {
            return;
        }
        Slot state = slots.get(slot);
        if (state == null || !state.decree.equals(decree)) {
            state = put(slot, Ballot.NONE, decree);
            outbox.persist(new LogRecord.Learned(slot, decree));
        }
        state.decided = true;
        advance();
    }

    /** Takes in that everything up to {@code through} that was accepted in {@code ballot} is decided. */
    void learnAccepted(Ballot ballot, long through) {
        for (Map.Entry<Long, Slot> entry : slots.subMap(decidedThrough, false, Math.max(decidedThrough, through), true)
                .entrySet()) {
            if (entry.getValue().ballot.equals(ballot)) {
                entry.getValue().decided = true;
            }
        }
        advance();
    }

    private void advance() {
        while (memberships.isKnown()) {
            Slot next = slots.get(decidedThrough + 1);
            if (next == null || !next.decided) {
                return;
            }
            decidedThrough++;
            memberships.apply(decidedThrough, next.decree);
            if (next.decree instanceof Decree.Beginning(Ballot ballot)) {
                era = Ballot.higher(era, ballot);
            }
            outbox.tell(new PaxosEvent.Decided(decidedThrough, next.decree));
        }
    }

    /** Notes on disk how far all is decided; only spares work after a restart. */
    void recordProgress() {
        if (decidedThrough > recordedThrough) {
            recordedThrough = decidedThrough;
            outbox.persist(new LogRecord.DecidedThrough(decidedThrough));
        }
    }

    /** What is known of every slot from {@code first} on. */
    List<SlotReport> reportsFrom(long first) {
        List<SlotReport> reports = new ArrayList<>();
        for (Map.Entry<Long, Slot> entry : slots.tailMap(first, true).entrySet()) {
            Slot slot = entry.getValue();
            reports.add(new SlotReport(entry.getKey(), slot.ballot, slot.decree, slot.decided));
        }
        return reports;
    }

    /** A decided decree that is not trimmed. */
    Decree decided(long slot) {
        Slot state = slots.get(slot);
        if (state == null || !isDecided(slot)) {
            throw new IllegalStateException("decree " + slot + " is not here");
        }
        return state.decree;
    }

    /** Replaces everything up to {@link #decidedThrough} by {@code state}; keeps some in memory. */
    void checkpoint(byte[] state, int retained) {
        snapshot = new Snapshot(decidedThrough, era, memberships.after(decidedThrough), state);
        encodedSnapshot = null;
        trim(decidedThrough - retained);
        recordCheckpoint(snapshot);
    }

    /** Jumps to what another member has. Does nothing if this member is not behind it. */
    boolean install(Snapshot arrived) {
        if (arrived.slot() <= decidedThrough && memberships.isKnown()) {
            return false;
        }
        stand(arrived);
        trim(arrived.slot());
        recordCheckpoint(arrived);
        outbox.tell(new PaxosEvent.Installed(arrived));
        advance();
        return true;
    }

    private void trim(long through) {
        if (through > trimmedThrough) {
            trimmedThrough = through;
            slots.headMap(through, true).clear();
        }
    }

    private void recordCheckpoint(Snapshot stands) {
        recordedThrough = stands.slot();
        outbox.persist(new LogRecord.Checkpoint(stands, promised, reportsFrom(stands.slot() + 1)));
    }
}
