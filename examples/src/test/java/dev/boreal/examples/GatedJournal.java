package dev.boreal.examples;

import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.contracts.journal.PositionedEntry;
import java.util.ArrayList;
import java.util.List;

/** A journal behind a gate: while that is shut, appends and entries wait in front of it, and nobody can open an epoch. */
public final class GatedJournal implements Journal {
    private final Journal journal;
    private final List<Runnable> waiting = new ArrayList<>();
    private boolean shut;

    public GatedJournal(Journal journal) {
        this.journal = journal;
    }

    public synchronized void shut() {
        shut = true;
    }

    public synchronized void open() {
        shut = false;
        waiting.forEach(Runnable::run);
        waiting.clear();
    }

    private synchronized void pass(Runnable call) {
        if (shut) {
            waiting.add(call);
        } else {
            call.run();
        }
    }

    private synchronized boolean isShut() {
        return shut;
    }

    @Override
    public OpenOutcome open(String owner, long expectedEpoch, Writer writer) {
        return isShut() ? new OpenOutcome.Unavailable("the gate is shut") : journal.open(owner, expectedEpoch, writer);
    }

    @Override
    public long currentEpoch() {
        return journal.currentEpoch();
    }

    @Override
    public void append(long epoch, JournalEntry entry, AppendListener listener) {
        pass(() -> journal.append(epoch, entry, listener));
    }

    @Override
    public void appendIf(long epoch, long expectedPosition, JournalEntry entry, AppendListener listener) {
        pass(() -> journal.appendIf(epoch, expectedPosition, entry, listener));
    }

    @Override
    public void heartbeat(long epoch, long timestamp) {
        journal.heartbeat(epoch, timestamp);
    }

    @Override
    public void requestAdvance(long timestamp) {
        journal.requestAdvance(timestamp);
    }

    @Override
    public EntrySubscription subscribe(long afterPosition, EntrySubscriber subscriber) {
        return journal.subscribe(afterPosition, new EntrySubscriber() {
            @Override
            public void onEntries(List<PositionedEntry> entries) {
                List<PositionedEntry> copy = List.copyOf(entries);
                pass(() -> subscriber.onEntries(copy));
            }

            @Override
            public void onWatermark(long timestamp) {}

            @Override
            public void onClosed(String reason) {
                subscriber.onClosed(reason);
            }
        });
    }

    @Override
    public PositionedEntry read(long position) {
        return journal.read(position);
    }

    @Override
    public void seal(long epoch) {
        journal.seal(epoch);
    }

    @Override
    public void trim(long position) {
        journal.trim(position);
    }

    @Override
    public long lastDurablePosition() {
        return journal.lastDurablePosition();
    }

    @Override
    public long firstPosition() {
        return journal.firstPosition();
    }
}
