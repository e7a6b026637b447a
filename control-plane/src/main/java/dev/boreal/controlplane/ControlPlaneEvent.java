package dev.boreal.controlplane;

import dev.boreal.controlplane.paxos.Decree;
import dev.boreal.controlplane.register.RegisterChange;

/** What the shell of a member hears from its core. */
public sealed interface ControlPlaneEvent {

    /** A request is answered, for good. */
    record Answered(long request, ControlPlaneAnswer answer) implements ControlPlaneEvent {}

    /** The next decree in order, applied. */
    record Applied(long slot, Decree decree) implements ControlPlaneEvent {}

    /** An entry changed, in the order decided. */
    record Changed(RegisterChange change) implements ControlPlaneEvent {}

    /** Decrees were skipped: who follows the changes must begin anew, from {@link ControlPlaneCore#state}. */
    record Skipped() implements ControlPlaneEvent {}
}
