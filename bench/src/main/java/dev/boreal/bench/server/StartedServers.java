package dev.boreal.bench.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts servers in a workspace. */
public final class StartedServers {
    private static final String UNPRIVILEGED_USER = "nobody";
    private static final int START_SECONDS = 60;

    private final Workspace workspace;

    public StartedServers(Workspace workspace) {
        this.workspace = workspace;
    }

    /** A new PostgreSQL cluster with the configuration that initdb makes, which syncs every commit. */
    public Server postgres(PostgresInstallation installation, String name)
            throws BenchmarkException, IOException, InterruptedException {
        Path home = Files.createDirectory(workspace.directory().resolve(fileName(name)));
        List<String> prefix = List.of();
        if ("root".equals(System.getProperty("user.name"))) {
            prefix = unprivileged();
            var users = home.getFileSystem().getUserPrincipalLookupService();
            Files.setOwner(home, users.lookupPrincipalByName(UNPRIVILEGED_USER));
            workspace.directory().toFile().setExecutable(true, false);
        }
        Path data = home.resolve("data");
        run(prefix, home, installation.program("initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8");
        Server server = new Server(name, "127.0.0.1", Workspace.freePort());
        List<String> command = command(
                prefix,
                installation.program("postgres"),
                "-D",
                data,
                "-p",
                server.port(),
                "-h",
                server.host(),
                "-k",
                home);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(new File(workspace.directory().toFile(), fileName(name) + ".log"));
        server.awaitAnswer(workspace.start(builder, "INT"), START_SECONDS);
        return server;
    }

    /** Boreal, by its own command, with default settings, on a data directory of its own. */
    public Server boreal(Path script) throws BenchmarkException, IOException, InterruptedException {
        if (!Files.isExecutable(script)) {
            throw new BenchmarkException("cannot run " + script + ": name Boreal's command with --start");
        }
        Server server = new Server("Boreal", "127.0.0.1", Workspace.freePort());
        Path data = workspace.directory().resolve("boreal-data");
        Path log = workspace.directory().resolve("boreal.log");
        ProcessBuilder builder = new ProcessBuilder(
                        command(List.of(), script.toAbsolutePath(), "start", "--port", server.port(), "--data", data))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Process process = workspace.start(builder, "TERM");
        try {
            server.awaitAnswer(process, 5 * START_SECONDS);
        } catch (BenchmarkException e) {
            throw new BenchmarkException(
                    e.getMessage() + "\n" + Files.readString(log).strip());
        }
        return server;
    }

    private static String fileName(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "-");
    }

    /** PostgreSQL refuses to run as root. */
    private static List<String> unprivileged() throws BenchmarkException {
        if (Files.isExecutable(Path.of("/usr/bin/setpriv"))) {
            return List.of("setpriv", "--reuid=" + UNPRIVILEGED_USER, "--regid=nogroup", "--clear-groups");
        }
        throw new BenchmarkException(
                "PostgreSQL refuses to run as root, and there is no setpriv to become another user:"
                        + " run the benchmark as an ordinary user");
    }

    private static List<String> command(List<String> prefix, Object... words) {
        List<String> command = new ArrayList<>(prefix);
        for (Object word : words) {
            command.add(word.toString());
        }
        return command;
    }

    private void run(List<String> prefix, Path directory, Object... words)
            throws BenchmarkException, IOException, InterruptedException {
        Path log = workspace.directory().resolve("command.log");
        ProcessBuilder builder = new ProcessBuilder(command(prefix, words))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Process process = workspace.start(builder, "TERM");
        boolean ended = process.waitFor(START_SECONDS, TimeUnit.SECONDS);
        workspace.stop(process);
        if (!ended || process.exitValue() != 0) {
            throw new BenchmarkException(
                    words[0] + " failed:\n" + Files.readString(log).strip());
        }
    }
}
