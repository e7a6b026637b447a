package dev.boreal.controlplane.service;

import dev.boreal.controlplane.paxos.PaxosRole;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a member stands, as it sees it.
 *
 * @param member its name
 * @param role what it does
 * @param leader who leads, or null if it hears from nobody
 * @param ballot that it leads or follows, for people
 * @param decided all decrees up to this one are decided and applied here
 * @param members who decides the next decree
 * @param entries in the register
 * @param sessions in the register
 * @param failure why it stopped answering, or null
 */
public record ControlPlaneStatus(
        String member,
        PaxosRole role,
        @Nullable String leader,
        String ballot,
        long decided,
        List<String> members,
        int entries,
        int sessions,
        @Nullable String failure) {
    public ControlPlaneStatus {
        members = List.copyOf(members);
    }
}
