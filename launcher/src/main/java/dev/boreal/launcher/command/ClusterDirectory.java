package dev.boreal.launcher.command;

import dev.boreal.launcher.supervision.ClusterException;
import dev.boreal.launcher.supervision.LocalCluster;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which cluster a command is about. */
final class ClusterDirectory {
    @Option(names = "--data", paramLabel = "DIRECTORY", description = "The cluster's directory (default: ./cluster).")
    private Path path = Path.of("cluster");

    Path path() {
        return path;
    }

    LocalCluster open() throws IOException, ClusterException {
        return LocalCluster.open(path);
    }

    /** What to type behind a command so that it is about this cluster. */
    String option() {
        return path.equals(Path.of("cluster")) ? "" : " --data " + path;
    }
}
