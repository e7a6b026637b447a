package dev.boreal.controlplane;

import dev.boreal.controlplane.paxos.LogRecord;
import dev.boreal.controlplane.paxos.PaxosEffects;
import java.util.ArrayList;
import java.util.List;

/** What a step of {@link ControlPlaneCore} wants done. */
public final class ControlPlaneEffects {
    private final List<PaxosEffects.Outgoing> sends = new ArrayList<>();
    private final List<LogRecord> records = new ArrayList<>();
    private final List<ControlPlaneEvent> events = new ArrayList<>();
    private long lastRecord;
    private boolean needsSync;

    ControlPlaneEffects() {}

    void add(PaxosEffects effects) {
        sends.addAll(effects.sends());
        if (!effects.records().isEmpty()) {
            records.addAll(effects.records());
            lastRecord = effects.lastRecord();
            needsSync |= effects.needsSync();
        }
    }

    void tell(ControlPlaneEvent event) {
        events.add(event);
    }

    /** May be sent at once, before the records are written. */
    public List<PaxosEffects.Outgoing> sends() {
        return sends;
    }

    /** To be written behind everything written before, in order. */
    public List<LogRecord> records() {
        return records;
    }

    /** What to say to {@link ControlPlaneCore#persisted} once all {@link #records} are durable. */
    public long lastRecord() {
        return lastRecord;
    }

    /** Whether something waits for the records to be durable; if not they may be written without a sync. */
    public boolean needsSync() {
        return needsSync;
    }

    /** What happened, in order. */
    public List<ControlPlaneEvent> events() {
        return events;
    }

    public boolean isEmpty() {
        return sends.isEmpty() && records.isEmpty() && events.isEmpty();
    }
}
