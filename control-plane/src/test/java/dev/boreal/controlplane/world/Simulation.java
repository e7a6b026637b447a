package dev.boreal.controlplane.world;

import dev.boreal.clock.Chance;
import dev.boreal.controlplane.ControlPlaneAnswer;
import dev.boreal.controlplane.ControlPlaneCore;
import dev.boreal.controlplane.ControlPlaneEvent;
import dev.boreal.controlplane.ControlPlaneRequest;
import dev.boreal.controlplane.paxos.PaxosRole;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run: clients and keepers over members who meet with every fault, then a time of peace in which everything must come right. */
public final class Simulation implements World.Listener {
    private static final long FAULTY = 20 * World.SECOND;

    /** What a run amounted to. */
    public record Summary(
            int answered,
            int writes,
            int sessions,
            int sessionsEnded,
            long decrees,
            int crashes,
            List<String> members) {}

    private final Chance chance;
    private final World world;
    private final Requests requests;
    private final Clients clients;
    private final Keepers keepers;
    private final Agreement agreement = new Agreement();
    private final List<String> members = new ArrayList<>();
    private boolean faulty = true;
    private int crashes;
    private char nextName;

    private Simulation(long seed, PlantedBug bug, @Nullable Consumer<String> trace) {
        chance = new Chance(seed);
        int founders = chance.oneIn(3) ? 5 : 3;
        for (nextName = 'a'; nextName < 'a' + founders; nextName++) {
            members.add(String.valueOf(nextName));
        }
        world = new World(chance.fork(), bug, List.copyOf(members), this);
        if (trace != null) {
            world.trace(trace);
        }
        requests = new Requests(world);
        clients = new Clients(world, chance.fork(), requests);
        keepers = new Keepers(world, chance.fork(), requests);
    }

    /** Throws {@link Violation} if an invariant does not hold. */
    public static Summary run(long seed, PlantedBug bug) {
        return new Simulation(seed, bug, null).run();
    }

    /** As {@link #run(long, PlantedBug)}, and tells every message and fault. */
    public static Summary run(long seed, PlantedBug bug, Consumer<String> trace) {
        return new Simulation(seed, bug, trace).run();
    }

    private Summary run() {
        world.nodes().forEach(world::start);
        clients.start(5);
        keepers.start(3);
        world.after(World.SECOND, this::trouble);
        world.after(20 * World.MILLISECOND, this::check);
        if (chance.oneIn(2)) {
            world.after(chance.between(2, 8) * World.SECOND, this::addMember);
        }
        world.run(FAULTY);
        makePeace();
        world.run(6 * World.SECOND);
        clients.stop();
        int before = clients.answered();
        keepers.stop();
        world.run(10 * World.SECOND);
        checkPeace(before);
        long decrees = agreement.highest();
        return new Summary(
                clients.answered(),
                clients.writes(),
                keepers.begun(),
                keepers.ended(),
                decrees,
                crashes,
                List.copyOf(members));
    }

    private void check() {
        keepers.check();
        world.after(20 * World.MILLISECOND, this::check);
    }

    private World.Node anyNode() {
        return world.nodes().get(chance.below(world.nodes().size()));
    }

    /** Whoever leads is in trouble more often than others. */
    private World.Node victim() {
        if (chance.oneIn(2)) {
            for (World.Node node : world.nodes()) {
                ControlPlaneCore core = node.core();
                if (core != null && core.paxos().role() == PaxosRole.LEADER) {
                    return node;
                }
            }
        }
        return anyNode();
    }

    private void trouble() {
        if (!faulty) {
            return;
        }
        World.Node node = victim();
        switch (chance.below(8)) {
            case 0, 1 -> crash(node);
            case 2 -> world.nodes().forEach(this::crash);
            case 3 -> world.pause(node, chance.between(50, 2500) * World.MILLISECOND);
            case 4, 5 -> isolate(node);
            case 6 -> world.faults(chance.below(30), chance.below(30), chance.between(2, 120));
            default -> world.heal();
        }
        world.after(chance.between(50, 1500) * World.MILLISECOND, this::trouble);
    }

    private void crash(World.Node node) {
        crashes++;
        world.crash(node);
        world.after(chance.between(20, 1500) * World.MILLISECOND, () -> startAgain(node));
    }

    private void startAgain(World.Node node) {
        if (members.contains(node.name())) {
            world.start(node);
        }
    }

    private void isolate(World.Node node) {
        boolean hears = chance.oneIn(3);
        boolean speaks = chance.oneIn(3);
        for (World.Node other : world.nodes()) {
            if (!hears) {
                world.cut(other.name(), node.name());
            }
            if (!speaks) {
                world.cut(node.name(), other.name());
            }
        }
        world.after(chance.between(100, 2500) * World.MILLISECOND, world::heal);
    }

    /** A new member comes, and once it counts another one may go. */
    private void addMember() {
        String name = String.valueOf(nextName);
        nextName++;
        World.Node joining = world.add(name, true);
        world.start(joining);
        members.add(name);
        change(name, true, () -> world.after(chance.below(1500) * World.MILLISECOND, this::removeMember));
    }

    private void removeMember() {
        String leaving = members.get(chance.below(members.size()));
        change(leaving, false, () -> {
            members.remove(leaving);
            world.crash(world.node(leaving));
        });
    }

    private void change(String member, boolean add, Runnable then) {
        requests.ask(anyNode(), new ControlPlaneRequest.ChangeMembers(member, add), answer -> {
            if (answer instanceof ControlPlaneAnswer.MembersChanged) {
                then.run();
            } else {
                change(member, add, then);
            }
        });
    }

    private void makePeace() {
        faulty = false;
        world.heal();
        world.faults(0, 0, 5);
        world.nodes().forEach(this::startAgain);
    }

    private void checkPeace(int before) {
        if (clients.answered() < 20 || clients.answered() < before) {
            throw new Violation("only " + clients.answered() + " answers");
        }
        List<World.Node> counted = world.nodes().stream()
                .filter(node -> members.contains(node.name()))
                .toList();
        long decided = -1;
        for (World.Node node : counted) {
            ControlPlaneCore core = node.core();
            if (core == null || core.paxos().decidedThrough() < agreement.highest()) {
                throw new Violation(node.name() + " did not catch up with " + agreement.highest() + ": "
                        + (core == null ? "down" : core.paxos().decidedThrough()));
            }
            if (!core.paxos().members().stream()
                    .sorted()
                    .toList()
                    .equals(members.stream().sorted().toList())) {
                throw new Violation(node.name() + " takes " + core.paxos().members() + " for members, not " + members);
            }
            decided = core.paxos().decidedThrough();
        }
        if (decided < 0) {
            throw new Violation("nobody is left");
        }
        Agreement.checkSameState(counted);
        agreement.checkFollowers(counted);
        keepers.checkAllOver();
    }

    @Override
    public void onStarted(World.Node node) {
        agreement.started(node);
    }

    @Override
    public void onCrashed(World.Node node) {
        requests.crashed(node);
    }

    @Override
    public void onEvent(World.Node node, ControlPlaneEvent event) {
        agreement.hear(node, event);
        if (event instanceof ControlPlaneEvent.Answered answered) {
            requests.hear(node, answered);
        } else if (event instanceof ControlPlaneEvent.Applied) {
            keepers.check();
        }
    }
}
