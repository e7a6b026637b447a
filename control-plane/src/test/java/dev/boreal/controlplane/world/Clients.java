package dev.boreal.controlplane.world;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.cluster.RegisterEntry;
import dev.boreal.contracts.cluster.UpdateOutcome;
import dev.boreal.controlplane.ControlPlaneAnswer;
import dev.boreal.controlplane.ControlPlaneRequest;
import dev.boreal.controlplane.register.Action;
import dev.boreal.controlplane.register.Result;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Clients that read and compare-and-set some keys through any member, one request at a time each, and look whether the register is
 * linearizable. Nothing removes these keys, so a key's versions only rise, and it suffices that no answer shows a version older
 * than one that any client had seen when it asked; that every acknowledged write is above those; that of writes over one version only one
 * succeeds; and that a version stands for one value.
 */
final class Clients {
    private static final int KEYS = 3;

    private record Written(String key, String value) {}

    private final World world;
    private final Chance chance;
    private final Requests requests;
    private final Map<String, Long> seen = new HashMap<>();
    private final Map<Long, Written> values = new HashMap<>();
    private final Map<String, Long> successors = new HashMap<>();
    private int answered;
    private int writes;
    private boolean stopped;

    Clients(World world, Chance chance, Requests requests) {
        this.world = world;
        this.chance = chance;
        this.requests = requests;
    }

    int answered() {
        return answered;
    }

    int writes() {
        return writes;
    }

    void start(int count) {
        for (int i = 0; i < count; i++) {
            String name = "client" + i;
            world.after(chance.below(50) * World.MILLISECOND, () -> act(name, 0));
        }
    }

    void stop() {
        stopped = true;
    }

    private void act(String name, int turn) {
        if (stopped) {
            return;
        }
        Runnable next = () -> world.after(chance.below(40) * World.MILLISECOND, () -> act(name, turn + 1));
        World.Node node = world.nodes().get(chance.below(world.nodes().size()));
        String key = "k" + chance.below(KEYS);
        long floor = seen.getOrDefault(key, 0L);
        if (chance.oneIn(2)) {
            requests.ask(node, new ControlPlaneRequest.Read(key), answer -> {
                if (answer instanceof ControlPlaneAnswer.Entry(@Nullable RegisterEntry entry)) {
                    observe(name + " reads", key, entry, floor);
                }
                next.run();
            });
        } else {
            long expected = chance.oneIn(8) ? Math.max(0, floor - 1) : floor;
            String value = name + "." + turn;
            Action action = new Action.CompareAndSet(key, expected, value.getBytes(StandardCharsets.UTF_8), 0);
            requests.ask(node, new ControlPlaneRequest.Perform(action), answer -> {
                if (answer instanceof ControlPlaneAnswer.Performed(Result.Update(UpdateOutcome outcome))) {
                    took(name, key, expected, value, outcome, floor);
                }
                next.run();
            });
        }
    }

    private void took(String name, String key, long expected, String value, UpdateOutcome outcome, long floor) {
        switch (outcome) {
            case UpdateOutcome.Updated(long version) -> {
                writes++;
                if (version <= floor) {
                    throw new Violation(name + " wrote " + key + "@" + version + ", and " + floor + " was seen before");
                }
                Long rival = successors.put(key + "@" + expected, version);
                if (rival != null && rival != version) {
                    throw new Violation(key + "@" + expected + " was replaced by " + rival + " and by " + version);
                }
                observe(name, key, new RegisterEntry(key, value.getBytes(StandardCharsets.UTF_8), version, 0), floor);
            }
            case UpdateOutcome.VersionMoved(@Nullable RegisterEntry current) -> {
                if ((current == null ? 0 : current.version()) == expected) {
                    throw new Violation(name + " was refused " + key + "@" + expected + ", which stands there");
                }
                observe(name + " is shown", key, current, floor);
            }
            case UpdateOutcome.SessionEnded ended -> throw new Violation(name + " has no session: " + ended);
            case UpdateOutcome.Unavailable unavailable -> throw new Violation("decided to be " + unavailable);
        }
    }

    private void observe(String what, String key, @Nullable RegisterEntry entry, long floor) {
        answered++;
        long version = entry == null ? 0 : entry.version();
        if (version < floor) {
            throw new Violation(what + " " + key + "@" + version + ", and " + floor + " was seen before");
        }
        if (entry != null) {
            Written now = new Written(key, new String(entry.value(), StandardCharsets.UTF_8));
            Written before = values.putIfAbsent(version, now);
            if (before != null && !before.equals(now)) {
                throw new Violation("version " + version + " is " + before + " and " + now);
            }
        }
        seen.merge(key, version, Math::max);
    }
}
