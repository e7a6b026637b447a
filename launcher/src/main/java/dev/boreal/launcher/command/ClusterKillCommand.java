package dev.boreal.launcher.command;

import dev.boreal.launcher.cluster.MemberSection;
import dev.boreal.launcher.supervision.ClusterException;
import dev.boreal.launcher.supervision.LocalCluster;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code boreal cluster kill}. */
@Command(name = "kill", description = "Kill a member's process (SIGKILL).", mixinStandardHelpOptions = true)
final class ClusterKillCommand extends ClusterMemberCommand {
    @Override
    String apply(LocalCluster cluster, List<MemberSection> members)
            throws IOException, ClusterException, InterruptedException {
        cluster.kill(members);
        return "killed";
    }
}
