package dev.boreal.storage.service;

import dev.boreal.contracts.door.Storage;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.read.RowBatch;
import dev.boreal.contracts.read.ScanRequest;
import dev.boreal.contracts.row.Predicate;
import dev.boreal.contracts.row.RowFormat;
import dev.boreal.contracts.transaction.WriteSet;
import dev.boreal.storage.StorageConfiguration;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntToLongFunction;
import java.util.stream.Stream;

/**
 * Prints what the room does per second: apply in bulk and in small transactions, gets from the cache and from the store,
 * scans. Run {@code main} with the number of rows (default 1,000,000) and a heap of 2 GiB.
 */
public final class StorageMeasurement {
    private static final int ROW_BYTES = 100;
    private static final int WRITE_SET_ROWS = 20_000;

    private final PrintStream out = System.out;
    private final FakeCrossbar crossbar = FakeCrossbar.forgetful();
    private final StorageRoom room;
    private final int rows;
    private final SplittableRandom random = new SplittableRandom(1);
    private long now = 1_000_000_000_000L;

    private StorageMeasurement(Path directory, int rows) {
        this.rows = rows;
        StorageConfiguration configuration =
                StorageConfiguration.forHeap(Runtime.getRuntime().maxMemory());
        this.room = StorageRoom.open(directory, configuration, KeyRange.ALL, crossbar);
    }

    /** Rows to load. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createTempDirectory("boreal-storage-measurement");
        try {
            new StorageMeasurement(directory, arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000).run();
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private void run() {
        load();
        room.flushNow();
        for (int round = 0; round < 3; round++) {
            scans();
            gets();
        }
        smallTransactions();
        gets();
        hotRow();
        trim();
        out.println(room.statistics());
        room.close();
    }

    private void load() {
        WriteSet[] pieces = new WriteSet[(rows + WRITE_SET_ROWS - 1) / WRITE_SET_ROWS];
        for (int i = 0; i < pieces.length; i++) {
            WriteSet.Builder builder = new WriteSet.Builder(WRITE_SET_ROWS * (ROW_BYTES + 30));
            for (int row = i * WRITE_SET_ROWS; row < Math.min(rows, (i + 1) * WRITE_SET_ROWS); row++) {
                builder.put(key(row), row(row));
            }
            pieces[i] = builder.build();
        }
        now++;
        long start = System.nanoTime();
        crossbar.commit(now, pieces);
        crossbar.advance(now);
        perSecond("apply in bulk, rows", rows, start);
    }

    private void scans() {
        long asOf = room.watermark();
        scan("scan", ScanRequest.all(asOf, KeyRange.ALL));
        scan("scan in reverse", new ScanRequest(asOf, KeyRange.ALL, true, null, null, true, Long.MAX_VALUE));
        Predicate filter = new Predicate.Compare(1, Predicate.Operator.LESS, new byte[] {25});
        scan(
                "scan, filter to 10 %, 1 field",
                new ScanRequest(asOf, KeyRange.ALL, false, filter, new int[] {1}, false, Long.MAX_VALUE));
        long start = System.nanoTime();
        room.count(ScanRequest.all(asOf, KeyRange.ALL));
        perSecond("count, rows", rows, start);
        start = System.nanoTime();
        room.count(new ScanRequest(asOf, KeyRange.ALL, false, filter, null, false, Long.MAX_VALUE));
        perSecond("count with filter, rows", rows, start);
    }

    private void scan(String what, ScanRequest request) {
        long start = System.nanoTime();
        try (Storage.Scan scan = room.scan(request)) {
            RowBatch batch = new RowBatch();
            long seen = 0;
            while (scan.next(batch)) {
                seen += batch.rows();
            }
            perSecond(what + " (" + seen + " rows answered), rows", rows, start);
        }
    }

    private void gets() {
        int cached = Math.min(rows, 100_000);
        byte[][] keys = new byte[cached][];
        for (int i = 0; i < cached; i++) {
            keys[i] = key(random.nextInt(rows));
        }
        each("get, first touch", cached, i -> get(keys[i]));
        for (int i = 0; i < 5; i++) {
            each("get from the cache, 100,000 keys in turn", cached, at -> get(keys[at]));
        }
        each("get from the cache, 1,000 keys in turn", cached, at -> get(keys[at % 1000]));
        each("get of an absent key", cached, at -> get(absent(at)));
    }

    private long get(byte[] key) {
        byte[] row = room.get(key, room.watermark());
        return row == null ? 0 : row.length;
    }

    private void smallTransactions() {
        int transactions = 200_000;
        WriteSet[] writes = new WriteSet[transactions];
        for (int i = 0; i < transactions; i++) {
            byte[] account = key(random.nextInt(rows));
            byte[] branch = key(random.nextInt(50));
            boolean inOrder = Arrays.compareUnsigned(branch, account) < 0;
            writes[i] = new WriteSet.Builder(400)
                    .put(inOrder ? branch : account, row(i))
                    .put(inOrder ? account : branch, row(i))
                    .put(key(rows + i), row(i))
                    .build();
        }
        long start = System.nanoTime();
        for (WriteSet one : writes) {
            now += 100_000;
            crossbar.commit(now, one);
            crossbar.advance(now);
        }
        perSecond("apply, transactions of 3 rows, each alone", transactions, start);
    }

    private void hotRow() {
        byte[] key = key(7);
        for (int i = 0; i < 200_000; i++) {
            now += 100_000;
            crossbar.commit(now, new WriteSet.Builder(200).put(key, row(i)).build());
        }
        crossbar.advance(now);
        long old = now - 10_000_000_000L;
        each("get of a row with 200,000 versions, in an old snapshot", 100_000, at -> {
            byte[] row = room.get(key, old + at);
            return row == null ? 0 : row.length;
        });
        each(
                "count of 50 rows of which one has 200,000 versions",
                2_000,
                _ -> room.count(ScanRequest.all(now, new KeyRange(key(0), key(50)))));
    }

    /** Lets the horizon pass everything, once before and once after a flush. */
    private void trim() {
        for (int round = 0; round < 2; round++) {
            now += 400_000_000_000L;
            long trimmedBefore = room.statistics().versionsTrimmed();
            long start = System.nanoTime();
            crossbar.advance(now);
            while (room.statistics().versionsTrimmed() == trimmedBefore
                    || room.storedVersions() > rows + rows / 4 + 200_000L) {
                LockSupport.parkNanos(50_000_000);
            }
            perSecond("trim, versions of a hot row and of accounts, at a fifth of a core", 600_000, start);
            each(
                    "count of 50 rows after the trim",
                    2_000,
                    _ -> room.count(ScanRequest.all(now, new KeyRange(key(0), key(50)))));
            smallTransactions();
            room.flushNow();
        }
    }

    private void each(String what, int times, IntToLongFunction action) {
        long sum = 0;
        long start = System.nanoTime();
        for (int i = 0; i < times; i++) {
            sum += action.applyAsLong(i);
        }
        out.printf("%-70s %,12.0f ns (sum %d)%n", what, (System.nanoTime() - start) / (double) times, sum);
    }

    private void perSecond(String what, long count, long start) {
        out.printf("%-70s %,12.0f /s%n", what, count * 1e9 / (System.nanoTime() - start));
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(13)
                .putInt(0x10000001)
                .put((byte) 1)
                .putLong(number ^ Long.MIN_VALUE)
                .array();
    }

    private static byte[] absent(int number) {
        return ByteBuffer.allocate(14).put(key(number)).put((byte) 1).array();
    }

    private static byte[] row(int number) {
        byte[] row = new byte[ROW_BYTES + 8];
        int at = RowFormat.putField(
                row, 0, ByteBuffer.allocate(8).putLong(number).array(), 0, 8);
        at = RowFormat.putField(row, at, new byte[] {(byte) number, 2, 3, 4}, 0, 4);
        byte[] filler = new byte[ROW_BYTES - 15];
        Arrays.fill(filler, (byte) ('a' + number % 26));
        at = RowFormat.putField(row, at, filler, 0, filler.length);
        return Arrays.copyOf(row, at);
    }
}
