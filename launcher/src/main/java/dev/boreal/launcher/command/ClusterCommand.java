package dev.boreal.launcher.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code boreal cluster}: many processes on this machine, with zones that can be lost. */
@Command(
        name = "cluster",
        description = "Run a cluster of processes on this machine.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ClusterUpCommand.class,
            ClusterStatusCommand.class,
            ClusterKillCommand.class,
            ClusterPauseCommand.class,
            ClusterResumeCommand.class,
            ClusterRestartCommand.class,
            ClusterDownCommand.class
        },
        footer = {"", "docs/cluster.md is a tour."})
final class ClusterCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Name a command of the cluster.");
    }
}
