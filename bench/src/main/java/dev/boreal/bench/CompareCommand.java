package dev.boreal.bench;

import dev.boreal.bench.pgbench.Pgbench;
import dev.boreal.bench.report.Comparison;
import dev.boreal.bench.report.Measurement;
import dev.boreal.bench.report.Report;
import dev.boreal.bench.server.BenchmarkException;
import dev.boreal.bench.server.PostgresInstallation;
import dev.boreal.bench.server.Server;
import dev.boreal.bench.server.StartedServers;
import dev.boreal.bench.server.Workspace;
import dev.boreal.bench.workload.BulkWorkload;
import dev.boreal.bench.workload.JdbcScripts;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs the comparison of {@link Bench} and prints it. */
final class CompareCommand {
    private static final int WARM_UP_CLIENTS = 8;
    private static final int LOAD_SECONDS_PER_SCALE = 60;
    private static final int COPY_REPETITIONS = 2;

    private final ComparisonSettings settings;
    private final PrintStream out;

    CompareCommand(ComparisonSettings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    void run(Target target) throws BenchmarkException, IOException, InterruptedException {
        Set<String> workloads = settings.workloads();
        PostgresInstallation installation = PostgresInstallation.find(settings.postgresBinaries);
        try (Workspace workspace = Workspace.open(settings.directory)) {
            StartedServers servers = new StartedServers(workspace);
            out.println("Starting PostgreSQL from " + installation.binaries());
            Server reference = settings.zones == 1
                    ? servers.postgres(installation, "PostgreSQL")
                    : servers.postgresWithStandbys(installation, "PostgreSQL", settings.zones - 1);
            Server subject = target.open(servers, settings.zones);
            out.println("PostgreSQL on port " + reference.port() + ", Boreal on port " + subject.port());
            Path pgbench = settings.jdbc ? null : Pgbench.find(installation.binaries());
            List<String> circumstances = circumstances(subject, reference, workspace, pgbench != null);
            circumstances.forEach(out::println);
            List<Comparison> comparisons = new ArrayList<>();
            compareScripts(workloads, workspace, pgbench, subject, reference, comparisons);
            compareBulk(workloads, subject, reference, comparisons);
            publish(new Report("Boreal", "PostgreSQL", circumstances, comparisons));
        }
    }

    private void compareScripts(
            Set<String> workloads,
            Workspace workspace,
            @Nullable Path program,
            Server subject,
            Server reference,
            List<Comparison> comparisons)
            throws BenchmarkException, IOException, InterruptedException {
        ComparisonPlan.Script script;
        Set<String> scripted = new LinkedHashSet<>(workloads);
        scripted.removeAll(Set.of("copy", "scan"));
        if (scripted.isEmpty()) {
            return;
        }
        JdbcScripts jdbc = new JdbcScripts(settings.scale);
        if (program != null) {
            Pgbench pgbench = new Pgbench(program, workspace);
            for (Server server : List.of(reference, subject)) {
                out.println("Filling pgbench's tables, scale " + settings.scale + ", on " + server.name());
                pgbench.initialize(server, settings.scale, LOAD_SECONDS_PER_SCALE * settings.scale);
            }
            script = (server, name, protocol, clients, seconds, seed) -> name.equals("commit")
                    ? jdbc.measure(server, name, protocol, clients, seconds, seed)
                    : pgbench.measure(server, name, protocol, clients, seconds, seed);
        } else {
            for (Server server : List.of(reference, subject)) {
                out.println("Filling pgbench's tables, scale " + settings.scale + ", on " + server.name());
                jdbc.initialize(server);
            }
            script = jdbc::measure;
        }
        List<ComparisonPlan.Cell> cells =
                ComparisonPlan.of(scripted, settings.clients, settings.zones, settings.seconds, script);
        String warm = "";
        for (ComparisonPlan.Cell cell : cells) {
            if (!warm.equals(cell.workload() + cell.protocol())) {
                warm = cell.workload() + cell.protocol();
                String name = cell.workload().equals("tpcb") ? "tpcb-like" : cell.workload();
                for (Server server : List.of(subject, reference)) {
                    script.run(server, name, cell.protocol(), WARM_UP_CLIENTS, settings.warmUpSeconds, 99);
                }
            }
            comparisons.add(compare(cell, settings.repetitions, subject, reference));
        }
    }

    private void compareBulk(Set<String> workloads, Server subject, Server reference, List<Comparison> comparisons)
            throws IOException, InterruptedException {
        if (!workloads.contains("copy") && !workloads.contains("scan")) {
            return;
        }
        BulkWorkload bulk = new BulkWorkload(settings.rows);
        List<ComparisonPlan.Cell> cells = new ArrayList<>();
        cells.add(new ComparisonPlan.Cell("copy in", "", 1, "rows/s", 0.5, (server, r) -> bulk.copyIn(server)));
        if (workloads.contains("copy")) {
            cells.add(new ComparisonPlan.Cell("copy out", "", 1, "rows/s", 0, (server, r) -> bulk.copyOut(server)));
        }
        if (workloads.contains("scan")) {
            cells.add(new ComparisonPlan.Cell("scan", "", 1, "rows/s", 0, (server, r) -> bulk.scan(server)));
        }
        for (ComparisonPlan.Cell cell : cells) {
            comparisons.add(compare(cell, COPY_REPETITIONS, subject, reference));
        }
        for (Server server : List.of(subject, reference)) {
            bulk.dropTable(server);
        }
    }

    /** Runs a cell in turn on both servers; which goes first alternates. */
    private Comparison compare(ComparisonPlan.Cell cell, int repetitions, Server subject, Server reference)
            throws IOException, InterruptedException {
        List<Measurement> ofSubject = new ArrayList<>();
        List<Measurement> ofReference = new ArrayList<>();
        for (int r = 1; r <= repetitions; r++) {
            boolean subjectFirst = r % 2 == 1;
            if (subjectFirst) {
                ofSubject.add(measure(cell, r, subject));
            }
            ofReference.add(measure(cell, r, reference));
            if (!subjectFirst) {
                ofSubject.add(measure(cell, r, subject));
            }
        }
        return new Comparison(
                cell.workload(),
                cell.protocol(),
                cell.clients(),
                cell.unit(),
                cell.mark(),
                Measurement.merged(ofSubject),
                Measurement.merged(ofReference));
    }

    private Measurement measure(ComparisonPlan.Cell cell, int repetition, Server server)
            throws IOException, InterruptedException {
        Measurement result = cell.run().on(server, repetition);
        String what = String.format(
                Locale.ROOT,
                "%-13s %-8s %3d clients  %-10s ",
                cell.workload(),
                cell.protocol(),
                cell.clients(),
                server.name());
        out.println(
                result.failure() != null
                        ? what + "failed: " + result.failure()
                        : what + String.format(Locale.ROOT, "%,12.0f %s", result.perSecond(), cell.unit()));
        return result;
    }

    private List<String> circumstances(Server subject, Server reference, Workspace workspace, boolean pgbench)
            throws BenchmarkException, IOException {
        List<String> lines = new ArrayList<>();
        lines.add("machine: " + Runtime.getRuntime().availableProcessors() + " cores, " + System.getProperty("os.name")
                + " " + System.getProperty("os.version") + ", server and client on the same machine");
        lines.add("Boreal: " + show(subject, "SELECT version()") + ", default settings");
        String configuration = show(
                reference,
                "SELECT string_agg(name || ' = ' || current_setting(name), ', ' ORDER BY name) FROM pg_settings"
                        + " WHERE name IN ('shared_buffers', 'fsync', 'synchronous_commit', 'wal_sync_method',"
                        + " 'max_wal_size', 'full_page_writes', 'synchronous_standby_names')");
        lines.add("PostgreSQL: " + show(reference, "SHOW server_version") + " as initdb makes it: " + configuration);
        lines.add("files on " + Files.getFileStore(workspace.directory()).type() + " for servers started here");
        lines.add("load: " + (pgbench ? "pgbench" : "JDBC") + ", scale " + settings.scale + ", " + settings.seconds
                + " s per run, " + settings.repetitions + " runs of each in turn; COPY and scan of " + settings.rows
                + " rows; " + settings.warmUpSeconds + " s of warm-up before each script");
        return lines;
    }

    private static String show(Server server, String sql) throws BenchmarkException {
        try (var connection = server.connect();
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            return result.next() ? result.getString(1) : "";
        } catch (SQLException e) {
            throw new BenchmarkException(
                    "cannot ask " + server.name() + " on port " + server.port() + ": " + e.getMessage());
        }
    }

    private void publish(Report report) throws IOException {
        out.println();
        out.print(report.table());
        if (settings.json != null) {
            Files.writeString(settings.json, report.json());
            out.println("written to " + settings.json);
        }
        if (settings.markdown != null) {
            Files.writeString(settings.markdown, report.markdown());
            out.println("written to " + settings.markdown);
        }
    }
}
