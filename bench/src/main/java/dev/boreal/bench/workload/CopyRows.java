package dev.boreal.bench.workload;

import java.nio.charset.StandardCharsets;

/**
 * Rows of about 100 bytes for COPY in text format: {@code id, group, amount, filler}. Equal for all servers. The ids
 * are 1 to the number of rows, in order.
 */
final class CopyRows {
    static final String TABLE = "bench_copy";
    static final String DEFINITION =
            "CREATE TABLE bench_copy (id int PRIMARY KEY, grp int NOT NULL, amount bigint NOT NULL, filler text)";
    static final int GROUPS = 1000;

    private static final byte[] FILLER = "0123456789abcdef".repeat(5).getBytes(StandardCharsets.US_ASCII);

    private CopyRows() {}

    static long amount(int id) {
        return id * 7919L % 100_000;
    }

    /** Appends the row with this id and returns where it ends. */
    static int append(byte[] to, int at, int id) {
        int end = number(to, at, id);
        to[end++] = '\t';
        end = number(to, end, id % GROUPS);
        to[end++] = '\t';
        end = number(to, end, amount(id));
        to[end++] = '\t';
        System.arraycopy(FILLER, 0, to, end, FILLER.length);
        end += FILLER.length;
        to[end++] = '\n';
        return end;
    }

    private static int number(byte[] to, int at, long value) {
        int digits = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            digits++;
        }
        long rest = value;
        for (int i = digits - 1; i >= 0; i--) {
            to[at + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return at + digits;
    }
}
