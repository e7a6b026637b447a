package dev.boreal.simulation.world;

import dev.boreal.clock.Chance;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Does what a profile of faults allows, when and to whom the seed says, and makes it good again. */
public final class Nemesis {
    private final World world;
    private final FaultProfile profile;
    private final Chance chance;
    private final Predicate<Node> leads;
    private final List<Runnable> undo = new ArrayList<>();
    private boolean over;
    private int faults;

    /** @param leads whether a node leads something at the moment */
    public Nemesis(World world, FaultProfile profile, Predicate<Node> leads) {
        this.world = world;
        this.profile = profile;
        this.leads = leads;
        this.chance = world.chance().fork();
    }

    /** Begins. Clocks are off from the start. */
    public void begin() {
        world.network()
                .setQuality(profile.lostInTenThousand(), profile.doubledInTenThousand(), profile.slowInTenThousand());
        for (Node node : world.nodes()) {
            skew(node, true);
        }
        if (profile.gapMillis() > 0) {
            next();
        }
    }

    public int faults() {
        return faults;
    }

    private void next() {
        world.after(World.MILLISECOND * chance.between(1, 2 * profile.gapMillis()), () -> {
            if (!over) {
                faults++;
                strike();
                next();
            }
        });
    }

    private void strike() {
        switch (chance.below(11)) {
            case 0, 1, 2 -> {
                if (profile.crashes()) {
                    crash(victim());
                }
            }
            case 3, 4 -> {
                if (profile.pauses()) {
                    pause(victim());
                }
            }
            case 5, 6 -> {
                if (profile.cuts()) {
                    cut();
                }
            }
            case 7 -> skew(victim(), !profile.clocksBeyondBound());
            case 8 -> {
                if (profile.badDisks()) {
                    failDisk(victim());
                } else if (profile.clocksBeyondBound()) {
                    skew(victim(), false);
                }
            }
            case 9 -> {
                if (profile.badDisks()) {
                    damageDisk(victim());
                }
            }
            default -> {
                if (profile.crashes()) {
                    switch (chance.below(4)) {
                        case 0 -> loseZone();
                        case 1, 2 -> losePower(victim());
                        default -> {}
                    }
                }
            }
        }
    }

    private Node victim() {
        List<Node> nodes = world.nodes().stream()
                .filter(node -> node.name().startsWith(profile.targets()))
                .toList();
        if (nodes.isEmpty()) {
            nodes = world.nodes();
        }
        if (profile.handOvers() && !chance.oneIn(4)) {
            List<Node> leaders = nodes.stream().filter(leads).toList();
            if (!leaders.isEmpty()) {
                return leaders.get(chance.below(leaders.size()));
            }
        }
        return nodes.get(chance.below(nodes.size()));
    }

    private long duration() {
        return World.MILLISECOND * (chance.oneIn(4) ? chance.between(200, 900) : chance.between(5, 150));
    }

    private void crash(Node node) {
        if (chance.oneIn(2)) {
            node.kill();
        } else {
            node.crash();
        }
        after(duration(), node::boot);
    }

    private void pause(Node node) {
        node.pause();
        after(duration(), node::resume);
    }

    private void loseZone() {
        String zone = victim().zone();
        long lasts = duration();
        boolean dies = chance.oneIn(2);
        world.say("nemesis", "zone", zone + (dies ? " dies" : " is cut off"));
        for (Node node : world.nodes()) {
            if (!node.zone().equals(zone)) {
                continue;
            }
            if (dies) {
                node.crash();
                after(lasts, node::boot);
            } else {
                cutOff(node, lasts, true);
            }
        }
    }

    /** All that do the same work die at once, and some of them come back later than others. */
    private void losePower(Node one) {
        world.say("nemesis", "power", one.name() + " and its like");
        for (Node node : world.nodes()) {
            if (node.getClass().equals(one.getClass())) {
                node.crash();
                after(duration(), node::boot);
            }
        }
    }

    private void cut() {
        Node node = victim();
        if (chance.oneIn(3)) {
            cutOff(node, duration(), false);
            return;
        }
        Node other = victim();
        if (!node.equals(other)) {
            long lasts = duration();
            cutOneWay(node, other, lasts);
            if (chance.oneIn(2)) {
                cutOneWay(other, node, lasts);
            }
        }
    }

    private void cutOff(Node node, long lasts, boolean fromOtherZonesOnly) {
        for (Node other : world.nodes()) {
            if (!other.equals(node) && !(fromOtherZonesOnly && other.zone().equals(node.zone()))) {
                cutOneWay(node, other, lasts);
                cutOneWay(other, node, lasts);
            }
        }
    }

    private void cutOneWay(Node from, Node to, long lasts) {
        world.network().cut(from, to);
        after(lasts, () -> world.network().heal(from, to));
    }

    /** The disk is full, or does not sync. When it is well again whoever failed because of it is started again. */
    private void failDisk(Node node) {
        SimulatedDisk disk = node.disk();
        if (disk != null && node.isUp()) {
            boolean syncsOnly = chance.oneIn(2);
            world.say("nemesis", syncsOnly ? "bad disk" : "full disk", node.name());
            if (syncsOnly) {
                disk.failSyncs();
            } else {
                disk.fill();
            }
            after(duration(), () -> {
                disk.mend();
                if (chance.oneIn(3)) {
                    node.crash();
                } else {
                    node.kill();
                }
                node.boot();
            });
        }
    }

    /** What is lost with it has to be somewhere else. */
    private void damageDisk(Node node) {
        if (node.canSpareItsDisk()) {
            node.crash();
            world.say("nemesis", "damages", node.name() + "'s disk: " + node.damageDisk());
            after(duration(), node::boot);
        }
    }

    private void skew(Node node, boolean withinBound) {
        long error = node.clock().error();
        long span = withinBound ? error : Math.max(20 * error, 40 * World.MILLISECOND);
        long offset = span == 0 ? 0 : Math.floorMod(chance.nextLong(), 2 * span + 1) - span;
        long drift = chance.between(-200, 200);
        world.say("nemesis", "clock", node.name() + " off by " + offset + " ns, drifts " + drift + " ppm");
        node.clock().set(offset, drift, withinBound);
    }

    /** Makes good after a time, or when all is made good, whichever comes first. */
    private void after(long delay, Runnable makeGood) {
        Once once = new Once(makeGood);
        undo.add(once);
        world.after(delay, once);
    }

    private static final class Once implements Runnable {
        private final Runnable action;
        private boolean done;

        Once(Runnable action) {
            this.action = action;
        }

        @Override
        public void run() {
            if (!done) {
                done = true;
                action.run();
            }
        }
    }

    /** Nothing goes wrong any more, and what is broken is made good. */
    public void end() {
        over = true;
        world.say("nemesis", "ends", faults + " faults");
        undo.forEach(Runnable::run);
        undo.clear();
        world.network().setQuality(0, 0, 20);
        for (Node node : world.nodes()) {
            node.resume();
            node.boot();
            node.clock().set(0, 0, true);
        }
    }
}
