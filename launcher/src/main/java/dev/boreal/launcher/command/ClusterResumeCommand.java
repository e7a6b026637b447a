package dev.boreal.launcher.command;

import dev.boreal.launcher.cluster.MemberSection;
import dev.boreal.launcher.supervision.ClusterException;
import dev.boreal.launcher.supervision.LocalCluster;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code boreal cluster resume}. */
@Command(name = "resume", description = "Let a paused member go on (SIGCONT).", mixinStandardHelpOptions = true)
final class ClusterResumeCommand extends ClusterMemberCommand {
    @Override
    String apply(LocalCluster cluster, List<MemberSection> members)
            throws IOException, ClusterException, InterruptedException {
        cluster.resume(members);
        return "goes on";
    }
}
