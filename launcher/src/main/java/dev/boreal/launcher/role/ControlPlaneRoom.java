package dev.boreal.launcher.role;

import dev.boreal.controlplane.service.ControlPlaneConfiguration;
import dev.boreal.controlplane.service.ControlPlaneMember;
import dev.boreal.controlplane.service.ControlPlaneStatus;
import dev.boreal.launcher.disk.StatusFile.Status;
import dev.boreal.transport.peer.GrpcPeerNetwork;
import dev.boreal.transport.register.ControlPlaneDoor;
import java.io.IOException;
import java.util.List;

/** A member of the control plane. Its peers are where the file says: it is what others find one another by. */
final class ControlPlaneRoom implements Room {
    private static final String SERVICE = "control-plane";

    private final GrpcPeerNetwork network;
    private final ControlPlaneMember member;

    ControlPlaneRoom(Surroundings around) throws IOException {
        network = new GrpcPeerNetwork(
                around.transport().loops(),
                around.transport().settings(),
                around.transport().self(),
                SERVICE,
                name -> RoleProcess.controlPlane(around.cluster(), around.self(), name));
        member = ControlPlaneMember.open(
                ControlPlaneConfiguration.founder(
                        around.cluster().cluster(),
                        around.self().name(),
                        List.copyOf(around.cluster().controlPlane().keySet()),
                        around.directory().sub("decrees")),
                network);
        around.server()
                .serve(network)
                .serve(new ControlPlaneDoor(member, around.transport().settings()));
    }

    @Override
    public Status status(long nowMillis) {
        ControlPlaneStatus status = member.status();
        String failure = status.failure();
        String leader = status.leader();
        String note = failure != null
                ? "failed: " + failure
                : status.member().equals(leader)
                        ? "leads, ballot " + status.ballot()
                        : leader == null ? "hears from nobody" : "follows " + leader;
        return Status.of(
                failure == null,
                nowMillis,
                -1,
                status.decided(),
                note + ", " + status.entries() + " entries, " + status.sessions() + " sessions");
    }

    @Override
    public void close() {
        member.close();
        network.close();
    }
}
