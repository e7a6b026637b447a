package dev.boreal.launcher.cluster;

import dev.boreal.contracts.cluster.Role;
import java.util.List;

/**
 * What happens to members, all at the same moment.
 *
 * @param what how tables call it: a role, perhaps one with a duty, or a zone
 * @param paused stopped in their tracks and woken again, rather than killed and started again
 */
record Loss(String what, boolean paused, List<MemberSection> victims) {

    static Loss of(Target target, boolean paused, List<MemberSection> victims) {
        return new Loss(target.words(), paused, victims);
    }

    /** {@code journal that leads, killed}. */
    String kind() {
        return what + (paused ? ", paused" : ", killed");
    }

    /** {@code journal-b, killed}. */
    @Override
    public String toString() {
        MemberSection first = victims.getFirst();
        return (victims.size() > 1 ? "zone " + first.zone() : first.name()) + (paused ? ", paused" : ", killed");
    }

    /**
     * Whom it hits.
     *
     * @param role null for a whole zone
     * @param leads the one of the role that leads, or the zone where the adjudicator is that decides
     */
    record Target(@org.jspecify.annotations.Nullable Role role, boolean leads) {
        String words() {
            return role == null
                    ? leads ? "zone that decides" : "zone"
                    : leads ? role.label() + " that leads" : role.label();
        }
    }
}
