package dev.boreal.launcher.cluster;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.cluster.Role;
import dev.boreal.launcher.cluster.Loss.Target;
import dev.boreal.launcher.supervision.LocalCluster;
import dev.boreal.launcher.supervision.MemberState;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which loss comes next: at first each kind that differs, then any, as chance will have it. */
final class LossPlan {
    private static final List<Target> TARGETS = List.of(
            new Target(Role.ADJUDICATOR, true),
            new Target(Role.JOURNAL, true),
            new Target(Role.QUERY_PROCESSOR, false),
            new Target(Role.STORAGE, false),
            new Target(Role.CROSSBAR, false),
            new Target(Role.CONTROL_PLANE, true),
            new Target(Role.ADJUDICATOR, true),
            new Target(null, true),
            new Target(Role.JOURNAL, true),
            new Target(null, true));
    private static final int FIRST_PAUSED = 6;
    private static final int UNPAUSED = 7;
    private static final int ONE_IN_ZONES = 8;
    private static final int ONE_IN_PAUSES = 3;

    private final LocalCluster cluster;
    private final Chance chance;

    LossPlan(LocalCluster cluster, Chance chance) {
        this.cluster = cluster;
        this.chance = chance;
    }

    Loss next(int round) throws IOException, InterruptedException {
        if (round < TARGETS.size()) {
            return loss(TARGETS.get(round), round >= FIRST_PAUSED && round != UNPAUSED);
        }
        boolean paused = chance.below(ONE_IN_PAUSES) == 0;
        boolean leads = chance.below(2) == 0;
        if (chance.below(ONE_IN_ZONES) == 0) {
            return loss(new Target(null, leads), paused);
        }
        Role role = Role.values()[chance.below(Role.values().length)];
        return loss(new Target(role, leads && duty(role) != null), paused);
    }

    private Loss loss(Target target, boolean paused) throws IOException, InterruptedException {
        Role role = target.role();
        if (role != null) {
            return Loss.of(target, paused, List.of(one(role, target.leads())));
        }
        List<String> zones = cluster.configuration().zones();
        String zone = target.leads() ? one(Role.ADJUDICATOR, true).zone() : zones.get(chance.below(zones.size()));
        return Loss.of(
                target,
                paused,
                cluster.configuration().members().stream()
                        .filter(member -> member.zone().equals(zone))
                        .toList());
    }

    private MemberSection one(Role role, boolean leads) throws IOException, InterruptedException {
        List<MemberSection> members = cluster.configuration().members(role);
        String duty = duty(role);
        for (MemberSection member : members) {
            MemberState state = cluster.state(member);
            if (leads
                    && duty != null
                    && state.status() != null
                    && state.status().note().startsWith(duty)) {
                return member;
            }
        }
        return members.get(chance.below(members.size()));
    }

    /** How a member's note begins if it is the one of its role that leads; null where nobody does. */
    private static @Nullable String duty(Role role) {
        return switch (role) {
            case CONTROL_PLANE, JOURNAL -> "leads";
            case ADJUDICATOR -> "decides";
            case CROSSBAR, STORAGE, QUERY_PROCESSOR -> null;
        };
    }
}
