package dev.boreal.journal.cluster;

import dev.boreal.contracts.cluster.JournalPlan;
import dev.boreal.contracts.cluster.ReplicationMode;
import dev.boreal.contracts.door.Journal.AppendListener;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.journal.client.ClientConfiguration;
import dev.boreal.journal.client.ReplicatedJournalClient;
import dev.boreal.journal.disk.LocalDisk;
import dev.boreal.journal.replica.ReplicaConfiguration;
import dev.boreal.journal.service.JournalConfiguration;
import dev.boreal.journal.service.ReplicatedJournal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Appends of 200 bytes to three replicas in this process, each with a directory of its own: arguments are the mode, a
 * directory, and the seconds for each number of appends in flight. Prints appends per second and the time that one took.
 */
final class ReplicatedAppendMeasurement {
    private static final int[] IN_FLIGHT = {1, 16, 64, 256};

    private final ReplicatedJournalClient client;
    private final long epoch;
    private long timestamp = 1;

    private ReplicatedAppendMeasurement(ReplicatedJournalClient client) {
        this.client = client;
        epoch = ((OpenOutcome.Opened) client.open("measurement", client.currentEpoch(), advance -> {})).epoch();
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Path.of(arguments[1]);
        List<String> names = List.of("a", "b", "c");
        MemoryRegister register = new MemoryRegister();
        JournalPlan plan = new JournalPlan("m", ReplicationMode.valueOf(arguments[0]), 1, names, List.of(), 2);
        register.compareAndSet(JournalPlan.key("m"), 0, plan.encode(), 0);
        Map<String, ReplicatedJournal> replicas = new HashMap<>();
        try (LoopbackNetwork network = new LoopbackNetwork()) {
            for (String name : names) {
                replicas.put(
                        name,
                        ReplicatedJournal.open(
                                "m",
                                name,
                                new LocalDisk(directory.resolve(name)),
                                JournalConfiguration.defaults(),
                                ReplicaConfiguration.defaults(),
                                network.of(name),
                                register));
            }
            try (ReplicatedJournalClient client =
                    new ReplicatedJournalClient(() -> names, replicas::get, ClientConfiguration.defaults())) {
                ReplicatedAppendMeasurement measurement = new ReplicatedAppendMeasurement(client);
                for (int inFlight : IN_FLIGHT) {
                    measurement.run(inFlight, 1, false);
                    measurement.run(inFlight, Integer.parseInt(arguments[2]), true);
                }
            }
            replicas.values().forEach(ReplicatedJournal::close);
        }
    }

    private void run(int inFlight, int seconds, boolean told) throws InterruptedException {
        Semaphore permits = new Semaphore(inFlight);
        long[] nanos = new long[5_000_000];
        AtomicInteger done = new AtomicInteger();
        long begin = System.nanoTime();
        long end = begin + seconds * 1_000_000_000L;
        while (System.nanoTime() < end) {
            permits.acquire();
            long asked = System.nanoTime();
            client.append(epoch, new JournalEntry(++timestamp, new byte[200]), new AppendListener() {
                @Override
                public void onDurable(long position) {
                    nanos[done.getAndIncrement()] = System.nanoTime() - asked;
                    permits.release();
                }

                @Override
                public void onRefused(AppendRefusal refusal) {
                    throw new IllegalStateException(String.valueOf(refusal));
                }
            });
        }
        permits.acquire(inFlight);
        double elapsed = (System.nanoTime() - begin) / 1e9;
        int count = done.get();
        Arrays.sort(nanos, 0, count);
        if (told) {
            System.out.printf(
                    "%4d in flight: %8.0f appends/s, p50 %.3f ms, p99 %.3f ms%n",
                    inFlight, count / elapsed, nanos[count / 2] / 1e6, nanos[(int) (count * 0.99)] / 1e6);
        }
    }
}
