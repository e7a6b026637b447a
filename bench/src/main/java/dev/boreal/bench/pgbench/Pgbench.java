package dev.boreal.bench.pgbench;

import dev.boreal.bench.report.Measurement;
import dev.boreal.bench.server.BenchmarkException;
import dev.boreal.bench.server.Server;
import dev.boreal.bench.server.Workspace;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Runs the machine's pgbench against a server. */
public final class Pgbench {
    private static final int MAX_TRIES = 100;
    private static final int GRACE_SECONDS = 30;

    private final Path program;
    private final Workspace workspace;
    private int runs;

    public Pgbench(Path program, Workspace workspace) {
        this.program = program;
        this.workspace = workspace;
    }

    /** pgbench beside PostgreSQL's programs or on the PATH; null if there is none. */
    public static @Nullable Path find(@Nullable Path binaries) {
        List<Path> candidates = new ArrayList<>();
        if (binaries != null) {
            candidates.add(binaries);
        }
        String path = System.getenv("PATH");
        for (String directory : (path == null ? "" : path).split(File.pathSeparator)) {
            if (!directory.isEmpty()) {
                candidates.add(Path.of(directory));
            }
        }
        for (Path candidate : candidates) {
            if (Files.isExecutable(candidate.resolve("pgbench"))) {
                return candidate.resolve("pgbench");
            }
        }
        return null;
    }

    /** Makes and fills pgbench's tables: 100,000 accounts for each unit of scale. */
    public void initialize(Server server, int scale, int limitSeconds)
            throws BenchmarkException, IOException, InterruptedException {
        Ended ended = run(limitSeconds, command(server, "-i", "-q", "-s", scale));
        if (!ended.well) {
            throw new BenchmarkException("pgbench -i failed on " + server.name() + ": " + ended.lastWords());
        }
    }

    /**
     * Runs one of pgbench's scripts.
     *
     * @param script {@code select-only}, {@code simple-update} or {@code tpcb-like}
     * @param protocol {@code simple}, {@code extended} or {@code prepared}
     */
    public Measurement measure(Server server, String script, String protocol, int clients, int seconds, int seed)
            throws IOException, InterruptedException {
        Path logs = Files.createDirectory(workspace.directory().resolve("log-" + ++runs));
        int threads = Math.min(clients, Runtime.getRuntime().availableProcessors());
        // Every transaction of a fast script would make a long log: a tenth of them says as much.
        String sampling = script.equals("select-only") ? "0.1" : "1";
        Ended ended = run(
                seconds + GRACE_SECONDS,
                command(
                        server,
                        "-n",
                        "-b",
                        script,
                        "-M",
                        protocol,
                        "-c",
                        clients,
                        "-j",
                        threads,
                        "-T",
                        seconds,
                        "--max-tries=" + MAX_TRIES,
                        "--random-seed=" + seed,
                        "-l",
                        "--sampling-rate=" + sampling,
                        "--log-prefix=" + logs.resolve("t")));
        PgbenchOutput output = ended.well ? PgbenchOutput.parse(ended.output) : null;
        if (output == null) {
            return Measurement.failure(ended.lastWords());
        }
        Histogram latencies = Measurement.newLatencies();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(logs)) {
            for (Path file : files) {
                try (BufferedReader log = Files.newBufferedReader(file)) {
                    LatencyLog.addTo(latencies, log);
                }
                Files.delete(file);
            }
        }
        return new Measurement(output.tps(), latencies, output.failed(), output.retries(), null);
    }

    private List<String> command(Server server, Object... words) {
        List<String> command = new ArrayList<>(List.of(program.toString(), "-h", server.host(), "-p"));
        command.add(Integer.toString(server.port()));
        command.add("-U");
        command.add("postgres");
        for (Object word : words) {
            command.add(word.toString());
        }
        command.add("postgres");
        return command;
    }

    private record Ended(boolean well, String output) {
        String lastWords() {
            List<String> lines = output.lines()
                    .filter(line -> line.contains("error") || line.contains("ERROR") || line.contains("DETAIL"))
                    .limit(3)
                    .toList();
            if (lines.isEmpty()) {
                List<String> all = output.strip().lines().toList();
                lines = all.subList(Math.max(0, all.size() - 2), all.size());
            }
            return String.join("; ", lines);
        }
    }

    private Ended run(int limitSeconds, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(workspace.directory(), "pgbench", ".out");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("PGOPTIONS", "");
        builder.environment().put("PGCONNECT_TIMEOUT", "10");
        Process process = workspace.start(builder, "TERM");
        boolean inTime = process.waitFor(limitSeconds, TimeUnit.SECONDS);
        workspace.stop(process);
        String text = Files.readString(output);
        Files.delete(output);
        return inTime
                ? new Ended(process.exitValue() == 0, text)
                : new Ended(false, text + "\nerror: not done after " + limitSeconds + " seconds");
    }
}
