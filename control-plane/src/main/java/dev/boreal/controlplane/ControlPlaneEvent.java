package dev.boreal.controlplane;

import dev.boreal.contracts.cluster.RegisterEntry;
import dev.boreal.controlplane.paxos.Decree;
import dev.boreal.controlplane.register.RegisterChange;
import java.util.List;

/** What the shell of a member hears from its core. */
public sealed interface ControlPlaneEvent {

    /** A request is answered, for good. */
    record Answered(long request, ControlPlaneAnswer answer) implements ControlPlaneEvent {}

    /** The next decree in order, applied. */
    record Applied(long slot, Decree decree) implements ControlPlaneEvent {}

    /** An entry changed, in the order decided. */
    record Changed(RegisterChange change) implements ControlPlaneEvent {}

    /** Decrees were skipped: who follows the changes begins anew with these entries, which are all there are, by key. */
    record Skipped(List<RegisterEntry> entries) implements ControlPlaneEvent {
        public Skipped {
            entries = List.copyOf(entries);
        }
    }
}
