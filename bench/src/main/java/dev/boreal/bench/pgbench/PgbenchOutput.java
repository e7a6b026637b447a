package dev.boreal.bench.pgbench;

import org.jspecify.annotations.Nullable;

/**
 * What pgbench prints at the end of a run.
 *
 * @param processed transactions that ended well
 * @param failed transactions given up after all tries
 * @param retries of transactions, all together
 * @param latencyAverageMillis as pgbench sees it
 * @param tps without the time to connect
 */
public record PgbenchOutput(long processed, long failed, long retries, double latencyAverageMillis, double tps) {

    /** Reads the output; null if it does not end with a result. */
    public static @Nullable PgbenchOutput parse(String output) {
        long processed = -1;
        long failed = 0;
        long retries = 0;
        double latency = 0;
        double tps = -1;
        for (String line : output.lines().toList()) {
            if (line.startsWith("number of transactions actually processed: ")) {
                processed = (long) number(line, ": ");
            } else if (line.startsWith("number of failed transactions: ")) {
                failed = (long) number(line, ": ");
            } else if (line.startsWith("total number of retries: ")) {
                retries = (long) number(line, ": ");
            } else if (line.startsWith("latency average = ")) {
                latency = number(line, "= ");
            } else if (line.startsWith("tps = ") && !line.contains("including connections")) {
                tps = number(line, "= ");
            }
        }
        return processed < 0 || tps < 0 ? null : new PgbenchOutput(processed, failed, retries, latency, tps);
    }

    /** The number that follows {@code mark}, up to what is no part of a number. */
    private static double number(String line, String mark) {
        int from = line.indexOf(mark) + mark.length();
        int to = from;
        while (to < line.length() && (Character.isDigit(line.charAt(to)) || line.charAt(to) == '.')) {
            to++;
        }
        return to == from ? 0 : Double.parseDouble(line.substring(from, to));
    }
}
