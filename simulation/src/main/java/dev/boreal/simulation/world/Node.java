package dev.boreal.simulation.world;

import dev.boreal.clock.Chance;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A process with a clock, links to others and perhaps a disk. It may crash, which loses everything but the disk, restart, and
 * be paused: then what was to happen in it is held and comes late, while its peers and the true time go on.
 */
public abstract class Node {
    private final World world;
    private final String name;
    private final String zone;
    private final SkewedClock clock;
    private final Chance chance;
    private final ArrayDeque<Runnable> held = new ArrayDeque<>();
    private boolean up;
    private boolean paused;
    private int incarnation;

    @SuppressWarnings("this-escape") // The world calls a node only once it is booted.
    protected Node(World world, String name, String zone, SkewedClock clock) {
        this.world = world;
        this.name = name;
        this.zone = zone;
        this.clock = clock;
        this.chance = world.chance().fork();
        world.join(this);
    }

    /** The process begins: everything that is remembered is on the disk. */
    protected abstract void start();

    /** The process is gone: forget everything. The disk has already lost what it will lose. */
    protected abstract void lost();

    /** Somebody opened a link to this node and said {@code hello}; null closes it. */
    protected @Nullable LinkEnd accept(Link link, Object hello) {
        throw new IllegalStateException(name + " has no door for " + hello);
    }

    /** A frame that may be lost, come twice or late. */
    protected void datagram(String from, Object message) {
        throw new IllegalStateException(name + " hears no datagrams, but got " + message);
    }

    /** Its disk, if it has one. */
    public @Nullable SimulatedDisk disk() {
        return null;
    }

    /** Whether the cluster can do without its disk for good, now. */
    public boolean canSpareItsDisk() {
        return false;
    }

    /** Damages the disk of a node that is down. Returns what was hit, for people, or null if there was nothing to hit. */
    public @Nullable String damageDisk() {
        SimulatedDisk disk = disk();
        return disk == null ? null : disk.damage();
    }

    /** One line for people: what it is doing. */
    public String describe() {
        return name + (up ? paused ? " paused" : " up" : " down");
    }

    public final void boot() {
        if (!up) {
            up = true;
            incarnation++;
            world.say(name, "start", "incarnation " + incarnation);
            guarded(this::start);
        }
    }

    /** The machine loses its power. */
    public final void crash() {
        if (up) {
            world.say(name, "crash", "");
            end(true);
        }
    }

    /** The process ends at once, and the machine goes on. */
    public final void kill() {
        if (up) {
            world.say(name, "kill", "");
            end(false);
        }
    }

    private void end(boolean losesPower) {
        up = false;
        paused = false;
        held.clear();
        world.network().crashed(this);
        SimulatedDisk disk = disk();
        if (disk != null && losesPower) {
            disk.losePower();
        } else if (disk != null) {
            disk.processEnds();
        }
        guarded(this::lost);
    }

    public final void pause() {
        if (up && !paused) {
            world.say(name, "pause", "");
            paused = true;
        }
    }

    public final void resume() {
        if (up && paused) {
            world.say(name, "resume", held.size() + " held");
            paused = false;
            while (up && !paused && !held.isEmpty()) {
                guarded(held.removeFirst());
            }
        }
    }

    /** Runs inside the process, unless it has crashed since {@code since}. */
    final void run(int since, Runnable action) {
        if (!up || incarnation != since) {
            return;
        }
        if (paused) {
            held.add(action);
        } else {
            guarded(action);
        }
    }

    private void guarded(Runnable action) {
        try {
            action.run();
        } catch (DiskFailed e) {
            world.say(name, "disk", String.valueOf(e.getMessage()));
            kill();
        } catch (RuntimeException e) {
            StringBuilder text = new StringBuilder(name + " failed: " + e);
            StackTraceElement[] stack = e.getStackTrace();
            for (int i = 0; i < Math.min(stack.length, 12); i++) {
                text.append("\n    at ").append(stack[i]);
            }
            world.violated("NoCoreFails", text.toString());
        }
    }

    /** Runs in this process after a time, unless it crashes before. */
    protected final void later(long delayNanos, Runnable action) {
        int since = incarnation;
        world.after(delayNanos, () -> run(since, action));
    }

    protected final Link connect(String server, Object hello, LinkEnd end) {
        return world.network().connect(this, world.node(server), hello, end);
    }

    protected final void sendDatagram(String peer, Object message) {
        world.network().datagram(this, world.node(peer), message);
    }

    protected final void say(String what, Object detail) {
        world.say(name, what, detail);
    }

    protected final World world() {
        return world;
    }

    protected final Chance chance() {
        return chance;
    }

    public final SkewedClock clock() {
        return clock;
    }

    public final String name() {
        return name;
    }

    public final String zone() {
        return zone;
    }

    public final boolean isUp() {
        return up;
    }

    public final boolean isPaused() {
        return paused;
    }

    final int incarnation() {
        return incarnation;
    }
}
