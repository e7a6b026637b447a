package dev.boreal.launcher.role;

import dev.boreal.adjudicator.client.AdjudicatorClientConfiguration;
import dev.boreal.adjudicator.client.AdjudicatorClientStatus;
import dev.boreal.contracts.cluster.Role;
import dev.boreal.launcher.client.Doors;
import dev.boreal.launcher.disk.StatusFile.Status;
import dev.boreal.pgwire.service.PgWireServer;
import dev.boreal.queryprocessor.session.Database;
import dev.boreal.queryprocessor.session.DatabaseConfiguration;
import dev.boreal.storage.client.NearestStorage;
import dev.boreal.storage.client.NearestStorageConfiguration;
import dev.boreal.storage.client.ReplicaStatus;
import dev.boreal.storage.service.InterruptingLimit;
import dev.boreal.transport.adjudicator.AdjudicatorClient;
import dev.boreal.transport.storage.StorageClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** A query processor: commits with whichever adjudicator decides, reads from the nearest storage replica that answers. */
final class QueryProcessorRoom implements Room {
    private static final int PARTS_OF_HEAP = 8;
    private static final long LEAST_TRANSACTION_MEMORY = 8L << 20;
    private static final long MOST_TRANSACTION_MEMORY = 64L << 20;

    private final Doors<AdjudicatorClient> adjudicators;
    private final Doors<StorageClient> replicas;
    private final dev.boreal.adjudicator.client.AdjudicatorClient adjudicator;
    private final NearestStorage storage;
    private final Database database;
    private final PgWireServer server;

    QueryProcessorRoom(Surroundings around) throws IOException, InterruptedException {
        String zone = around.self().zone();
        adjudicators = new Doors<>(
                around.roster(),
                Role.ADJUDICATOR,
                zone,
                (member, address) -> new AdjudicatorClient(around.transport(), member, address));
        replicas = new Doors<>(
                around.roster(),
                Role.STORAGE,
                zone,
                (member, address) -> new StorageClient(around.transport(), member, address));
        adjudicator = new dev.boreal.adjudicator.client.AdjudicatorClient(
                Map.of(), AdjudicatorClientConfiguration.defaults(), around.timer());
        adjudicators.handTo(adjudicator::candidates);
        storage = new NearestStorage(
                new LinkedHashMap<>(),
                NearestStorageConfiguration.defaults()
                        .withTimeout(
                                Duration.ofNanos(around.settings().storage().readTimeoutNanos())),
                new InterruptingLimit(around.timer()));
        replicas.handTo(storage::replicas);
        int number = ProcessorNumber.of(around.self().name(), around.controlPlane());
        long memory = Math.clamp(
                Runtime.getRuntime().maxMemory() / PARTS_OF_HEAP, LEAST_TRANSACTION_MEMORY, MOST_TRANSACTION_MEMORY);
        database = new Database(
                DatabaseConfiguration.inDirectory(empty(around.directory().sub("spill")))
                        .withProcessor(number, zone)
                        .withTransactionMemory(memory),
                storage,
                adjudicator,
                around.clock());
        server = PgWireServer.start(around.settings().pgwire(), database);
    }

    private static Path empty(Path spill) throws IOException {
        try (Stream<Path> left = Files.list(spill)) {
            for (Path file : left.toList()) {
                Files.delete(file);
            }
        }
        return spill;
    }

    @Override
    public Status status(long nowMillis) {
        AdjudicatorClientStatus asks = adjudicator.status();
        StringBuilder note = new StringBuilder(
                asks.leader().isEmpty() ? "knows no adjudicator yet" : "commits with " + asks.leader());
        for (ReplicaStatus replica : storage.status()) {
            if (!replica.avoided()) {
                note.append(", reads from ").append(replica.name());
                break;
            }
        }
        return Status.of(true, nowMillis, asks.epoch() == 0 ? -1 : asks.epoch(), -1, note.toString());
    }

    @Override
    public void close() {
        server.close();
        database.close();
        adjudicator.close();
        adjudicators.close();
        replicas.close();
    }
}
