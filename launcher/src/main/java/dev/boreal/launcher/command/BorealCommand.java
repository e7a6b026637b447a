package dev.boreal.launcher.command;

import dev.boreal.launcher.client.RefusedException;
import dev.boreal.launcher.configuration.InvalidConfigurationException;
import dev.boreal.launcher.service.StartFailedException;
import dev.boreal.launcher.supervision.ClusterException;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line as a whole. */
@Command(
        name = "boreal",
        description = "Boreal, a PostgreSQL-compatible SQL database.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            StartCommand.class,
            StopCommand.class,
            StatusCommand.class,
            ClusterCommand.class,
            JournalCommand.class,
            TrainCommand.class
        },
        footer = {
            "  bench   Measure it, also side by side with PostgreSQL.",
            "  test    Build everything and run the whole test suite.",
            "  faults  Run the long crash and fuzz tests; alone it lists them.",
            "  example Run a program on top of a journal; alone it lists them.",
            "",
            "./boreal start serves psql -h 127.0.0.1 -U postgres; ./boreal COMMAND --help says more."
        })
public final class BorealCommand implements Runnable {
    static final int FAILED = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Runs one command; the exit code. */
    public static int run(String[] arguments) {
        return new CommandLine(new BorealCommand())
                .setExecutionExceptionHandler(BorealCommand::failed)
                .execute(arguments);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Name a command.");
    }

    private static int failed(Exception failure, CommandLine line, CommandLine.ParseResult ignored) throws Exception {
        if (failure instanceof StartFailedException
                || failure instanceof ClusterException
                || failure instanceof InvalidConfigurationException
                || failure instanceof RefusedException
                || failure instanceof IOException) {
            line.getErr().println("boreal: " + failure.getMessage());
            return FAILED;
        }
        throw failure;
    }
}
