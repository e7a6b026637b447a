package dev.boreal.launcher.role;

import dev.boreal.contracts.cluster.ControlPlaneUnavailableException;
import dev.boreal.contracts.cluster.RegisterEntry;
import dev.boreal.contracts.cluster.ReplicaPositions;
import dev.boreal.contracts.door.ControlPlane;
import dev.boreal.contracts.door.Storage;
import dev.boreal.contracts.read.ReadRefused;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the register every few seconds what a storage replica has on disk, when that has changed. */
final class PositionPublisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PositionPublisher.class);
    private static final long PERIOD_MILLIS = 3_000;
    /** After which what has not changed is told all the same: a replica that was thought to be away was forgotten. */
    private static final int QUIET_ROUNDS = 20;

    private final ControlPlane controlPlane;
    private final String replica;
    private final Storage storage;
    private final Thread thread;
    private @Nullable ReplicaPositions told;
    private int quiet;
    private volatile boolean closed;

    PositionPublisher(ControlPlane controlPlane, String replica, Storage storage) {
        this.controlPlane = controlPlane;
        this.replica = replica;
        this.storage = storage;
        thread = Thread.ofVirtual().name("positions").start(this::run);
    }

    private void run() {
        while (!closed) {
            try {
                publish(new ReplicaPositions(storage.persistedPositions()));
            } catch (ControlPlaneUnavailableException | ReadRefused e) {
                LOG.debug("positions are not published now", e);
            }
            try {
                Thread.sleep(PERIOD_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void publish(ReplicaPositions positions) {
        if (positions.equals(told) && ++quiet < QUIET_ROUNDS) {
            return;
        }
        quiet = 0;
        String key = ReplicaPositions.key(replica);
        RegisterEntry current = controlPlane.read(key);
        controlPlane.compareAndSet(key, current == null ? 0 : current.version(), positions.encode(), 0);
        RegisterEntry written = controlPlane.read(key);
        told = written == null ? null : ReplicaPositions.decode(written.value());
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
