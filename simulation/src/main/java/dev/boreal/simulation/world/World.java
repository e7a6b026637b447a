package dev.boreal.simulation.world;

import dev.boreal.clock.Chance;
import java.util.ArrayList;
import java.util.List;

/**
 * Virtual time, and what happens in it. Events run one at a time in the order {@code (time, asked)}; nothing happens between
 * two events. Everything that is left to chance comes from one seed.
 */
public final class World {
    /** When every run begins: nanoseconds since the Unix epoch. */
    public static final long BEGINNING = 1_800_000_000_000_000_000L;

    public static final long MICROSECOND = 1_000;
    public static final long MILLISECOND = 1_000_000;
    public static final long SECOND = 1_000_000_000;

    private final EventQueue queue = new EventQueue();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();
    private final Chance chance;
    private final Trace trace;
    private final Network network;
    private long now = BEGINNING;
    private long events;

    public World(long seed, Trace trace) {
        this.chance = new Chance(seed);
        this.trace = trace;
        this.network = new Network(this);
    }

    /** The true time: nanoseconds since the Unix epoch. No part of a node may look at it. */
    public long now() {
        return now;
    }

    public long events() {
        return events;
    }

    public Chance chance() {
        return chance;
    }

    public Network network() {
        return network;
    }

    public Trace trace() {
        return trace;
    }

    public void after(long delayNanos, Runnable action) {
        queue.add(now + Math.max(0, delayNanos), action);
    }

    /** Lets things happen up to and including {@code time}, or until something is wrong. */
    public void runUntil(long time) {
        while (violations.isEmpty()) {
            if (queue.isEmpty() || queue.nextTime() > time) {
                now = Math.max(now, time);
                return;
            }
            now = queue.nextTime();
            events++;
            queue.remove().run();
        }
    }

    void join(Node node) {
        nodes.add(node);
    }

    /** In the order in which they joined. */
    public List<Node> nodes() {
        return nodes;
    }

    public Node node(String name) {
        for (Node node : nodes) {
            if (node.name().equals(name)) {
                return node;
            }
        }
        throw new IllegalArgumentException("no node is called " + name);
    }

    /** Says something of the run. {@code detail} is turned into text only if somebody reads the trace. */
    public void say(String who, String what, Object detail) {
        trace.say(now, who, what, detail);
    }

    /** What must not happen has happened: the run ends here. */
    public void violated(String verifier, String what) {
        violations.add(new Violation(verifier, what));
        trace.say(now, verifier, "VIOLATED", what);
    }

    public List<Violation> violations() {
        return violations;
    }
}
