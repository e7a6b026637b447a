package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.transaction.ReadCounters;
import java.util.IdentityHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Measures every operator of one execution, for EXPLAIN ANALYZE. An operator's figures include those below it. One thread. */
public final class Profile {
    private final LongSupplier nanoTime;
    private final @Nullable ReadCounters counters;
    private final IdentityHashMap<Operator, Node> nodes = new IdentityHashMap<>();

    /**
     * @param nanoTime nanoseconds since any point in time, never going back; a constant measures no time
     * @param counters what the transaction asks of storage
     */
    public Profile(LongSupplier nanoTime, @Nullable ReadCounters counters) {
        this.nanoTime = nanoTime;
        this.counters = counters;
    }

    /** An operator's figures; null if it was never opened. */
    public @Nullable Node node(Operator operator) {
        return nodes.get(operator);
    }

    /** How an operator sorted; the last time, if it did so several times. */
    void sorted(Operator operator, Sorting sorting) {
        Node node = nodes.get(operator);
        if (node != null) {
            node.sorting = sorting;
        }
    }

    /**
     * How rows were sorted.
     *
     * @param method PostgreSQL's word for it
     * @param bytes on disk or in memory
     */
    public record Sorting(String method, boolean onDisk, long bytes) {
        /** What EXPLAIN shows as the space that was used. */
        public long kilobytes() {
            return (bytes + 1023) >> 10;
        }

        public String place() {
            return onDisk ? "Disk" : "Memory";
        }
    }

    Operator.Cursor open(Operator operator, Execution execution) {
        Node node = nodes.computeIfAbsent(operator, _ -> new Node());
        node.loops++;
        Measurement measurement = new Measurement();
        Operator.Cursor cursor;
        try {
            cursor = operator.open(execution);
        } finally {
            node.firstRowNanos += measurement.addTo(node);
        }
        return new MeasuredCursor(cursor, node);
    }

    /** What one operator did, over all the times it was opened. */
    public static final class Node {
        private long loops;
        private long rows;
        private long nanos;
        private long firstRowNanos;
        private long requests;
        private long rowsRead;
        private long bytesRead;
        private @Nullable Sorting sorting;

        /** How often it was opened. */
        public long loops() {
            return loops;
        }

        /** How it sorted, if it did. */
        public @Nullable Sorting sorting() {
            return sorting;
        }

        /** Rows it gave. */
        public long rows() {
            return rows;
        }

        public long nanos() {
            return nanos;
        }

        /** Until the first row of each loop, or its end. */
        public long firstRowNanos() {
            return firstRowNanos;
        }

        /** Requests to storage. */
        public long requests() {
            return requests;
        }

        /** Rows that storage sent. */
        public long rowsRead() {
            return rowsRead;
        }

        /** Bytes that storage sent. */
        public long bytesRead() {
            return bytesRead;
        }
    }

    /** From its creation until it is added up. */
    private final class Measurement {
        private final long startNanos = nanoTime.getAsLong();
        private final long startRequests = counters == null ? 0 : counters.requests();
        private final long startRows = counters == null ? 0 : counters.rows();
        private final long startBytes = counters == null ? 0 : counters.bytes();

        long addTo(Node node) {
            long elapsed = nanoTime.getAsLong() - startNanos;
            node.nanos += elapsed;
            if (counters != null) {
                node.requests += counters.requests() - startRequests;
                node.rowsRead += counters.rows() - startRows;
                node.bytesRead += counters.bytes() - startBytes;
            }
            return elapsed;
        }
    }

    private final class MeasuredCursor implements Operator.Cursor {
        private final Operator.Cursor cursor;
        private final Node node;
        private boolean begun;

        MeasuredCursor(Operator.Cursor cursor, Node node) {
            this.cursor = cursor;
            this.node = node;
        }

        @Override
        public @Nullable Object @Nullable [] next() {
            Measurement measurement = new Measurement();
            @Nullable Object[] row;
            try {
                row = cursor.next();
            } finally {
                long elapsed = measurement.addTo(node);
                if (!begun) {
                    begun = true;
                    node.firstRowNanos += elapsed;
                }
            }
            if (row != null) {
                node.rows++;
            }
            return row;
        }

        @Override
        public void close() {
            cursor.close();
        }
    }
}
