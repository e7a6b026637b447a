package dev.boreal.simulation.node;

import dev.boreal.controlplane.ControlPlaneAnswer;
import dev.boreal.controlplane.ControlPlaneRequest;

/** The door {@code ControlPlane} as messages. */
public sealed interface RegisterMessage {

    /** Hello. */
    record Hello(String name) implements RegisterMessage {}

    record Request(long number, ControlPlaneRequest request) implements RegisterMessage {}

    record Answer(long number, ControlPlaneAnswer answer) implements RegisterMessage {}
}
