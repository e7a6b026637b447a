package dev.boreal.bench;

import dev.boreal.bench.server.BenchmarkException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What to compare, for how long, and where to put the result. */
final class ComparisonSettings {
    @Option(
            names = "--zones",
            defaultValue = "1",
            paramLabel = "N",
            description =
                    "Compare a cluster of N zones, one process for each role and zone, with a PostgreSQL that has N - 1"
                            + " standbys of which one must have a commit on disk (default: 1, a single process of each).")
    int zones = 1;

    @Option(names = "--scale", defaultValue = "10", paramLabel = "N", description = "pgbench's scale (default: 10).")
    int scale = 10;

    @Option(names = "--seconds", defaultValue = "5", paramLabel = "S", description = "Length of a run (default: 5).")
    int seconds = 5;

    @Option(
            names = "--warm-up",
            defaultValue = "10",
            paramLabel = "S",
            description = "Seconds that each script runs on each server before it is measured (default: 10).")
    int warmUpSeconds = 10;

    @Option(
            names = "--repetitions",
            defaultValue = "2",
            paramLabel = "N",
            description = "Runs of each kind on each server, in turn (default: 2).")
    int repetitions = 2;

    @Option(
            names = "--clients",
            split = ",",
            defaultValue = "1,8,32,64",
            paramLabel = "N",
            description = "Numbers of clients (default: 1,8,32,64).")
    List<Integer> clients = List.of(1, 8, 32, 64);

    @Option(
            names = "--rows",
            defaultValue = "1000000",
            paramLabel = "N",
            description = "Rows of COPY and scan (default: 1000000).")
    int rows = 1_000_000;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "WORKLOAD",
            description = "Some of select-only, simple-update, commit (the time of COMMIT alone), tpcb, copy, scan"
                    + " (default: all).")
    @Nullable List<String> only;

    @Option(names = "--jdbc", description = "Run pgbench's transactions over JDBC even if there is a pgbench.")
    boolean jdbc;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result there as JSON.")
    @Nullable Path json;

    @Option(names = "--markdown", paramLabel = "FILE", description = "Write the result there as Markdown.")
    @Nullable Path markdown;

    @Option(
            names = "--postgres-bin",
            paramLabel = "DIRECTORY",
            description = "PostgreSQL's programs (default: version 15, else the newest found).")
    @Nullable Path postgresBinaries;

    @Option(
            names = "--directory",
            paramLabel = "DIRECTORY",
            description = "Where to keep temporary data; it should be on a disk (default: the system's).")
    Path directory = Path.of(System.getProperty("java.io.tmpdir", "."));

    Set<String> workloads() throws BenchmarkException {
        Set<String> chosen = new LinkedHashSet<>(only == null ? ComparisonPlan.WORKLOADS : only);
        for (String name : chosen) {
            if (!ComparisonPlan.WORKLOADS.contains(name)) {
                throw new BenchmarkException(
                        "no workload " + name + ": there are select-only, simple-update, commit, tpcb, copy, scan");
            }
        }
        if (zones < 1) {
            throw new BenchmarkException("--zones is at least 1");
        }
        if (seconds < 1 || scale < 1 || repetitions < 1 || warmUpSeconds < 1 || rows < 1 || clients.isEmpty()) {
            throw new BenchmarkException(
                    "--seconds, --warm-up, --scale, --repetitions, --rows and --clients are at least 1");
        }
        for (int count : clients) {
            if (count < 1) {
                throw new BenchmarkException("--clients are at least 1");
            }
        }
        return chosen;
    }
}
