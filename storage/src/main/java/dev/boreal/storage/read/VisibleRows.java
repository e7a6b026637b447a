package dev.boreal.storage.read;

import dev.boreal.contracts.read.ScanRequest;

/**
 * The rows of a range that are visible as of a timestamp, one at a time, in one direction. Not thread-safe. After
 * {@link Step#ROW} the row's encoded key and its value are readable until the next step.
 */
abstract sealed class VisibleRows permits AscendingRows, DescendingRows {

    /** What a step came to. */
    enum Step {
        ROW,
        END,
        /** The budget is used up before the next row was found; the walk can go on later. */
        PAUSED
    }

    final VersionReader reader;
    final VersionIterator iterator;
    final long asOf;
    /** Whether anybody looks at the values, or only at whether there is one. */
    private final boolean needsValue;

    /** The encoded user key of the row, or of the key dealt with last; an array exchanged with the reader. */
    byte[] rowKey;

    int rowKeyLength = -1;

    VisibleRows(VersionReader reader, long asOf, boolean needsValue) {
        this.reader = reader;
        this.iterator = reader.iterator();
        this.asOf = asOf;
        this.needsValue = needsValue;
        this.rowKey = reader.takeSpareKey();
    }

    static VisibleRows of(VersionReader reader, ScanRequest request, boolean needsValue) {
        return request.reverse()
                ? new DescendingRows(reader, request.range(), request.asOf(), needsValue)
                : new AscendingRows(reader, request.range(), request.asOf(), needsValue);
    }

    /** Goes to the next row. {@code budget} bounds the versions looked at. */
    abstract Step step(int budget);

    /** Keeps the key just loaded as the current one, without copying it. */
    final void keepKey() {
        rowKeyLength = reader.prefixLength();
        rowKey = reader.exchangeKey(rowKey);
    }

    /** Loads the value under the iterator; false if it is a tombstone. */
    final boolean loadRow() {
        if (!needsValue) {
            return !reader.isTombstone();
        }
        reader.loadValue();
        return reader.valueLength() != 0;
    }

    final void close() {
        reader.returnSpareKey(rowKey);
    }
}
