package dev.boreal.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.boreal.bench.journal.JournalBenchmark;
import dev.boreal.bench.server.BenchmarkException;
import dev.boreal.contracts.cluster.ReplicationMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./boreal bench journal}. */
@Command(
        name = "journal",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description =
                "Measures durable appends to a journal of replicas in processes of their own, also next to etcd's puts.",
        footer = {"", "Starts all processes by itself, in temporary directories, and ends them."})
final class JournalCommand implements Callable<Integer> {
    @Option(
            names = "--in-flight",
            split = ",",
            paramLabel = "N",
            description = "How many are under way (default: 1,16,64,256).")
    private List<Integer> inFlight = List.of(1, 16, 64, 256);

    @Option(names = "--seconds", paramLabel = "S", description = "Length of each run (default: 8).")
    private int seconds = 8;

    @Option(names = "--repetitions", paramLabel = "N", description = "Runs of each, in turn (default: 2).")
    private int repetitions = 2;

    @Option(names = "--warm-up", paramLabel = "S", description = "Before the first run (default: 10).")
    private int warmUpSeconds = 10;

    @Option(names = "--size", paramLabel = "BYTES", description = "Of an entry (default: 200).")
    private int bytes = 200;

    @Option(names = "--replicas", paramLabel = "N", description = "Of the journal, and nodes of etcd (default: 3).")
    private int replicas = 3;

    @Option(names = "--mode", paramLabel = "MODE", description = "chain (default) or quorum.")
    private String mode = "chain";

    @Option(names = "--against", paramLabel = "etcd", description = "What to compare with: etcd.")
    private @Nullable String against;

    @Option(names = "--etcd", paramLabel = "FILE", description = "etcd's program (default: /usr/bin/etcd).")
    private Path etcd = Path.of("/usr/bin/etcd");

    @Option(
            names = "--etcd-connections",
            paramLabel = "N",
            description = "Over which puts travel, in turn (default: 4); appends always have one.")
    private int etcdConnections = 4;

    @Option(
            names = "--lose-zone",
            paramLabel = "ZONE",
            description =
                    "Instead: kill all processes of a zone (a has the chain's head) after a third of --seconds, start"
                            + " them again after two thirds, and tell second by second; with the first of --in-flight.")
    private @Nullable String lostZone;

    @Option(
            names = "--directory",
            paramLabel = "DIRECTORY",
            description = "Where to make temporary files (default: that of the system).")
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

    @Override
    public Integer call() throws BenchmarkException, IOException, InterruptedException {
        if (against != null && !against.equals("etcd")) {
            throw new BenchmarkException("can compare with etcd only, not with " + against);
        }
        ReplicationMode wanted = switch (mode) {
            case "chain" -> ReplicationMode.CHAIN;
            case "quorum" -> ReplicationMode.QUORUM;
            default -> throw new BenchmarkException("--mode takes chain or quorum, not " + mode);
        };
        if (LoggerFactory.getLogger("dev.boreal") instanceof Logger logger) {
            logger.setLevel(Level.ERROR);
        }
        JournalBenchmark benchmark = new JournalBenchmark(
                new JournalBenchmark.Settings(inFlight, seconds, repetitions, warmUpSeconds, bytes, replicas, wanted),
                System.out);
        if (lostZone != null) {
            benchmark.loseZone(directory, lostZone);
        } else {
            benchmark.run(directory, against == null ? null : etcd, etcdConnections);
        }
        return 0;
    }
}
