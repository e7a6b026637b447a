package dev.boreal.bench.journal;

import dev.boreal.bench.report.Comparison;
import dev.boreal.bench.report.Measurement;
import dev.boreal.bench.report.Report;
import dev.boreal.bench.server.BenchmarkException;
import dev.boreal.bench.server.Workspace;
import dev.boreal.contracts.cluster.ReplicationMode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Appends with several numbers under way, next to etcd's puts or alone; and appends while a zone is lost and comes back. */
public final class JournalBenchmark {
    private static final int MARK_IN_FLIGHT = 64;
    private static final double MARK = 5;
    private static final int WARM_UP_IN_FLIGHT = 64;
    private static final int PARTS = 3;

    private final Settings settings;
    private final PrintStream out;

    /** How the runs are made. */
    public record Settings(
            List<Integer> inFlight,
            int seconds,
            int repetitions,
            int warmUpSeconds,
            int bytes,
            int replicas,
            ReplicationMode mode) {
        public Settings {
            inFlight = List.copyOf(inFlight);
        }
    }

    public JournalBenchmark(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /** @param etcd the program to compare with, or null */
    public void run(Path parent, @Nullable Path etcd, int etcdConnections)
            throws BenchmarkException, IOException, InterruptedException {
        try (Workspace workspace = Workspace.open(parent);
                BorealJournal journal = journal(workspace)) {
            if (etcd == null) {
                tell(journal);
                return;
            }
            try (EtcdCluster reference = EtcdCluster.start(workspace, etcd, settings.replicas(), etcdConnections)) {
                warmUp(journal);
                warmUp(reference);
                List<Comparison> comparisons = new ArrayList<>();
                for (int each : settings.inFlight()) {
                    comparisons.add(compare(journal, reference, each));
                }
                out.println();
                out.print(new Report("Boreal", "etcd", List.of(), comparisons).table());
            }
        }
    }

    private BorealJournal journal(Workspace workspace) throws BenchmarkException, IOException, InterruptedException {
        String modeName = settings.mode().name().toLowerCase(Locale.ROOT);
        out.printf(
                Locale.ROOT,
                "machine: %d cores, %s %s, all processes on it; files on %s%n",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                Files.getFileStore(workspace.directory()).type());
        out.printf(
                Locale.ROOT,
                "Boreal: %s of %d; entries of %d bytes; %d s per run, %d runs of each%n",
                modeName,
                settings.replicas(),
                settings.bytes(),
                settings.seconds(),
                settings.repetitions());
        return new BorealJournal(workspace.directory().resolve("journal"), settings.replicas(), settings.mode());
    }

    private void warmUp(AppendTarget target) throws InterruptedException {
        if (settings.warmUpSeconds() > 0) {
            var _ = new AppendLoad(target, WARM_UP_IN_FLIGHT, settings.warmUpSeconds(), settings.bytes()).run();
        }
    }

    private void tell(AppendTarget target) throws InterruptedException {
        warmUp(target);
        for (int each : settings.inFlight()) {
            for (int r = 0; r < settings.repetitions(); r++) {
                var _ = measure(target, each);
            }
        }
    }

    /** In turn; who goes first alternates. */
    private Comparison compare(AppendTarget subject, AppendTarget reference, int inFlight) throws InterruptedException {
        List<Measurement> ofSubject = new ArrayList<>();
        List<Measurement> ofReference = new ArrayList<>();
        for (int r = 0; r < settings.repetitions(); r++) {
            if (r % 2 == 0) {
                ofSubject.add(measure(subject, inFlight));
            }
            ofReference.add(measure(reference, inFlight));
            if (r % 2 == 1) {
                ofSubject.add(measure(subject, inFlight));
            }
        }
        return new Comparison(
                "append",
                settings.mode().name().toLowerCase(Locale.ROOT),
                inFlight,
                "appends/s",
                inFlight == MARK_IN_FLIGHT ? MARK : 0,
                Measurement.merged(ofSubject),
                Measurement.merged(ofReference));
    }

    private Measurement measure(AppendTarget target, int inFlight) throws InterruptedException {
        Measurement result = new AppendLoad(target, inFlight, settings.seconds(), settings.bytes())
                .run()
                .whole();
        out.printf(Locale.ROOT, "%-7s %4d in flight  %s%n", target.name(), inFlight, words(result));
        return result;
    }

    private static String words(Measurement result) {
        return String.format(
                        Locale.ROOT,
                        "%,9.0f /s  p50 %7.2f  p99 %7.2f  p99.9 %7.2f ms",
                        result.perSecond(),
                        result.percentileMillis(50),
                        result.percentileMillis(99),
                        result.percentileMillis(99.9))
                + (result.failed() == 0 ? "" : "  failed: " + result.failed() + " (" + result.failure() + ")");
    }

    /** Before, during and after the loss of a zone, each a third of the time. */
    public void loseZone(Path parent, String zone) throws BenchmarkException, IOException, InterruptedException {
        int part = settings.seconds() / PARTS;
        int inFlight = settings.inFlight().getFirst();
        if (part < 2) {
            throw new BenchmarkException("--lose-zone takes at least " + 2 * PARTS + " seconds");
        }
        try (Workspace workspace = Workspace.open(parent);
                BorealJournal journal = journal(workspace)) {
            warmUp(journal);
            out.println(inFlight + " in flight; zone " + zone + " is killed at second " + part
                    + " and started again at second " + 2 * part);
            List<AppendLoad.Outcome> outcome = new ArrayList<>();
            Thread load = Thread.ofPlatform().start(() -> {
                try {
                    outcome.add(new AppendLoad(journal, inFlight, PARTS * part, settings.bytes()).run());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            long begin = System.nanoTime();
            sleepUntil(begin, part);
            journal.killZone(zone);
            sleepUntil(begin, 2 * part);
            journal.restartZone(zone);
            load.join();
            tell(outcome.getFirst(), part);
        }
    }

    private static void sleepUntil(long begin, int second) throws InterruptedException {
        long left = second * 1_000L - (System.nanoTime() - begin) / 1_000_000;
        if (left > 0) {
            Thread.sleep(left);
        }
    }

    private void tell(AppendLoad.Outcome outcome, int part) {
        for (int second = 0; second < outcome.seconds().size(); second++) {
            Histogram latencies = outcome.seconds().get(second);
            out.printf(
                    Locale.ROOT,
                    "second %3d  %,9d /s  p50 %8.2f  p99 %8.2f ms%n",
                    second,
                    latencies.getTotalCount(),
                    latencies.getValueAtPercentile(50) / 1000.0,
                    latencies.getValueAtPercentile(99) / 1000.0);
        }
        String[] names = {"before", "during", "after"};
        for (int i = 0; i < PARTS; i++) {
            out.printf("%-7s %s%n", names[i], words(outcome.between(i * part, (i + 1) * part)));
        }
        out.printf(
                Locale.ROOT,
                "longest time without an acknowledgement: %d ms, from second %.2f%n",
                outcome.longestGapNanos() / 1_000_000,
                outcome.longestGapAtNanos() / 1e9);
    }
}
