package dev.boreal.controlplane.world;

import dev.boreal.contracts.cluster.RegisterEntry;
import dev.boreal.controlplane.ControlPlaneCore;
import dev.boreal.controlplane.ControlPlaneEvent;
import dev.boreal.controlplane.paxos.Decree;
import dev.boreal.controlplane.register.RegisterChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * At most one decree per number, told in order; and whoever follows the changes of a member has its entries, and never saw one
 * go back.
 */
final class Agreement {
    private static final class Follower {
        long next = 1;
        boolean skipped;
        final TreeMap<String, RegisterEntry> entries = new TreeMap<>();
        final Map<String, Long> versions = new HashMap<>();
    }

    private final TreeMap<Long, Decree> decided = new TreeMap<>();
    private final Map<String, Follower> followers = new HashMap<>();

    void started(World.Node node) {
        followers.put(node.name(), new Follower());
    }

    long highest() {
        return decided.isEmpty() ? 0 : decided.lastKey();
    }

    void hear(World.Node node, ControlPlaneEvent event) {
        Follower follower = followers.get(node.name());
        if (follower == null) {
            throw new IllegalStateException(node.name());
        }
        switch (event) {
            case ControlPlaneEvent.Applied(long slot, Decree decree) -> applied(node, follower, slot, decree);
            case ControlPlaneEvent.Changed(RegisterChange change) -> changed(node, follower, change);
            case ControlPlaneEvent.Skipped(List<RegisterEntry> entries) -> {
                follower.skipped = true;
                follower.entries.clear();
                entries.forEach(entry -> follower.entries.put(entry.key(), entry));
            }
            case ControlPlaneEvent.Answered ignored -> {}
        }
    }

    private void applied(World.Node node, Follower follower, long slot, Decree decree) {
        if (!follower.skipped && slot != follower.next) {
            throw new Violation(node.name() + " applied " + slot + " instead of " + follower.next);
        }
        follower.skipped = false;
        follower.next = slot + 1;
        Decree first = decided.putIfAbsent(slot, decree);
        if (first != null && !first.equals(decree)) {
            throw new Violation(node.name() + " takes decree " + slot + " for " + decree
                    + ", which another member took for " + first);
        }
    }

    private static void changed(World.Node node, Follower follower, RegisterChange change) {
        long version = switch (change) {
            case RegisterChange.Changed(RegisterEntry entry) -> {
                follower.entries.put(entry.key(), entry);
                yield entry.version();
            }
            case RegisterChange.Removed(String key, long removedAt) -> {
                follower.entries.remove(key);
                yield removedAt;
            }
        };
        Long before = follower.versions.put(change.key(), version);
        if (before != null && before >= version) {
            throw new Violation("a watch of " + node.name() + " saw " + change + " behind version " + before);
        }
    }

    /** To be asked when nothing is under way. */
    void checkFollowers(List<World.Node> nodes) {
        for (World.Node node : nodes) {
            ControlPlaneCore core = node.core();
            Follower follower = followers.get(node.name());
            if (core != null
                    && follower != null
                    && !new ArrayList<>(follower.entries.values())
                            .equals(core.state().entries(""))) {
                throw new Violation("who watches " + node.name() + " has " + follower.entries.values()
                        + ", and there is " + core.state().entries(""));
            }
        }
    }

    /** The state that all these members have; throws if they differ. */
    static void checkSameState(List<World.Node> nodes) {
        byte @Nullable [] first = null;
        for (World.Node node : nodes) {
            ControlPlaneCore core = node.core();
            if (core == null) {
                continue;
            }
            byte[] state = core.state().encode();
            if (first != null && !java.util.Arrays.equals(first, state)) {
                throw new Violation(node.name() + " has another register than the members before it, at "
                        + core.paxos().decidedThrough());
            }
            first = state;
        }
    }
}
