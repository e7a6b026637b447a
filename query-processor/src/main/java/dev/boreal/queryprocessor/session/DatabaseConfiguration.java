package dev.boreal.queryprocessor.session;

import java.nio.file.Path;

/**
 * What a query processor is told.
 *
 * @param processorId 0 to 4095, unique in the cluster: part of every transaction id
 * @param region the region's name, or empty
 * @param transactionMemoryBytes how much a transaction's writes may take on the heap before they spill
 * @param spillDirectory for what does not fit on the heap; temporary files only
 * @param maxSessions more are refused with 53300
 * @param maxStatementRetries how often a single statement that conflicts is run again
 * @param cachedPlans how many plans are kept
 */
public record DatabaseConfiguration(
        int processorId,
        String region,
        long transactionMemoryBytes,
        Path spillDirectory,
        int maxSessions,
        int maxStatementRetries,
        int cachedPlans) {
    public DatabaseConfiguration {
        if (processorId < 0 || processorId > 4095) {
            throw new IllegalArgumentException("processor id " + processorId + " is not between 0 and 4095");
        }
        if (transactionMemoryBytes < 1 << 16) {
            throw new IllegalArgumentException(
                    "transaction memory of " + transactionMemoryBytes + " bytes is under 64 KiB");
        }
        if (maxSessions < 1 || maxStatementRetries < 0 || cachedPlans < 1) {
            throw new IllegalArgumentException("sessions, retries and cached plans are counts");
        }
    }

    /** Defaults for one process. */
    public static DatabaseConfiguration inDirectory(Path spillDirectory) {
        return new DatabaseConfiguration(0, "", 64L << 20, spillDirectory, 10_000, 100, 5_000);
    }

    /** As one of several query processors. */
    public DatabaseConfiguration withProcessor(int id, String regionName) {
        return new DatabaseConfiguration(
                id, regionName, transactionMemoryBytes, spillDirectory, maxSessions, maxStatementRetries, cachedPlans);
    }

    /** With a smaller or larger buffer for the writes of one transaction. */
    public DatabaseConfiguration withTransactionMemory(long bytes) {
        return new DatabaseConfiguration(
                processorId, region, bytes, spillDirectory, maxSessions, maxStatementRetries, cachedPlans);
    }
}
