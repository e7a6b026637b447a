package dev.boreal.bench;

import dev.boreal.bench.server.BenchmarkException;
import dev.boreal.bench.server.Server;
import dev.boreal.bench.server.StartedServers;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Boreal is measured: one that runs already, or one started for the run. */
final class Target {
    @Option(names = "--host", defaultValue = "127.0.0.1", paramLabel = "HOST", description = "Where Boreal runs.")
    private String host = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Measure the Boreal that listens there, in its database postgres, dropping and creating the"
                    + " benchmark's tables. Without it one is started on a data directory of its own.")
    private @Nullable Integer port;

    @Option(
            names = "--start",
            paramLabel = "SCRIPT",
            description = "Boreal's command, to start it with (default: that of this build).")
    private @Nullable Path script;

    /** @param zones of the cluster to start; 1 for a single process */
    Server open(StartedServers servers, int zones) throws BenchmarkException, IOException, InterruptedException {
        if (port != null) {
            return new Server("Boreal", host, port);
        }
        Path command = script != null ? script : ownScript();
        return zones == 1 ? servers.boreal(command) : servers.borealCluster(command, zones);
    }

    /** This class lies in {@code bench/target/bench-….jar} under the directory with Boreal's command. */
    private static Path ownScript() throws BenchmarkException {
        try {
            Path at = Path.of(Target.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            for (Path up = at; up != null; up = up.getParent()) {
                if (Files.isExecutable(up.resolve("boreal")) && Files.isRegularFile(up.resolve("pom.xml"))) {
                    return up.resolve("boreal");
                }
            }
        } catch (URISyntaxException e) {
            throw new BenchmarkException("cannot tell where Boreal's command is: name it with --start");
        }
        throw new BenchmarkException("cannot tell where Boreal's command is: name it with --start");
    }
}
