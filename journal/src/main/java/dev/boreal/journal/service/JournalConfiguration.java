package dev.boreal.journal.service;

/**
 * Settings of a journal on disk.
 *
 * @param segmentBytes size of a segment file, filled with zeros ahead of its use; disk is freed in such pieces
 * @param maxEntryBytes the largest payload; a larger one is refused. A segment grows to hold an entry larger than itself
 * @param queueEntries appends that may wait, besides those that are being written; one more is refused as overload
 * @param queueBytes once so much waits, a further append is refused as overload, whatever its size; so a large entry is
 *     not starved by small ones, and the queue holds at most this and one entry
 * @param writeBufferBytes up to which one write gathers records
 * @param historyBatchEntries entries that a subscriber who reads history is given in one call at most
 * @param historyBatchBytes payload after which such a call takes no further entry
 */
public record JournalConfiguration(
        long segmentBytes,
        int maxEntryBytes,
        int queueEntries,
        long queueBytes,
        int writeBufferBytes,
        int historyBatchEntries,
        long historyBatchBytes) {

    private static final int LEAST_SEGMENT_BYTES = 16 << 10;
    private static final int LARGEST_FILE_BYTES = 1 << 30;

    public JournalConfiguration {
        within("journal segment size", segmentBytes, LEAST_SEGMENT_BYTES, LARGEST_FILE_BYTES);
        within("largest journal entry", maxEntryBytes, 1, LARGEST_FILE_BYTES);
        within("journal queue entries", queueEntries, 1, Integer.MAX_VALUE / 2);
        within("journal queue bytes", queueBytes, 1, Long.MAX_VALUE);
        within("journal write buffer", writeBufferBytes, 4 << 10, LARGEST_FILE_BYTES);
        within("journal history batch entries", historyBatchEntries, 1, Integer.MAX_VALUE);
        within("journal history batch bytes", historyBatchBytes, 1, Long.MAX_VALUE);
    }

    private static void within(String name, long value, long least, long largest) {
        if (value < least || value > largest) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", which is not between " + least + " and " + largest);
        }
    }

    public static JournalConfiguration defaults() {
        return new JournalConfiguration(64L << 20, 256 << 20, 64 << 10, 64L << 20, 1 << 20, 512, 1L << 20);
    }

    public JournalConfiguration withSegmentBytes(long bytes) {
        return new JournalConfiguration(
                bytes,
                maxEntryBytes,
                queueEntries,
                queueBytes,
                writeBufferBytes,
                historyBatchEntries,
                historyBatchBytes);
    }

    public JournalConfiguration withMaxEntryBytes(int bytes) {
        return new JournalConfiguration(
                segmentBytes,
                bytes,
                queueEntries,
                queueBytes,
                writeBufferBytes,
                historyBatchEntries,
                historyBatchBytes);
    }

    public JournalConfiguration withQueue(int entries, long bytes) {
        return new JournalConfiguration(
                segmentBytes, maxEntryBytes, entries, bytes, writeBufferBytes, historyBatchEntries, historyBatchBytes);
    }

    public JournalConfiguration withHistoryBatch(int entries, long bytes) {
        return new JournalConfiguration(
                segmentBytes, maxEntryBytes, queueEntries, queueBytes, writeBufferBytes, entries, bytes);
    }
}
