package dev.boreal.journal.replica;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.door.Journal.AppendListener;
import dev.boreal.contracts.door.Journal.Writer;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.journal.order.JournalOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Opens epochs, appends, sends again what was not answered, and goes to another replica when one does not answer. */
final class SimulatedWriter {
    private static final Writer NOBODY = timestamp -> {};

    private final String name;
    private final ReplicaSimulation world;
    private final Chance chance;
    private final TreeMap<Long, JournalEntry> waiting = new TreeMap<>();
    private @Nullable SimulatedReplica target;
    private @Nullable String hint;
    private long epoch;
    private long knownEpoch;
    private boolean connected;
    private long asking;
    private long generation;
    private long askedAt;
    private long timestamp;
    private long lastSent;
    private long acknowledged;
    private long acknowledgedBefore;

    SimulatedWriter(String name, ReplicaSimulation world, Chance chance) {
        this.name = name;
        this.world = world;
        this.chance = chance;
    }

    /** Wants to be the writer from now on, whoever is. */
    void takeOver() {
        if (epoch == 0) {
            world.trace(name + " takes over");
            epoch = -1;
        }
    }

    void countFromHere() {
        acknowledgedBefore = acknowledged;
        takeOver();
    }

    boolean hasGoneOn() {
        return acknowledged > acknowledgedBefore;
    }

    void act() {
        if (epoch == 0 && knownEpoch == 0) {
            epoch = -1;
        }
        if (epoch != 0 && !connected) {
            if (asking == 0 || world.now() - askedAt > 100 * ReplicaSimulation.MILLI) {
                connect();
            }
        } else if (epoch > 0) {
            write();
        }
        world.after(chance.between(1, 6) * ReplicaSimulation.MILLI, this::act);
    }

    private void connect() {
        SimulatedReplica replica = hint == null || chance.oneIn(4) ? world.anyReplica(chance) : world.replica(hint);
        hint = null;
        target = replica;
        asking = ++generation;
        askedAt = world.now();
        long asked = asking;
        long wanted = epoch;
        call(replica, core -> {
            if (wanted < 0) {
                core.open(
                        name,
                        knownEpoch,
                        NOBODY,
                        outcome -> answer(() -> answered(asked, wanted, outcome)),
                        world.now());
            } else {
                core.resume(wanted, NOBODY, outcome -> answer(() -> answered(asked, wanted, outcome)), world.now());
            }
        });
    }

    private void call(SimulatedReplica replica, Consumer<ReplicaCore> what) {
        world.at(replica, ReplicaSimulation.MILLI / 2, () -> what.accept(replica.core()));
    }

    private void answer(Runnable what) {
        world.after(ReplicaSimulation.MILLI / 2, what);
    }

    private void answered(long asked, long wanted, OpenOutcome outcome) {
        if (outcome instanceof OpenOutcome.Opened opened && wanted < 0) {
            world.opened(name, opened.epoch());
        }
        if (asked != asking || wanted != epoch) {
            return;
        }
        asking = 0;
        switch (outcome) {
            case OpenOutcome.Opened opened -> {
                if (wanted < 0) {
                    waiting.clear();
                }
                epoch = opened.epoch();
                knownEpoch = epoch;
                connected = true;
                // As tenures do: what one epoch promises never reaches into the next.
                timestamp = Math.max(timestamp, Math.max(epoch * 1_000_000, opened.lastTimestamp()));
                waiting.values().forEach(this::send);
            }
            case OpenOutcome.EpochMoved moved -> {
                boolean again = epoch < 0;
                forget(moved.currentEpoch());
                if (again) {
                    epoch = -1;
                }
            }
            case OpenOutcome.NotLeader notLeader -> hint = notLeader.leader();
            case OpenOutcome.Unavailable ignored -> {}
        }
    }

    private void forget(long current) {
        waiting.clear();
        epoch = 0;
        connected = false;
        asking = 0;
        knownEpoch = current;
    }

    private void write() {
        if (!waiting.isEmpty() && world.now() - lastSent > 150 * ReplicaSimulation.MILLI) {
            connected = false;
            return;
        }
        int count = waiting.size() > 30 ? 0 : chance.below(4);
        for (int i = 0; i < count; i++) {
            timestamp += chance.between(1, 5);
            JournalEntry entry = new JournalEntry(timestamp, chance.bytes(chance.below(200)));
            waiting.put(timestamp, entry);
            send(entry);
        }
        SimulatedReplica replica = java.util.Objects.requireNonNull(target);
        long mine = epoch;
        if (chance.oneIn(2)) {
            long promised = timestamp += chance.between(1, 5);
            call(replica, core -> core.heartbeat(mine, promised));
        }
        if (world.trims() && chance.oneIn(20)) {
            call(replica, core -> core.trim(Math.max(0, acknowledged - 20)));
        }
    }

    private void send(JournalEntry entry) {
        lastSent = world.now();
        long mine = epoch;
        long sent = generation;
        call(
                java.util.Objects.requireNonNull(target),
                core -> core.append(mine, JournalOrder.ANY_POSITION, entry, new AppendListener() {
                    @Override
                    public void onDurable(long position) {
                        answer(() -> durable(mine, entry.timestamp(), position));
                    }

                    @Override
                    public void onRefused(AppendRefusal refusal) {
                        answer(() -> refused(sent, mine, entry.timestamp(), refusal));
                    }
                }));
    }

    private void durable(long mine, long acknowledgedTimestamp, long position) {
        world.acknowledged(mine, acknowledgedTimestamp, position);
        acknowledged = Math.max(acknowledged, position);
        if (mine == epoch) {
            waiting.remove(acknowledgedTimestamp);
        }
    }

    private void refused(long sent, long mine, long refusedTimestamp, AppendRefusal refusal) {
        if (sent != generation || mine != epoch) {
            return;
        }
        switch (refusal) {
            case AppendRefusal.Fenced fenced -> forget(fenced.currentEpoch());
            case AppendRefusal.NotLeader notLeader -> {
                connected = false;
                hint = notLeader.leader();
            }
            case AppendRefusal.Unavailable ignored -> connected = false;
            case AppendRefusal.Overloaded ignored -> waiting.remove(refusedTimestamp);
            case AppendRefusal.NotMonotonic ignored ->
                throw new Violation("an append was out of order: " + refusedTimestamp + ", " + refusal);
            default -> throw new Violation("an append was refused: " + refusal);
        }
    }

    @Override
    public String toString() {
        List<Object> parts = new ArrayList<>();
        parts.add(name);
        parts.add("epoch " + epoch);
        parts.add("connected " + connected);
        parts.add("asking " + asking);
        parts.add("waiting " + waiting.size());
        parts.add("at " + (target == null ? "nobody" : target.name));
        return parts.toString();
    }
}
