package dev.boreal.controlplane.paxos;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Gathers effects, and holds back what may be said only once it is on disk. */
final class Outbox {
    private record Held(long record, String to, PaxosMessage message) {}

    private final String self;
    private final ArrayDeque<Held> held = new ArrayDeque<>();
    private final ArrayDeque<PaxosMessage> toSelf = new ArrayDeque<>();
    private PaxosEffects effects = new PaxosEffects();
    private long written;
    private long lastStrict;
    private long durable;

    Outbox(String self) {
        this.self = self;
    }

    void send(String to, PaxosMessage message) {
        if (to.equals(self)) {
            toSelf.add(message);
        } else {
            effects.send(to, message);
        }
    }

    /** Says it once everything persisted so far is durable. */
    void sendWhenDurable(String to, PaxosMessage message) {
        if (durable >= lastStrict) {
            send(to, message);
        } else {
            held.add(new Held(lastStrict, to, message));
        }
    }

    void persist(LogRecord logRecord) {
        written++;
        if (logRecord.mustBeDurable()) {
            lastStrict = written;
        }
        effects.persist(logRecord, written);
    }

    void persisted(long through) {
        if (through > written) {
            throw new IllegalArgumentException("record " + through + " was never given out, only " + written);
        }
        durable = Math.max(durable, through);
        while (!held.isEmpty() && held.getFirst().record() <= durable) {
            Held next = held.removeFirst();
            send(next.to(), next.message());
        }
    }

    void tell(PaxosEvent event) {
        effects.tell(event);
    }

    /** What this member said to itself, or null. */
    @Nullable PaxosMessage nextToSelf() {
        return toSelf.pollFirst();
    }

    boolean hasToSelf() {
        return !toSelf.isEmpty();
    }

    PaxosEffects take() {
        PaxosEffects taken = effects;
        effects = new PaxosEffects();
        return taken;
    }
}
