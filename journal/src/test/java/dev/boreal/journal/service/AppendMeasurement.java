package dev.boreal.journal.service;

import dev.boreal.contracts.door.Journal.AppendListener;
import dev.boreal.contracts.door.Journal.EntrySubscriber;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.contracts.journal.PositionedEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Prints what this machine's disk gives: appends per second and their latency by how many are in flight, the cost of a
 * heartbeat, and the speed of recovery. No test: it asserts nothing. Argument: a directory to make the journal in.
 */
final class AppendMeasurement {
    private static final int ENTRY_BYTES = 200;
    private static final int SECONDS = 4;
    private static final int MAX_SAMPLES = 4_000_000;

    private final DiskJournal journal;
    private final long epoch;
    private long timestamp;

    private AppendMeasurement(DiskJournal journal, long epoch) {
        this.journal = journal;
        this.epoch = epoch;
    }

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory(Path.of(arguments[0]), "append-measurement");
        try {
            measure(directory);
        } finally {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(directory);
        }
    }

    private static void measure(Path directory) throws Exception {
        try (DiskJournal journal = DiskJournal.open(directory, JournalConfiguration.defaults())) {
            long epoch = ((OpenOutcome.Opened) journal.open("measurement", 0, timestamp -> {})).epoch();
            journal.subscribe(0, new Ignoring()).request(Long.MAX_VALUE);
            AppendMeasurement measurement = new AppendMeasurement(journal, epoch);
            measurement.appends(64, false);
            for (int inFlight : new int[] {1, 16, 64, 256}) {
                measurement.appends(inFlight, true);
            }
            measurement.heartbeats(false);
            measurement.heartbeats(true);
        }
        recovery(directory);
    }

    private void appends(int inFlight, boolean prints) throws InterruptedException {
        Semaphore room = new Semaphore(inFlight);
        long[] latencies = new long[MAX_SAMPLES];
        byte[] payload = new byte[ENTRY_BYTES];
        long start = System.nanoTime();
        int count = 0;
        while (count < MAX_SAMPLES && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(SECONDS)) {
            room.acquire();
            journal.append(epoch, new JournalEntry(++timestamp, payload), new Sample(room, latencies, count++));
        }
        room.acquire(inFlight);
        long elapsed = System.nanoTime() - start;
        Arrays.sort(latencies, 0, count);
        if (prints) {
            System.out.printf(
                    "%4d in flight: %,9.0f appends/s, p50 %,d us, p99 %,d us%n",
                    inFlight, count * 1e9 / elapsed, latencies[count / 2] / 1000, latencies[count / 100 * 99] / 1000);
        }
    }

    private record Sample(Semaphore room, long[] latencies, int index, long begun) implements AppendListener {
        Sample(Semaphore room, long[] latencies, int index) {
            this(room, latencies, index, System.nanoTime());
        }

        @Override
        public void onDurable(long position) {
            latencies[index] = System.nanoTime() - begun;
            room.release();
        }

        @Override
        public void onRefused(AppendRefusal refusal) {
            throw new IllegalStateException(refusal.toString());
        }
    }

    private void heartbeats(boolean prints) {
        int count = 10_000_000;
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            journal.heartbeat(epoch, ++timestamp);
        }
        if (prints) {
            System.out.printf("heartbeat to one subscriber: %.0f ns%n", (double) (System.nanoTime() - start) / count);
        }
    }

    private static void recovery(Path directory) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
        }
        long start = System.nanoTime();
        DiskJournal journal = DiskJournal.open(directory, JournalConfiguration.defaults());
        long elapsed = System.nanoTime() - start;
        System.out.printf(
                "recovery of %,d entries in %,d MiB (cached): %,d ms%n",
                journal.lastDurablePosition(), bytes >> 20, elapsed / 1_000_000);
        journal.close();
    }

    private static final class Ignoring implements EntrySubscriber {
        @Override
        public void onEntries(List<PositionedEntry> entries) {}

        @Override
        public void onWatermark(long timestamp) {}

        @Override
        public void onClosed(String reason) {}
    }
}
