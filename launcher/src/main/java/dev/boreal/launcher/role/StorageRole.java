package dev.boreal.launcher.role;

import dev.boreal.contracts.cluster.Role;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.read.ReadRefused;
import dev.boreal.crossbar.client.FeedStatus;
import dev.boreal.crossbar.client.SteadyCrossbar;
import dev.boreal.crossbar.client.SteadyCrossbarConfiguration;
import dev.boreal.launcher.client.Doors;
import dev.boreal.launcher.disk.StatusFile.Status;
import dev.boreal.storage.service.RenewingStorage;
import dev.boreal.transport.crossbar.CrossbarClient;
import dev.boreal.transport.storage.StorageClient;
import dev.boreal.transport.storage.StorageDoor;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * A storage replica, fed by the nearest crossbar that works and built anew from another replica's copy when it must be, and
 * the publisher of what it has on disk.
 */
final class StorageRole implements Room {
    private final Doors<CrossbarClient> doors;
    private final SteadyCrossbar crossbar;
    private final Doors<StorageClient> peers;
    private final RenewingStorage storage;
    private final PositionPublisher publisher;

    StorageRole(Surroundings around) throws IOException {
        doors = new Doors<>(
                around.roster(),
                Role.CROSSBAR,
                around.self().zone(),
                (member, address) -> new CrossbarClient(around.transport(), member, address));
        crossbar = new SteadyCrossbar(new LinkedHashMap<>(), SteadyCrossbarConfiguration.defaults(), around.timer());
        doors.handTo(crossbar::crossbars);
        peers = new Doors<>(
                around.roster(),
                Role.STORAGE,
                around.self().zone(),
                (member, address) -> new StorageClient(around.transport(), member, address));
        String self = around.self().name();
        storage = RenewingStorage.open(
                around.directory().sub("rows"),
                around.settings().storage(),
                KeyRange.ALL,
                crossbar,
                () -> others(self));
        publisher = new PositionPublisher(around.controlPlane(), around.self().name(), storage);
        around.server().serve(new StorageDoor(storage, around.transport().settings()));
    }

    /** Doors are opened when a copy is needed, and not before. */
    private SequencedMap<String, StorageClient> others(String self) {
        SequencedMap<String, StorageClient> others = peers.nearestFirst();
        others.remove(self);
        return others;
    }

    @Override
    public Status status(long nowMillis) {
        String failure = storage.failure();
        String renewal = storage.renewal();
        StringBuilder note = new StringBuilder(renewal == null ? "" : renewal + "; ");
        for (FeedStatus feed : crossbar.status()) {
            note.append(feed.crossbar().isEmpty() ? "looks for a crossbar" : "fed by " + feed.crossbar())
                    .append(feed.breaks() == 0 ? "" : ", breaks: " + feed.breaks());
        }
        return Status.of(
                        failure == null,
                        nowMillis,
                        -1,
                        persisted(),
                        failure == null ? note.toString() : "failed: " + failure)
                .withWatermark(storage.watermark());
    }

    private long persisted() {
        try {
            return storage.persistedPositions().position(0);
        } catch (ReadRefused e) {
            return -1;
        }
    }

    @Override
    public void close() {
        publisher.close();
        storage.close();
        peers.close();
        crossbar.close();
        doors.close();
    }
}
