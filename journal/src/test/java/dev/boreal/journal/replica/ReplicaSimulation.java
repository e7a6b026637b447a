package dev.boreal.journal.replica;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.cluster.JournalPlan;
import dev.boreal.contracts.cluster.ReplicationMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Replicas, writers, a network, disks and a register in virtual time, all from one seed. For a while all kinds of things go
 * wrong, then everything is put right, and the journal must go on. Throws a {@link Violation} for what must never happen.
 */
final class ReplicaSimulation implements SimulatedWorld {
    static final long MILLI = 1_000_000L;
    private static final long TROUBLE_NANOS = 1_500 * MILLI;
    private static final long PEACE_NANOS = 4_000 * MILLI;
    private static final long LEASE_NANOS = 40 * MILLI;

    private record Event(long time, long sequence, @Nullable SimulatedReplica at, int life, Runnable run) {}

    private final Chance chance;
    private final ReplicationMode mode;
    private final PriorityQueue<Event> events = new PriorityQueue<>((one, other) ->
            one.time == other.time ? Long.compare(one.sequence, other.sequence) : Long.compare(one.time, other.time));
    private final Map<String, SimulatedReplica> replicas = new LinkedHashMap<>();
    private final List<SimulatedWriter> writers = new ArrayList<>();
    private final Map<String, Long> sessionEnds = new HashMap<>();
    private final Map<String, Long> lastDelivery = new HashMap<>();
    private final Set<String> cuts = new HashSet<>();
    private final TreeMap<Long, SimulatedReplica.Stored> log = new TreeMap<>();
    private final Map<Long, SimulatedReplica.Stored> byPosition = new HashMap<>();
    private final Map<Long, String> epochs = new HashMap<>();
    private final Map<Long, long[]> acknowledged = new TreeMap<>();
    private final boolean wild;
    private final int lossOneIn;
    private final boolean trims;
    private final @Nullable StringBuilder trace;
    private JournalPlan plan;
    private long now;
    private long sequence;
    private boolean trouble = true;
    int plans;

    ReplicaSimulation(long seed, ReplicationMode mode, int count, PlantedBug bug, boolean traced) {
        chance = new Chance(seed);
        this.mode = mode;
        wild = chance.oneIn(3);
        lossOneIn = chance.oneIn(2) ? 30 : 1_000_000;
        trims = chance.oneIn(2);
        trace = traced ? new StringBuilder() : null;
        ReplicaConfiguration configuration = new ReplicaConfiguration(
                10 * MILLI, 40 * MILLI, 120 * MILLI, 100 * MILLI, 100, 1 << 20, 1 << 20, 600, 2_000);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = String.valueOf((char) ('A' + i));
            names.add(name);
            SimulatedReplica replica = bug == PlantedBug.NONE
                    ? new SimulatedReplica(name, this, configuration)
                    : new FaultyReplica(name, this, configuration, bug);
            replicas.put(name, replica);
            if (i % 2 == 1) {
                replica.await();
            }
        }
        List<String> members = mode == ReplicationMode.QUORUM ? names : names.subList(0, 3);
        plan = new JournalPlan("j", mode, 1, members, List.of(), 2);
        writers.add(new SimulatedWriter("x", this, chance.fork()));
        writers.add(new SimulatedWriter("y", this, chance.fork()));
    }

    void run() {
        for (SimulatedReplica replica : replicas.values()) {
            start(replica);
        }
        for (SimulatedWriter writer : writers) {
            after(chance.between(1, 50) * MILLI, writer::act);
        }
        after(20 * MILLI, this::makeTrouble);
        runUntil(TROUBLE_NANOS);
        putRight();
        runUntil(TROUBLE_NANOS + PEACE_NANOS);
        verifyEnd();
    }

    private void runUntil(long end) {
        while (!events.isEmpty() && events.peek().time <= end) {
            Event event = events.poll();
            now = event.time;
            SimulatedReplica at = event.at;
            if (at == null) {
                event.run.run();
            } else if (at.isUp() && at.life == event.life) {
                if (at.paused) {
                    events.add(new Event(now + MILLI, sequence++, at, event.life, event.run));
                } else {
                    event.run.run();
                    if (at.isUp()) {
                        at.flush();
                    }
                }
            }
        }
        now = end;
    }

    @Override
    public long now() {
        return now;
    }

    void after(long nanos, Runnable run) {
        events.add(new Event(now + nanos, sequence++, null, 0, run));
    }

    /** Something happens at a replica later, if it lives the same life then. */
    void at(SimulatedReplica replica, long nanos, Runnable run) {
        events.add(new Event(now + nanos, sequence++, replica, replica.life, run));
    }

    SimulatedReplica replica(String name) {
        return Objects.requireNonNull(replicas.get(name));
    }

    SimulatedReplica anyReplica(Chance by) {
        return List.copyOf(replicas.values()).get(by.below(replicas.size()));
    }

    boolean isTroubled() {
        return trouble;
    }

    void trace(String line) {
        if (trace != null) {
            trace.append("%9.3f %s%n".formatted(now / (double) MILLI, line));
        }
    }

    String traced() {
        return String.valueOf(trace);
    }

    private void start(SimulatedReplica replica) {
        replica.start();
        trace(replica.name + " starts with index " + replica.core().lastIndex());
        sessionEnds.remove(replica.name);
        replica.core().plan(plan, now);
        replica.core().flush();
        tick(replica);
        keep(replica);
    }

    private void tick(SimulatedReplica replica) {
        replica.core().tick(now);
        at(replica, 5 * MILLI, () -> tick(replica));
    }

    /** What a replica's keeper does: propose what the rule says, by compare-and-set. */
    private void keep(SimulatedReplica replica) {
        ReplicaCore core = replica.core();
        JournalPlan known = core.plan();
        if (known != null) {
            JournalPlan next = PlanRule.propose(known, core.sight(now), live());
            if (next != null) {
                after(chance.between(0, 3 * (int) MILLI), () -> compareAndSet(known, next));
            }
        }
        at(replica, chance.between(5, 15) * MILLI, () -> keep(replica));
    }

    private List<String> live() {
        List<String> live = new ArrayList<>();
        for (String name : replicas.keySet()) {
            if (sessionEnds.getOrDefault(name, Long.MAX_VALUE) > now) {
                live.add(name);
            }
        }
        return live;
    }

    private void compareAndSet(JournalPlan expected, JournalPlan next) {
        if (!plan.equals(expected)) {
            return;
        }
        plan = next;
        plans++;
        trace("plan " + plan);
        for (SimulatedReplica replica : replicas.values()) {
            at(replica, chance.between(0, 4 * (int) MILLI), () -> replica.core().plan(next, now));
        }
    }

    @Override
    public void send(SimulatedReplica from, String to, Message message) {
        if (cuts.contains(from.name + to) || trouble && chance.oneIn(lossOneIn)) {
            return;
        }
        int copies = trouble && chance.oneIn(40) ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            long arrival = now + chance.between(100_000, wild && trouble ? 15_000_000 : 1_000_000);
            if (!wild) {
                arrival = Math.max(arrival, lastDelivery.getOrDefault(from.name + to, 0L) + 1);
                lastDelivery.put(from.name + to, arrival);
            }
            SimulatedReplica receiver = replica(to);
            at(receiver, arrival - now, () -> {
                trace(from.name + " -> " + to + " " + message);
                receiver.receive(from.name, message, now);
            });
        }
    }

    @Override
    public void diskStarts(SimulatedReplica replica) {
        if (!replica.diskWorks) {
            replica.diskWorks = true;
            long nanos = chance.between(50_000, trouble && chance.oneIn(50) ? 60_000_000 : 2_000_000);
            at(replica, nanos, replica::diskDone);
        }
    }

    private void makeTrouble() {
        if (!trouble) {
            return;
        }
        SimulatedReplica victim = anyReplica(chance);
        switch (chance.below(7)) {
            case 0, 1 -> crash(victim);
            case 2 -> pause(victim);
            case 3 -> cutOff(victim);
            case 4 -> cutLink(victim, anyReplica(chance));
            case 5 -> powerLoss();
            default -> writers.get(chance.below(writers.size())).takeOver();
        }
        after(chance.between(10, 200) * MILLI, this::makeTrouble);
    }

    private void crash(SimulatedReplica victim) {
        if (victim.isUp()) {
            trace(victim.name + " crashes");
            victim.crash(chance);
            sessionEnds.put(victim.name, now + LEASE_NANOS);
            after(chance.between(1, 150) * MILLI, () -> {
                if (!victim.isUp()) {
                    start(victim);
                }
            });
        }
    }

    private void powerLoss() {
        if (chance.oneIn(3)) {
            List.copyOf(replicas.values()).forEach(this::crash);
        }
    }

    private void pause(SimulatedReplica victim) {
        if (victim.isUp() && !victim.paused) {
            trace(victim.name + " pauses");
            victim.paused = true;
            sessionEnds.put(victim.name, now + LEASE_NANOS);
            int life = victim.life;
            after(chance.between(1, 300) * MILLI, () -> {
                if (victim.life == life && victim.isUp()) {
                    wake(victim);
                }
            });
        }
    }

    private void wake(SimulatedReplica victim) {
        trace(victim.name + " wakes");
        victim.paused = false;
        sessionEnds.remove(victim.name);
    }

    private void cutOff(SimulatedReplica victim) {
        for (String other : replicas.keySet()) {
            cut(victim.name, other, 200);
            cut(other, victim.name, 200);
        }
    }

    private void cutLink(SimulatedReplica from, SimulatedReplica to) {
        cut(from.name, to.name, 400);
        if (chance.oneIn(2)) {
            cut(to.name, from.name, 400);
        }
    }

    private void cut(String from, String to, int millis) {
        trace("cut " + from + to);
        cuts.add(from + to);
        after(chance.between(1, millis) * MILLI, () -> {
            trace("heal " + from + to);
            cuts.remove(from + to);
        });
    }

    private void putRight() {
        trace("all is put right");
        trouble = false;
        cuts.clear();
        for (SimulatedReplica replica : replicas.values()) {
            if (!replica.isUp()) {
                start(replica);
            } else if (replica.paused) {
                wake(replica);
            }
        }
        for (SimulatedWriter writer : writers) {
            writer.countFromHere();
        }
    }

    // What happened.

    @Override
    public void committed(SimulatedReplica replica, SimulatedReplica.Stored record) {
        SimulatedReplica.Stored known = log.putIfAbsent(record.index(), record);
        if (known != null && !known.isSameAs(record)) {
            throw new Violation(
                    replica.name + " has " + record + " committed where another replica has " + known + " committed");
        }
        if (known == null && record.kind() == dev.boreal.journal.record.RecordKind.ENTRY) {
            byPosition.put(record.position(), record);
        }
    }

    void opened(String writer, long epoch) {
        trace(writer + " opened epoch " + epoch);
        String other = epochs.putIfAbsent(epoch, writer);
        if (other != null) {
            throw new Violation("epoch " + epoch + " was opened by " + other + " and by " + writer);
        }
    }

    void acknowledged(long epoch, long timestamp, long position) {
        trace("acknowledged position " + position + " of epoch " + epoch);
        long[] before = acknowledged.putIfAbsent(position, new long[] {epoch, timestamp});
        if (before != null && (before[0] != epoch || before[1] != timestamp)) {
            throw new Violation("position " + position + " was acknowledged for two entries");
        }
    }

    int acknowledgements() {
        return acknowledged.size();
    }

    boolean trims() {
        return trims;
    }

    private void verifyEnd() {
        for (Map.Entry<Long, long[]> each : acknowledged.entrySet()) {
            SimulatedReplica.Stored record = byPosition.get(each.getKey());
            long[] told = each.getValue();
            if (record == null || record.epoch() != told[0] || record.entry().timestamp() != told[1]) {
                throw new Violation("position " + each.getKey() + " was acknowledged in epoch " + told[0]
                        + ", and now there is " + record);
            }
        }
        long last = log.isEmpty() ? 0 : log.lastKey();
        for (long index = 1; index <= last; index++) {
            if (!log.containsKey(index)) {
                throw new Violation("nobody told what is committed at index " + index);
            }
        }
        boolean going = false;
        for (SimulatedWriter writer : writers) {
            going |= writer.hasGoneOn();
        }
        if (!going) {
            throw new Violation("no append was acknowledged after all was put right; plan " + plan + sights());
        }
        for (SimulatedReplica replica : replicas.values()) {
            boolean belongs = mode == ReplicationMode.QUORUM || plan.members().contains(replica.name);
            if (!belongs || last - replica.toldIndex > 200) {
                throw new Violation(replica.name + " did not come back: told " + replica.toldIndex + " of " + last
                        + ", plan " + plan + sights());
            }
        }
    }

    private String sights() {
        StringBuilder text = new StringBuilder();
        for (SimulatedReplica replica : replicas.values()) {
            text.append("; ").append(replica.core().sight(now));
            text.append(" term ").append(replica.core().term());
            text.append(" last ").append(replica.core().lastIndex());
            text.append(" committed ").append(replica.core().committedIndex());
        }
        for (SimulatedWriter writer : writers) {
            text.append("; ").append(writer);
        }
        return text.toString();
    }
}
