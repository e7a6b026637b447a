package dev.boreal.launcher.command;

import dev.boreal.launcher.supervision.ClusterException;
import dev.boreal.launcher.supervision.LocalCluster;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code boreal cluster down}: stops every process; the data stays. */
@Command(name = "down", description = "Stop every process; the data stays.", mixinStandardHelpOptions = true)
final class ClusterDownCommand implements Callable<Integer> {
    @Mixin
    private ClusterDirectory directory = new ClusterDirectory();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, ClusterException, InterruptedException {
        LocalCluster cluster = directory.open();
        int stopped = cluster.down();
        spec.commandLine()
                .getOut()
                .println("Stopped " + stopped + " processes; the data stays in " + directory.path() + ".");
        return 0;
    }
}
