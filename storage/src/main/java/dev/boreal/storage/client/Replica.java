package dev.boreal.storage.client;

import dev.boreal.contracts.door.Storage;

/** A replica, and how it has answered lately. Any thread; what is known of its health may be a moment old. */
final class Replica {
    private static final int MOST_DOUBLINGS = 20;

    private final String name;
    private final Storage door;
    private final NearestStorageConfiguration configuration;
    private volatile boolean failing;
    private int failures; // guarded by this
    private volatile long avoidedUntil;
    private volatile String lastFailure = "";

    Replica(String name, Storage door, NearestStorageConfiguration configuration) {
        this.name = name;
        this.door = door;
        this.configuration = configuration;
    }

    String name() {
        return name;
    }

    Storage door() {
        return door;
    }

    boolean isAvoided(long now) {
        return failing && now - avoidedUntil < 0;
    }

    void answered() {
        if (failing) {
            synchronized (this) {
                failures = 0;
                failing = false;
            }
        }
    }

    synchronized void failed(long now, String reason) {
        long avoidance = configuration.firstAvoidance().toNanos() << Math.min(failures, MOST_DOUBLINGS);
        failures++;
        avoidedUntil =
                now + Math.min(avoidance, configuration.longestAvoidance().toNanos());
        lastFailure = reason;
        failing = true;
    }

    synchronized ReplicaStatus status(long now) {
        return new ReplicaStatus(name, isAvoided(now), failures, lastFailure);
    }
}
