package dev.boreal.launcher.role;

import dev.boreal.clock.SystemClock;
import dev.boreal.clock.SystemTimer;
import dev.boreal.contracts.door.ControlPlane;
import dev.boreal.launcher.client.JournalConnection;
import dev.boreal.launcher.client.Roster;
import dev.boreal.launcher.cluster.ClusterConfiguration;
import dev.boreal.launcher.cluster.MemberSection;
import dev.boreal.launcher.configuration.BorealConfiguration;
import dev.boreal.launcher.disk.MemberDirectory;
import dev.boreal.transport.TransportContext;
import dev.boreal.transport.link.TransportServer;

/**
 * What every room of a cluster is given.
 *
 * @param cluster the file
 * @param self its section
 * @param settings of rooms, from its section
 * @param directory its own
 * @param clock of this machine
 * @param timer of this process
 * @param transport what doors share
 * @param server where its own doors are offered
 * @param controlPlane the register
 * @param roster who else there is
 */
record Surroundings(
        ClusterConfiguration cluster,
        MemberSection self,
        BorealConfiguration settings,
        MemberDirectory directory,
        SystemClock clock,
        SystemTimer timer,
        TransportContext transport,
        TransportServer server,
        ControlPlane controlPlane,
        Roster roster) {

    /** A journal of the cluster, read at the nearest replica. */
    JournalConnection journal(String name) {
        return new JournalConnection(transport, roster, self.zone(), name);
    }
}
