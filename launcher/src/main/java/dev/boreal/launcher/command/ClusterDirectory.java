package dev.boreal.launcher.command;

import dev.boreal.launcher.cluster.MemberSection;
import dev.boreal.launcher.supervision.ClusterException;
import dev.boreal.launcher.supervision.LocalCluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which cluster a command is about: its directory is called like the family of the command unless {@code --data} says otherwise. */
final class ClusterDirectory {
    @Option(
            names = "--data",
            paramLabel = "DIRECTORY",
            description = "Where cluster.yaml and all data lie (default: ./${PARENT-COMMAND-NAME}).")
    private @Nullable Path given;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    Path path() {
        return given == null ? byDefault() : given;
    }

    private Path byDefault() {
        CommandSpec family = command.parent();
        return Path.of(family == null ? "cluster" : family.name());
    }

    LocalCluster open() throws IOException, ClusterException {
        return LocalCluster.open(path());
    }

    /** What to type behind a command so that it is about this cluster. */
    String option() {
        return path().equals(byDefault()) ? "" : " --data " + path();
    }

    /** Starts what does not run, and tells people of each role as it is started. */
    static void start(LocalCluster cluster, PrintWriter out)
            throws IOException, ClusterException, InterruptedException {
        out.flush();
        cluster.up((role, members) -> {
            out.println("  starting "
                    + String.join(
                            ", ", members.stream().map(MemberSection::name).toList()));
            out.flush();
        });
    }
}
