package dev.boreal.controlplane;

import dev.boreal.controlplane.paxos.Decree;
import dev.boreal.controlplane.register.Action;

/** What a client asks a member of the control plane. */
public sealed interface ControlPlaneRequest {

    /** Answered by {@link ControlPlaneAnswer.Entry}. */
    record Read(String key) implements ControlPlaneRequest {}

    /** Answered by {@link ControlPlaneAnswer.Entries}; the changes told behind the answer continue it without a gap. */
    record ListEntries(String prefix) implements ControlPlaneRequest {}

    /** Answered by {@link ControlPlaneAnswer.Alive}. */
    record KeepAlive(long session) implements ControlPlaneRequest {}

    /** Answered by {@link ControlPlaneAnswer.Performed}. */
    record Perform(Action action) implements ControlPlaneRequest {}

    /** Answered by {@link ControlPlaneAnswer.MembersChanged} once the change governs. */
    record ChangeMembers(String member, boolean add) implements ControlPlaneRequest {
        /** @param after from which decree on the last change governs that is known */
        Decree decree(long after) {
            return add ? new Decree.AddMember(member, after) : new Decree.RemoveMember(member, after);
        }
    }
}
