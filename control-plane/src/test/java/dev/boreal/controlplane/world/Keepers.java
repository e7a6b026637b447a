package dev.boreal.controlplane.world;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.cluster.UpdateOutcome;
import dev.boreal.controlplane.ControlPlaneAnswer;
import dev.boreal.controlplane.ControlPlaneCore;
import dev.boreal.controlplane.ControlPlaneRequest;
import dev.boreal.controlplane.register.Action;
import dev.boreal.controlplane.register.Result;
import java.util.ArrayList;
import java.util.List;

/**
 * Owners of sessions, who give signs of life through any member, and look whether a session ever ends before its lease has gone by since
 * they sent the last one that was answered. Some fall silent, and their sessions must end.
 */
final class Keepers {
    private static final long LEASE = 2 * World.SECOND;

    /** As {@link dev.boreal.controlplane.session.SessionLife} counts. */
    private static final long LIFE = LEASE - LEASE / 8;

    private static final class Held {
        final long session;
        long aliveUntil;
        boolean silent;

        Held(long session, long aliveUntil) {
            this.session = session;
            this.aliveUntil = aliveUntil;
        }
    }

    private final World world;
    private final Chance chance;
    private final Requests requests;
    private final List<Held> sessions = new ArrayList<>();
    private boolean stopped;
    private int ended;

    Keepers(World world, Chance chance, Requests requests) {
        this.world = world;
        this.chance = chance;
        this.requests = requests;
    }

    int begun() {
        return sessions.size();
    }

    int ended() {
        return ended;
    }

    void start(int count) {
        for (int i = 0; i < count; i++) {
            String name = "keeper" + i;
            world.after(chance.below(200) * World.MILLISECOND, () -> begin(name));
        }
    }

    /** All fall silent. */
    void stop() {
        stopped = true;
    }

    private World.Node anyNode() {
        return world.nodes().get(chance.below(world.nodes().size()));
    }

    private void begin(String name) {
        if (stopped) {
            return;
        }
        long sentAt = world.now();
        Action action = new Action.BeginSession(name, LEASE);
        requests.ask(anyNode(), new ControlPlaneRequest.Perform(action), answer -> {
            if (answer instanceof ControlPlaneAnswer.Performed(Result.SessionBegun(long session))) {
                Held held = new Held(session, sentAt + LIFE);
                sessions.add(held);
                bind(name, held);
                world.after(LEASE / 4, () -> sign(name, held));
            } else {
                world.after(100 * World.MILLISECOND, () -> begin(name));
            }
        });
    }

    private void bind(String name, Held held) {
        Action action = new Action.CompareAndSet("bound/" + held.session, 0, new byte[] {1}, held.session);
        requests.ask(anyNode(), new ControlPlaneRequest.Perform(action), answer -> {
            if (answer instanceof ControlPlaneAnswer.Performed(Result.Update(UpdateOutcome.SessionEnded ignored))) {
                expectOver(name, held);
            }
        });
    }

    private void sign(String name, Held held) {
        if (stopped || chance.oneIn(60)) {
            held.silent = true;
            world.after(LEASE, () -> begin(name));
            return;
        }
        long sentAt = world.now();
        requests.ask(anyNode(), new ControlPlaneRequest.KeepAlive(held.session), answer -> {
            switch (answer) {
                case ControlPlaneAnswer.Alive(boolean alive)
                when alive -> {
                    held.aliveUntil = Math.max(held.aliveUntil, sentAt + LIFE);
                    world.after(LEASE / 4, () -> sign(name, held));
                }
                case ControlPlaneAnswer.Alive ignored -> {
                    ended++;
                    expectOver(name, held);
                    held.silent = true;
                    begin(name);
                }
                default -> world.after(20 * World.MILLISECOND, () -> sign(name, held));
            }
        });
    }

    private void expectOver(String name, Held held) {
        if (world.now() < held.aliveUntil) {
            throw new Violation("session " + held.session + " of " + name + " ended "
                    + (held.aliveUntil - world.now()) / World.MILLISECOND + " ms early");
        }
    }

    /** No member that has got so far misses a session that is alive. */
    void check() {
        for (Held held : sessions) {
            if (world.now() < held.aliveUntil) {
                for (World.Node node : world.nodes()) {
                    ControlPlaneCore core = node.core();
                    if (core != null
                            && core.paxos().decidedThrough() >= held.session
                            && core.state().session(held.session) == null) {
                        throw new Violation(
                                node.name() + " has no session " + held.session + ", which lives for another "
                                        + (held.aliveUntil - world.now()) / World.MILLISECOND + " ms");
                    }
                }
            }
        }
    }

    /** To be asked long after all fell silent: all sessions are gone, and what was bound to them. */
    void checkAllOver() {
        for (World.Node node : world.nodes()) {
            ControlPlaneCore core = node.core();
            if (core != null && !core.state().sessions().isEmpty()) {
                throw new Violation(node.name() + " keeps sessions for ever: "
                        + core.state().sessions());
            }
            if (core != null && !core.state().entries("bound/").isEmpty()) {
                throw new Violation(node.name() + " keeps what was bound to a session: "
                        + core.state().entries("bound/"));
            }
        }
    }
}
