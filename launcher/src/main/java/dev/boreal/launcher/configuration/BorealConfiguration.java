package dev.boreal.launcher.configuration;

import dev.boreal.adjudicator.AdjudicatorConfiguration;
import dev.boreal.crossbar.CrossbarConfiguration;
import dev.boreal.journal.service.JournalConfiguration;
import dev.boreal.pgwire.service.PgWireConfiguration;
import dev.boreal.storage.StorageConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Everything that one process is told, read once and validated together.
 *
 * @param directory where everything durable lies
 * @param clockErrorNanos bound of the clock's error
 * @param retention how long history is kept; adjudicator and storage have the same one
 * @param pgwire how clients are met
 * @param journal the journal's settings
 * @param adjudicator the adjudicator's settings
 * @param crossbar the crossbar's settings
 * @param storage storage's settings
 * @param sessionLease of a process of a cluster: without a sign of life for so long it counts as dead
 * @param tenureLength of an adjudicator of a cluster
 */
public record BorealConfiguration(
        Path directory,
        long clockErrorNanos,
        Duration retention,
        PgWireConfiguration pgwire,
        JournalConfiguration journal,
        AdjudicatorConfiguration adjudicator,
        CrossbarConfiguration crossbar,
        StorageConfiguration storage,
        Duration sessionLease,
        Duration tenureLength) {
    private static final Duration SHORTEST = Duration.ofMillis(100);

    public BorealConfiguration {
        if (!adjudicator.retention().equals(retention) || storage.retentionNanos() != retention.toNanos()) {
            throw new IllegalArgumentException("history.retention must be one number in every room");
        }
        if (sessionLease.compareTo(SHORTEST) < 0 || tenureLength.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("session.lease and tenure.length are " + SHORTEST.toMillis()
                    + " ms at least: shorter ones end whenever a process has to wait for the machine");
        }
    }

    /**
     * Reads settings by name; what is not named has its default.
     *
     * @param texts values by the keys of {@link Setting}
     * @param heapBytes of this process, from which sizes of caches follow
     * @throws InvalidConfigurationException naming everything that is wrong
     */
    public static BorealConfiguration of(Map<String, String> texts, long heapBytes) {
        return new ConfigurationReader(texts).read(heapBytes);
    }
}
