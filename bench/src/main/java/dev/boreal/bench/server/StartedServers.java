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
    private static final int CLUSTER_START_SECONDS = 300;
    /** Below what systems give to outgoing connections: a cluster takes a row of ports, and takes them again at a restart. */
    private static final int FIRST_CLUSTER_PORT = 10_000;

    private static final int CLUSTER_PORTS = 20_000;

    private final Workspace workspace;

    public StartedServers(Workspace workspace) {
        this.workspace = workspace;
    }

    /** A new PostgreSQL cluster with the configuration that initdb makes, which syncs every commit. */
    public Server postgres(PostgresInstallation installation, String name)
            throws BenchmarkException, IOException, InterruptedException {
        PostgresHome home = home(name);
        Path data = home.directory.resolve("data");
        run(home, installation.program("initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8");
        return start(installation, home, name, data);
    }

    /**
     * As {@link #postgres}, followed by standbys that replay its log, one of which must have a commit on its disk before it is
     * answered ({@code synchronous_standby_names = 'ANY 1 (...)'}).
     */
    public Server postgresWithStandbys(PostgresInstallation installation, String name, int standbys)
            throws BenchmarkException, IOException, InterruptedException {
        Server primary = postgres(installation, name);
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= standbys; i++) {
            String standby = "standby" + i;
            PostgresHome home = home(name + " " + standby);
            Path data = home.directory.resolve("data");
            String connection =
                    "host=" + primary.host() + " port=" + primary.port() + " user=postgres application_name=" + standby;
            run(home, installation.program("pg_basebackup"), "-D", data, "-R", "-X", "stream", "-d", connection);
            start(installation, home, name + " " + standby, data);
            names.add(standby);
        }
        primary.execute(
                "ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (" + String.join(", ", names) + ")'",
                "SELECT pg_reload_conf()");
        return primary;
    }

    /** A directory for a PostgreSQL, and what to put before its commands. */
    private record PostgresHome(Path directory, List<String> prefix) {}

    private PostgresHome home(String name) throws BenchmarkException, IOException {
        Path directory = Files.createDirectory(workspace.directory().resolve(fileName(name)));
        List<String> prefix = List.of();
        if ("root".equals(System.getProperty("user.name"))) {
            prefix = unprivileged();
            var users = directory.getFileSystem().getUserPrincipalLookupService();
            Files.setOwner(directory, users.lookupPrincipalByName(UNPRIVILEGED_USER));
            workspace.directory().toFile().setExecutable(true, false);
        }
        return new PostgresHome(directory, prefix);
    }

    private Server start(PostgresInstallation installation, PostgresHome home, String name, Path data)
            throws BenchmarkException, IOException, InterruptedException {
        Server server = new Server(name, "127.0.0.1", Workspace.freePort());
        List<String> command = command(
                home.prefix,
                installation.program("postgres"),
                "-D",
                data,
                "-p",
                server.port(),
                "-h",
                server.host(),
                "-k",
                home.directory);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(new File(workspace.directory().toFile(), fileName(name) + ".log"));
        server.awaitAnswer(workspace.start(builder, "INT"), START_SECONDS);
        return server;
    }

    /** Boreal, by its own command, with default settings, on a data directory of its own. */
    public Server boreal(Path script) throws BenchmarkException, IOException, InterruptedException {
        requireExecutable(script);
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

    /** A new cluster by {@code cluster up}, reached at its first query processor. */
    public Server borealCluster(Path script, int zones) throws BenchmarkException, IOException, InterruptedException {
        requireExecutable(script);
        Path data = workspace.directory().resolve("boreal-cluster");
        Path log = workspace.directory().resolve("boreal-cluster.log");
        int port = FIRST_CLUSTER_PORT + (int) (ProcessHandle.current().pid() * 41 % CLUSTER_PORTS);
        Server server = new Server("Boreal", "127.0.0.1", port);
        workspace.runAtClose(
                new ProcessBuilder(command(List.of(), script.toAbsolutePath(), "cluster", "down", "--data", data))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())));
        List<String> up = command(
                List.of(),
                script.toAbsolutePath(),
                "cluster",
                "up",
                "--zones",
                zones,
                "--data",
                data,
                "--port",
                server.port());
        run(up, workspace.directory(), log, CLUSTER_START_SECONDS);
        return server;
    }

    private static void requireExecutable(Path script) throws BenchmarkException {
        if (!Files.isExecutable(script)) {
            throw new BenchmarkException("cannot run " + script + ": name Boreal's command with --start");
        }
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

    private void run(PostgresHome home, Object... words) throws BenchmarkException, IOException, InterruptedException {
        Path log = workspace.directory().resolve("command.log");
        run(command(home.prefix, words), home.directory, log, START_SECONDS);
    }

    private void run(List<String> command, Path directory, Path log, int seconds)
            throws BenchmarkException, IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Process process = workspace.start(builder, "TERM");
        boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
        workspace.stop(process);
        if (!ended || process.exitValue() != 0) {
            throw new BenchmarkException(String.join(" ", command) + " failed:\n"
                    + Files.readString(log).strip());
        }
    }
}
