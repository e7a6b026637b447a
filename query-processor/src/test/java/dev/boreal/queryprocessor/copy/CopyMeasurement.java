package dev.boreal.queryprocessor.copy;

import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.Arrays;
import java.util.List;

/** How long it takes to read and write a million rows of 100 bytes in pieces of 64 KiB: run it as a program. */
final class CopyMeasurement {
    private static final int ROWS = 1_000_000;
    private static final List<String> COLUMNS = List.of("aid", "bid", "abalance", "filler");

    private CopyMeasurement() {}

    public static void main(String[] arguments) {
        String[] formats = {"(format text)", "(format csv)", "(format csv, force_quote *)", "(format binary)"};
        for (int run = 0; run < 4; run++) {
            for (String format : formats) {
                measure(format);
            }
        }
    }

    private static void measure(String format) {
        SqlType[] types = {TypeRegistry.INT4, TypeRegistry.INT4, TypeRegistry.INT4, TypeRegistry.BPCHAR};
        CopyOptions to = Reading.options("TO STDOUT " + format);
        boolean[] force = to.forceQuote().among(COLUMNS, COLUMNS::contains, "t");
        CopyWriter writer = CopyWriter.of(to, COLUMNS, types, force, new PlainContext());
        Object[] row = {0, 1, 0, "x".repeat(80)};
        byte[] data = new byte[140 * ROWS];
        long started = System.nanoTime();
        writer.begin();
        int length = append(writer, data, 0);
        for (int i = 0; i < ROWS; i++) {
            row[0] = 10_000_000 + i;
            writer.row(row);
            length = append(writer, data, length);
        }
        writer.finish();
        length = append(writer, data, length);
        long written = System.nanoTime();
        long rows = read(format.replace(", force_quote *", ""), Arrays.copyOf(data, length));
        System.out.printf(
                "%-28s %,d bytes, wrote %d rows in %d ms, read %d in %d ms%n",
                format, length, ROWS, (written - started) / 1_000_000, rows, (System.nanoTime() - written) / 1_000_000);
    }

    private static int append(CopyWriter writer, byte[] data, int at) {
        System.arraycopy(writer.buffer(), 0, data, at, writer.length());
        return at + writer.length();
    }

    private static long read(String format, byte[] data) {
        CopyOptions from = Reading.options("FROM STDIN " + format);
        CopyReader reader = CopyReader.of(from, "t", COLUMNS, new boolean[4], new boolean[4]);
        long rows = 0;
        for (int at = 0; at <= data.length; at += 1 << 16) {
            reader.feed(data, at, Math.min(1 << 16, data.length - at));
            while (reader.next()) {
                rows++;
            }
        }
        reader.end();
        while (reader.next()) {
            rows++;
        }
        return rows;
    }
}
