package dev.boreal.controlplane.world;

import dev.boreal.clock.Chance;
import dev.boreal.controlplane.ControlPlaneCore;
import dev.boreal.controlplane.ControlPlaneEffects;
import dev.boreal.controlplane.ControlPlaneEvent;
import dev.boreal.controlplane.ControlPlaneSettings;
import dev.boreal.controlplane.paxos.LogRecord;
import dev.boreal.controlplane.paxos.PaxosEffects;
import dev.boreal.controlplane.paxos.PaxosMessage;
import dev.boreal.controlplane.paxos.PaxosSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Members as cores in one thread under virtual time, with a network that delays, loses, repeats, reorders and is cut, disks that
 * lose what was not synced, crashes and pauses. All of it follows from one seed.
 */
public final class World {
    public static final long MILLISECOND = 1_000_000;
    public static final long SECOND = 1000 * MILLISECOND;
    private static final long TICK = 10 * MILLISECOND;

    /** One member and what is left of it when it crashes. */
    public static final class Node {
        final String name;
        final boolean joins;
        final List<LogRecord> disk = new ArrayList<>();
        int durable;
        int life;
        int speed;
        long syncFree;
        long pausedUntil;

        @Nullable ControlPlaneCore core;

        Node(String name, boolean joins) {
            this.name = name;
            this.joins = joins;
        }

        public String name() {
            return name;
        }

        public @Nullable ControlPlaneCore core() {
            return core;
        }

        boolean runs() {
            return core != null;
        }
    }

    private record Event(long at, long number, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    /** Hears what members' cores tell. */
    public interface Listener {
        void onEvent(Node node, ControlPlaneEvent event);

        /** A member came up, with nothing but its disk. */
        void onStarted(Node node);

        void onCrashed(Node node);
    }

    private final Chance chance;
    private final PlantedBug bug;
    private final Sabotage sabotage;
    private final ControlPlaneSettings settings;
    private final List<String> founders;
    private final TreeMap<String, Node> nodes = new TreeMap<>();
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Set<String> cuts = new HashSet<>();
    private final Listener listener;
    private long now;
    private long eventCount;
    private int lossPercent;
    private int repeatPercent;
    private long slowestMillis = 5;
    private @Nullable Consumer<String> trace;

    public World(Chance chance, PlantedBug bug, List<String> founders, Listener listener) {
        this.chance = chance;
        this.bug = bug;
        this.sabotage = new Sabotage(bug);
        this.founders = founders;
        this.listener = listener;
        settings = new ControlPlaneSettings(
                new PaxosSettings(50 * MILLISECOND, 300 * MILLISECOND, 600 * MILLISECOND, 150 * MILLISECOND, 10, 512),
                4 * SECOND,
                40);
        founders.forEach(name -> add(name, false));
    }

    /** Hears of every message that arrives and of every fault. */
    public void trace(Consumer<String> newTrace) {
        trace = newTrace;
    }

    public long now() {
        return now;
    }

    public void faults(int newLossPercent, int newRepeatPercent, long newSlowestMillis) {
        lossPercent = newLossPercent;
        repeatPercent = newRepeatPercent;
        slowestMillis = newSlowestMillis;
    }

    public List<Node> nodes() {
        return List.copyOf(nodes.values());
    }

    public Node node(String name) {
        Node node = nodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException(name);
        }
        return node;
    }

    public Node add(String name, boolean joins) {
        Node node = new Node(name, joins);
        nodes.put(name, node);
        return node;
    }

    public void start(Node node) {
        if (node.runs()) {
            return;
        }
        node.life++;
        node.syncFree = now;
        node.speed = chance.between(-6, 6);
        say(() -> node.name + " starts with " + node.disk.size() + " records");
        node.core = new ControlPlaneCore(
                node.name,
                node.joins ? List.of() : founders,
                founders,
                settings,
                sabotage.found(node.disk),
                chance.fork(),
                clockOf(node));
        listener.onStarted(node);
        perform(node);
        int life = node.life;
        tickLater(node, life);
    }

    /** Forgets the core, and of the disk what was not synced, but for a part that happened to be written. */
    public void crash(Node node) {
        if (!node.runs()) {
            return;
        }
        int kept = node.durable + chance.below(node.disk.size() - node.durable + 1);
        say(() -> node.name + " crashes and keeps " + kept + " of " + node.disk.size() + " records");
        node.core = null;
        node.disk.subList(kept, node.disk.size()).clear();
        node.durable = kept;
        listener.onCrashed(node);
    }

    /** It does nothing for a while, and then everything that was waiting. */
    public void pause(Node node, long nanos) {
        say(() -> node.name + " is paused for " + nanos / MILLISECOND + " ms");
        node.pausedUntil = now + nanos;
    }

    /** What one sends, the other does not hear. */
    public void cut(String from, String to) {
        cuts.add(from + ">" + to);
    }

    public void heal() {
        say(() -> "the network heals");
        cuts.clear();
    }

    public void after(long nanos, Runnable action) {
        eventCount++;
        events.add(new Event(now + nanos, eventCount, action));
    }

    /** Lets so much time go by. */
    public void run(long nanos) {
        long end = now + nanos;
        while (!events.isEmpty() && events.peek().at() <= end) {
            Event event = events.remove();
            now = event.at();
            event.action().run();
        }
        now = end;
    }

    /** Every life of a member counts from another moment, and at a speed that is up to six in a hundred off. */
    private long clockOf(Node node) {
        return now + now / 100 * node.speed + node.life * 1_000_000_007L * node.name.hashCode() % SECOND;
    }

    /** Lets a member do something, now or when its pause is over, if it still is the same life by then. */
    private void with(Node node, int life, Consumer<ControlPlaneCore> step) {
        if (node.life != life || !node.runs()) {
            return;
        }
        if (node.pausedUntil > now) {
            after(node.pausedUntil - now, () -> with(node, life, step));
            return;
        }
        ControlPlaneCore core = node.core;
        if (core != null) {
            step.accept(core);
            perform(node);
        }
    }

    /** Has a member that runs do something, in its turn. */
    public void with(Node node, Consumer<ControlPlaneCore> step) {
        with(node, node.life, step);
    }

    /** The member's monotonic clock. */
    public long timeOf(Node node) {
        return clockOf(node);
    }

    private void tickLater(Node node, int life) {
        after(TICK, () -> {
            if (node.life == life && node.runs()) {
                with(node, life, core -> core.tick(clockOf(node)));
                tickLater(node, life);
            }
        });
    }

    private void perform(Node node) {
        ControlPlaneCore core = node.core;
        if (core == null) {
            return;
        }
        for (ControlPlaneEffects effects = core.takeEffects(); !effects.isEmpty(); effects = core.takeEffects()) {
            write(node, core, effects);
            for (PaxosEffects.Outgoing outgoing : effects.sends()) {
                send(node, outgoing.to(), outgoing.message());
            }
            for (ControlPlaneEvent event : effects.events()) {
                listener.onEvent(node, event);
            }
        }
    }

    private void write(Node node, ControlPlaneCore core, ControlPlaneEffects effects) {
        for (LogRecord written : effects.records()) {
            node.disk.add(sabotage.written(written));
        }
        if (!effects.needsSync()) {
            return;
        }
        int size = node.disk.size();
        int life = node.life;
        long record = effects.lastRecord();
        long start = Math.max(now, node.syncFree);
        node.syncFree = start + chance.between(200, chance.oneIn(8) ? 120_000 : 3000) * 1000L;
        if (bug == PlantedBug.ANSWERS_BEFORE_DISK) {
            core.persisted(record, clockOf(node));
            after(node.syncFree - now, () -> markDurable(node, life, size));
            return;
        }
        after(node.syncFree - now, () -> {
            markDurable(node, life, size);
            with(node, life, running -> running.persisted(record, clockOf(node)));
        });
    }

    private static void markDurable(Node node, int life, int size) {
        if (node.life == life && node.runs()) {
            node.durable = Math.max(node.durable, size);
        }
    }

    private void send(Node from, String to, PaxosMessage message) {
        for (Sabotage.Delivery delivery : sabotage.sent(from.name, to, message, nodes.keySet())) {
            if (delivery.to().equals(from.name)) {
                after(0, () -> deliver(delivery, from));
            } else {
                travel(delivery, 1);
            }
        }
    }

    private void travel(Sabotage.Delivery delivery, int copies) {
        if (cuts.contains(delivery.from() + ">" + delivery.to()) || chance.below(100) < lossPercent) {
            return;
        }
        Node target = nodes.get(delivery.to());
        if (target == null || !target.runs()) {
            return;
        }
        long delay = chance.between(100, (int) (slowestMillis * 1000)) * 1000L;
        after(delay, () -> deliver(delivery, target));
        if (copies < 3 && chance.below(100) < repeatPercent) {
            travel(delivery, copies + 1);
        }
    }

    private void deliver(Sabotage.Delivery delivery, Node target) {
        with(target, target.life, core -> {
            say(() -> delivery.from() + " to " + delivery.to() + ": " + delivery.message());
            core.receive(delivery.from(), delivery.message(), clockOf(target));
        });
    }

    private void say(java.util.function.Supplier<String> text) {
        if (trace != null) {
            trace.accept(String.format("%9.3f ", now / (double) MILLISECOND) + text.get());
        }
    }
}
