package dev.boreal.launcher.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code boreal journal}: a replicated journal by itself, and a client of it for shells. */
@Command(
        name = "journal",
        description = "Run a replicated journal by itself, and use it.",
        mixinStandardHelpOptions = true,
        subcommands = {
            JournalUpCommand.class,
            ClusterStatusCommand.class,
            JournalAppendCommand.class,
            JournalSubscribeCommand.class,
            JournalReadCommand.class,
            JournalEpochCommand.class,
            JournalTrimCommand.class,
            ClusterKillCommand.class,
            ClusterPauseCommand.class,
            ClusterResumeCommand.class,
            ClusterRestartCommand.class,
            ClusterDownCommand.class
        },
        footer = {"", "docs/journal.md is a tour."})
final class JournalCommand implements Runnable {
    /** Exit code of a command that the journal refused: the epoch or the position has moved. */
    static final int REFUSED = 4;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Name a command of the journal.");
    }
}
