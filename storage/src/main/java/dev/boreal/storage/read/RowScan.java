package dev.boreal.storage.read;

import dev.boreal.contracts.read.RowBatch;
import dev.boreal.contracts.read.ScanRequest;
import dev.boreal.contracts.row.Predicate;
import dev.boreal.contracts.row.RowFormat;
import dev.boreal.storage.version.VersionedKey;
import org.jspecify.annotations.Nullable;

/**
 * A scan as a core: visible rows, filtered, projected and limited, into batches or into a count. Works in portions, so
 * that whoever drives it can look up between them. Not thread-safe; uses its reader alone until {@link #close}.
 */
public final class RowScan {
    /** A batch is full from this many bytes on. */
    static final int BATCH_BYTES = 60 << 10;

    private static final int BATCH_ROWS = 8192;
    private static final int[] NO_FIELDS = new int[0];

    /** What a portion of work came to. */
    public enum Progress {
        /** The batch is full. */
        FULL,
        /** The portion is used up; the batch may hold rows. */
        PAUSED,
        /** There are no more rows behind those in the batch. */
        END
    }

    private final VisibleRows rows;
    private final VersionReader reader;
    private final @Nullable Predicate filter;
    private final int @Nullable [] projection;
    private final boolean withKeys;
    private final RowFormat.Cursor cursor = new RowFormat.Cursor();
    private long remaining;
    private byte[] userKey = new byte[2048];

    public RowScan(VersionReader reader, ScanRequest request, boolean counting) {
        this.reader = reader;
        this.filter = request.filter();
        this.projection = counting ? NO_FIELDS : request.projection();
        this.withKeys = request.withKeys() && !counting;
        this.remaining = request.range().isEmpty() ? 0 : request.limit();
        this.rows = VisibleRows.of(reader, request, filter != null || !counting);
    }

    /** Adds rows to {@code batch}, looking at not many more than {@code budget} versions. */
    public Progress fill(RowBatch batch, int budget) {
        for (int left = budget; left > 0; left--) {
            if (remaining <= 0) {
                return Progress.END;
            }
            switch (rows.step(budget)) {
                case END -> {
                    remaining = 0;
                    return Progress.END;
                }
                case PAUSED -> {
                    return Progress.PAUSED;
                }
                case ROW -> {
                    if (accepts()) {
                        remaining--;
                        add(batch);
                        if (batch.bytes() >= BATCH_BYTES || batch.rows() >= BATCH_ROWS) {
                            return Progress.FULL;
                        }
                    }
                }
            }
        }
        return Progress.PAUSED;
    }

    /** Counts on: returns the rows found in this portion, or their complement ({@code ~rows}) if that was the end. */
    public long count(int budget) {
        long counted = 0;
        for (int left = budget; left > 0; left--) {
            if (remaining <= 0) {
                return ~counted;
            }
            switch (rows.step(budget)) {
                case END -> {
                    remaining = 0;
                    return ~counted;
                }
                case PAUSED -> {
                    return counted;
                }
                case ROW -> {
                    if (filter == null || accepts()) {
                        remaining--;
                        counted++;
                    }
                }
            }
        }
        return counted;
    }

    public void close() {
        rows.close();
    }

    private boolean accepts() {
        cursor.reset(reader.value(), 0, reader.rowLength());
        return filter == null || filter.test(cursor);
    }

    private void add(RowBatch batch) {
        int keyLength = withKeys ? decodeKey() : 0;
        if (projection == null) {
            batch.add(userKey, 0, keyLength, reader.value(), 0, reader.rowLength());
        } else {
            batch.addProjected(userKey, 0, keyLength, cursor, reader.rowLength(), projection);
        }
    }

    private int decodeKey() {
        if (VersionedKey.decodedBound(rows.rowKeyLength) > userKey.length) {
            growUserKey(VersionedKey.decodedLength(rows.rowKey, rows.rowKeyLength));
        }
        return VersionedKey.decode(rows.rowKey, rows.rowKeyLength, userKey);
    }

    private void growUserKey(int length) {
        if (length > userKey.length) {
            userKey = new byte[2 * length];
        }
    }
}
