package dev.boreal.bench;

import dev.boreal.bench.server.BenchmarkException;
import dev.boreal.bench.server.PostgresInstallation;
import dev.boreal.bench.server.Server;
import dev.boreal.bench.server.StartedServers;
import dev.boreal.bench.server.Workspace;
import dev.boreal.bench.tpcc.TpccBenchmark;
import dev.boreal.bench.tpcc.TpccSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./boreal bench tpcc}. */
@Command(
        name = "tpcc",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description =
                "Runs a workload in the shape of TPC-C, without its waiting times, and checks the data afterwards.",
        footer = {"", "Ends with 0 if all consistency conditions hold, otherwise with 1."})
final class TpccCommand implements Callable<Integer> {
    @Mixin
    private Target target = new Target();

    @Option(names = "--warehouses", defaultValue = "1", paramLabel = "N", description = "Warehouses (default: 1).")
    private int warehouses = 1;

    @Option(
            names = "--seconds",
            defaultValue = "30",
            paramLabel = "S",
            description = "Length of the run (default: 30).")
    private int seconds = 30;

    @Option(names = "--clients", defaultValue = "8", paramLabel = "N", description = "Terminals (default: 8).")
    private int clients = 8;

    @Option(names = "--items", defaultValue = "100000", paramLabel = "N", description = "Items (default: 100000).")
    private int items = 100_000;

    @Option(
            names = "--customers",
            defaultValue = "3000",
            paramLabel = "N",
            description = "Customers and first orders of each district (default: 3000).")
    private int customers = 3000;

    @Option(names = "--keep", description = "Leave the tables there.")
    private boolean keep;

    @Option(names = "--postgres", description = "Run on a PostgreSQL started here instead of Boreal.")
    private boolean postgres;

    @Override
    public Integer call() throws BenchmarkException, IOException, InterruptedException {
        if (warehouses < 1 || seconds < 1 || clients < 1 || items < 100 || customers < 10) {
            throw new BenchmarkException(
                    "--warehouses, --seconds and --clients are at least 1, --items 100," + " --customers 10");
        }
        try (Workspace workspace = Workspace.open(Path.of(System.getProperty("java.io.tmpdir", ".")))) {
            StartedServers servers = new StartedServers(workspace);
            Server server = postgres
                    ? servers.postgres(PostgresInstallation.find(null), "PostgreSQL")
                    : target.open(servers, 1);
            TpccSize size = new TpccSize(warehouses, items, customers);
            return new TpccBenchmark(server, size, System.out).run(clients, seconds, keep) ? 0 : 1;
        }
    }
}
