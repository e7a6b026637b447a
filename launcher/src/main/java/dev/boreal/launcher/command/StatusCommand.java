package dev.boreal.launcher.command;

import dev.boreal.launcher.disk.ControlFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code boreal status}: whether a server runs, and where. */
@Command(
        name = "status",
        description = "Say whether a server runs on a data directory, and where; exit code 3 if none does.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    private static final int NOT_RUNNING = 3;

    @Option(names = "--data", paramLabel = "DIRECTORY", description = "Its data directory (default: ./data).")
    private Path data = Path.of("data");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        ControlFile.Running running = new ControlFile(data).running();
        if (running == null) {
            spec.commandLine().getOut().println("No server runs on " + data + ".");
            return NOT_RUNNING;
        }
        spec.commandLine()
                .getOut()
                .println("A server runs on " + data + ": process "
                        + running.process().pid() + ", " + running.address() + ", port " + running.port() + ".");
        return 0;
    }
}
