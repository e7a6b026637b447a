package dev.boreal.launcher.command;

import dev.boreal.launcher.cluster.MemberSection;
import dev.boreal.launcher.supervision.ClusterException;
import dev.boreal.launcher.supervision.LocalCluster;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code boreal cluster pause}. */
@Command(name = "pause", description = "Stop a member in its tracks (SIGSTOP).", mixinStandardHelpOptions = true)
final class ClusterPauseCommand extends ClusterMemberCommand {
    @Override
    String apply(LocalCluster cluster, List<MemberSection> members)
            throws IOException, ClusterException, InterruptedException {
        cluster.pause(members);
        return "paused";
    }
}
