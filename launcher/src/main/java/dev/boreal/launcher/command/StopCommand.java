package dev.boreal.launcher.command;

import dev.boreal.launcher.disk.ControlFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code boreal stop}: asks the server of a data directory to stop, and waits for it. */
@Command(name = "stop", description = "Stop the server of a data directory.", mixinStandardHelpOptions = true)
final class StopCommand implements Callable<Integer> {
    @Option(names = "--data", paramLabel = "DIRECTORY", description = "Its data directory (default: ./data).")
    private Path data = Path.of("data");

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            description = "How long to wait for it (default: ${DEFAULT-VALUE}).",
            defaultValue = "60")
    private long seconds;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        PrintWriter out = spec.commandLine().getOut();
        ControlFile.Running running = new ControlFile(data).running();
        if (running == null) {
            out.println("No server runs on " + data + ".");
            return 0;
        }
        ProcessHandle process = running.process();
        if (!process.destroy()) {
            throw new IOException("process " + process.pid() + " cannot be signalled: is it another user's?");
        }
        try {
            process.onExit().get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException(
                    "process " + process.pid() + " was asked to stop and still runs after " + seconds
                            + " s. Wait for it, or end it with kill -9 " + process.pid()
                            + ": what was acknowledged is safe",
                    e);
        }
        out.println("Stopped process " + process.pid() + ".");
        return 0;
    }
}
