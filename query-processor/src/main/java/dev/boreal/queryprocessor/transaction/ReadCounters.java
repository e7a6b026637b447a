package dev.boreal.queryprocessor.transaction;

/** What a transaction asked of storage so far: EXPLAIN ANALYZE shows the difference. Not thread-safe. */
public final class ReadCounters {
    private long requests;
    private long rows;
    private long bytes;

    void request() {
        requests++;
    }

    void received(long moreRows, long moreBytes) {
        rows += moreRows;
        bytes += moreBytes;
    }

    public long requests() {
        return requests;
    }

    public long rows() {
        return rows;
    }

    public long bytes() {
        return bytes;
    }
}
