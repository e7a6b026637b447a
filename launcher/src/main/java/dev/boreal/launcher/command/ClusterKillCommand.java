package dev.boreal.launcher.command;

import dev.boreal.launcher.cluster.MemberSection;
import dev.boreal.launcher.supervision.ClusterException;
import dev.boreal.launcher.supervision.LocalCluster;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code boreal cluster kill}. */
@Command(name = "kill", description = "Kill a member's process (SIGKILL).", mixinStandardHelpOptions = true)
final class ClusterKillCommand extends ClusterMemberCommand {
    @Override
    String apply(LocalCluster cluster, MemberSection member)
            throws IOException, ClusterException, InterruptedException {
        cluster.kill(member);
        return "killed";
    }
}
