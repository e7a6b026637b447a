package dev.boreal.controlplane.paxos;

import java.util.ArrayList;
import java.util.List;

/** What a step of {@link PaxosCore} wants done. Handed over by {@link PaxosCore#takeEffects}. */
public final class PaxosEffects {
    private final List<Outgoing> sends = new ArrayList<>();
    private final List<LogRecord> records = new ArrayList<>();
    private final List<PaxosEvent> events = new ArrayList<>();
    private long lastRecord;

    public record Outgoing(String to, PaxosMessage message) {}

    PaxosEffects() {}

    void send(String to, PaxosMessage message) {
        sends.add(new Outgoing(to, message));
    }

    void persist(LogRecord logRecord, long number) {
        records.add(logRecord);
        lastRecord = number;
    }

    void tell(PaxosEvent event) {
        events.add(event);
    }

    /** May be sent at once, in any order; whatever must wait for the disk is not yet among them. */
    public List<Outgoing> sends() {
        return sends;
    }

    /** To be written behind everything written before, in order. */
    public List<LogRecord> records() {
        return records;
    }

    /** What to say to {@link PaxosCore#persisted} once all {@link #records} are durable. */
    public long lastRecord() {
        return lastRecord;
    }

    /** What happened, in order. */
    public List<PaxosEvent> events() {
        return events;
    }

    /** Whether something waits for the records to be durable. */
    public boolean needsSync() {
        for (LogRecord logRecord : records) {
            if (logRecord.mustBeDurable()) {
                return true;
            }
        }
        return false;
    }

    public boolean isEmpty() {
        return sends.isEmpty() && records.isEmpty() && events.isEmpty();
    }
}
