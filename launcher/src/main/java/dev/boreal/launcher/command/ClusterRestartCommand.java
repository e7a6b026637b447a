package dev.boreal.launcher.command;

import dev.boreal.launcher.cluster.MemberSection;
import dev.boreal.launcher.supervision.ClusterException;
import dev.boreal.launcher.supervision.LocalCluster;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code boreal cluster restart}. */
@Command(
        name = "restart",
        description = "Start a member that does not run; kill one that does, and start it.",
        mixinStandardHelpOptions = true)
final class ClusterRestartCommand extends ClusterMemberCommand {
    @Override
    String apply(LocalCluster cluster, List<MemberSection> members)
            throws IOException, ClusterException, InterruptedException {
        cluster.restart(members);
        return "is ready";
    }
}
