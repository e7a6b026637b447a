package dev.boreal.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import dev.boreal.contracts.door.Adjudicator;
import dev.boreal.contracts.door.Storage;
import dev.boreal.contracts.feed.FeedStart;
import dev.boreal.contracts.read.RowBatch;
import dev.boreal.contracts.read.ScanRequest;
import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.contracts.transaction.Accesses;
import dev.boreal.contracts.transaction.CommitOutcome;
import dev.boreal.contracts.transaction.CommitRequest;
import dev.boreal.contracts.transaction.TransactionRecord;
import dev.boreal.contracts.transaction.WriteSet;
import dev.boreal.transport.adjudicator.AdjudicatorClient;
import dev.boreal.transport.adjudicator.AdjudicatorDoor;
import dev.boreal.transport.storage.StorageClient;
import dev.boreal.transport.storage.StorageDoor;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Round trips per second, their latency and what they cost in CPU over both ends, with rooms that answer at once: what
 * travelling itself costs. Both ends share a JVM, with a loop each. Arguments: seconds per measurement.
 */
public final class DoorMeasurement {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final byte[] KEY = "table-17/primary/00001234".getBytes(UTF_8);
    private static final byte[] ROW = new byte[120];

    private DoorMeasurement() {}

    private static final class InstantStorage implements Storage {
        @Override
        public boolean tryReach(long asOf) {
            return true;
        }

        @Override
        public void awaitReach(long asOf) {}

        @Override
        public byte @Nullable [] get(byte[] key, long asOf) {
            return ROW;
        }

        @Override
        public byte[] @Nullable [] getAll(byte[][] keys, long asOf) {
            byte[] @Nullable [] rows = new byte[keys.length][];
            Arrays.fill(rows, ROW);
            return rows;
        }

        @Override
        public long count(ScanRequest request) {
            return 0;
        }

        @Override
        public Scan scan(ScanRequest request) {
            return new Scan() {
                private boolean done;

                @Override
                public boolean next(RowBatch batch) {
                    batch.clear();
                    if (done) {
                        return false;
                    }
                    done = true;
                    batch.add(KEY, 0, KEY.length, ROW, 0, ROW.length);
                    return true;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public FeedStart persistedPositions() {
            return FeedStart.BEGINNING;
        }
    }

    private static final class InstantAdjudicator implements Adjudicator {
        @Override
        public void commit(CommitRequest request, CommitListener listener) {
            listener.onOutcome(new CommitOutcome.Committed(request.snapshot() + 1));
        }

        @Override
        public StageOutcome stage(long transactionId, WriteSet writes) {
            return new StageOutcome.Staged(1);
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        double seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 3;
        try (TransportNode server = new TransportNode("server");
                TransportNode node = new TransportNode("client")) {
            server.serve(new StorageDoor(new InstantStorage(), server.settings()))
                    .serve(new AdjudicatorDoor(new InstantAdjudicator(), server.settings()));
            TransportContext context = new TransportContext(node.loops(), node.settings(), node.identity());
            try (StorageClient storage = new StorageClient(context, "server", server::address);
                    AdjudicatorClient adjudicator = new AdjudicatorClient(context, "server", server::address)) {
                IntConsumer get = caller -> storage.get(KEY, 1_700_000_000_000_000_000L);
                IntConsumer commit = caller -> adjudicator.commit(request(caller));
                IntConsumer scan = caller -> {
                    RowBatch batch = new RowBatch();
                    try (Storage.Scan opened =
                            storage.scan(ScanRequest.all(1, dev.boreal.contracts.key.KeyRange.ofPrefix(KEY)))) {
                        opened.next(batch);
                    }
                };
                for (int round = 0; round < 2; round++) {
                    for (int callers : new int[] {1, 8, 64}) {
                        measure(round > 0, "get", callers, seconds, get);
                        measure(round > 0, "commit", callers, seconds, commit);
                        measure(round > 0, "scan of one row", callers, seconds, scan);
                    }
                }
            }
        }
    }

    private static CommitRequest request(int caller) {
        WriteSet writes = new WriteSet.Builder(256).put(KEY, ROW).build();
        Accesses accesses = new Accesses(
                new long[] {caller, ~caller},
                new byte[] {AccessMode.WRITE.code(), AccessMode.KEY_SHARE.code()},
                List.of());
        TransactionRecord record = TransactionRecord.commit(caller, "pgbench", new long[0], writes);
        return new CommitRequest(caller, "pgbench", "", 1_700_000_000_000_000_000L, accesses, record, 3);
    }

    private static void measure(boolean print, String what, int callers, double seconds, IntConsumer call)
            throws InterruptedException {
        LongAdder calls = new LongAdder();
        List<long[]> latencies = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        long cpu = SYSTEM.getProcessCpuTime();
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        for (int c = 0; c < callers; c++) {
            int caller = c;
            long[] own = new long[1 << 16];
            latencies.add(own);
            threads.add(Thread.startVirtualThread(() -> {
                int done = 0;
                for (long before = System.nanoTime(); before < end; ) {
                    call.accept(caller);
                    long after = System.nanoTime();
                    own[done++ & (own.length - 1)] = after - before;
                    before = after;
                }
                calls.add(done);
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double elapsed = (System.nanoTime() - start) / 1e9;
        double cpuMicros = (SYSTEM.getProcessCpuTime() - cpu) / 1e3;
        long[] all = latencies.stream()
                .flatMapToLong(Arrays::stream)
                .filter(nanos -> nanos > 0)
                .sorted()
                .toArray();
        if (print) {
            System.out.printf(
                    "%-16s %3d callers: %8.0f/s, %6.1f µs of CPU each, p50 %7.1f µs, p99 %7.1f µs%n",
                    what,
                    callers,
                    calls.sum() / elapsed,
                    cpuMicros / calls.sum(),
                    all[all.length / 2] / 1e3,
                    all[all.length * 99 / 100] / 1e3);
        }
    }
}
