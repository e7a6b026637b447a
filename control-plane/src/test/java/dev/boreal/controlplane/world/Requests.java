package dev.boreal.controlplane.world;

import dev.boreal.controlplane.ControlPlaneAnswer;
import dev.boreal.controlplane.ControlPlaneEvent;
import dev.boreal.controlplane.ControlPlaneRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Requests under way, and who waits for them. One that a crash swallows is answered as unavailable. */
final class Requests {
    private static final long PATIENCE = 6 * World.SECOND;

    private record Key(String member, int life, long id) {}

    private final World world;
    private final Map<Key, Consumer<ControlPlaneAnswer>> waiting = new LinkedHashMap<>();

    Requests(World world) {
        this.world = world;
    }

    void crashed(World.Node node) {
        List<Consumer<ControlPlaneAnswer>> swallowed = new ArrayList<>();
        waiting.entrySet().removeIf(entry -> {
            boolean lost = entry.getKey().member().equals(node.name());
            if (lost) {
                swallowed.add(entry.getValue());
            }
            return lost;
        });
        swallowed.forEach(then -> world.after(0, () -> then.accept(new ControlPlaneAnswer.Unavailable("crashed"))));
    }

    void ask(World.Node node, ControlPlaneRequest request, Consumer<ControlPlaneAnswer> then) {
        boolean[] answered = new boolean[1];
        Consumer<ControlPlaneAnswer> once = answer -> {
            if (!answered[0]) {
                answered[0] = true;
                then.accept(answer);
            }
        };
        if (!node.runs()) {
            world.after(10 * World.MILLISECOND, () -> once.accept(new ControlPlaneAnswer.Unavailable("is down")));
            return;
        }
        world.with(node, core -> {
            long id = core.request(request, world.timeOf(node));
            waiting.put(new Key(node.name(), node.life, id), once);
        });
        world.after(PATIENCE, () -> once.accept(new ControlPlaneAnswer.Unavailable("nobody answered")));
    }

    void hear(World.Node node, ControlPlaneEvent.Answered answered) {
        Consumer<ControlPlaneAnswer> then = waiting.remove(new Key(node.name(), node.life, answered.request()));
        if (then != null) {
            world.after(0, () -> then.accept(answered.answer()));
        }
    }
}
