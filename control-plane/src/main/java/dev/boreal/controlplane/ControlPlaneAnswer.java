package dev.boreal.controlplane;

import dev.boreal.contracts.cluster.RegisterEntry;
import dev.boreal.controlplane.register.Result;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a member of the control plane answers. */
public sealed interface ControlPlaneAnswer {

    record Entry(@Nullable RegisterEntry entry) implements ControlPlaneAnswer {}

    /** By key. */
    record Entries(List<RegisterEntry> entries) implements ControlPlaneAnswer {
        public Entries {
            entries = List.copyOf(entries);
        }
    }

    record Alive(boolean alive) implements ControlPlaneAnswer {}

    record Performed(Result result) implements ControlPlaneAnswer {}

    record MembersChanged(List<String> members) implements ControlPlaneAnswer {
        public MembersChanged {
            members = List.copyOf(members);
        }
    }

    /** No majority answered in time. What was to be changed may still be. */
    record Unavailable(String message) implements ControlPlaneAnswer {}
}
