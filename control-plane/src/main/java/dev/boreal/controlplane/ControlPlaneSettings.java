package dev.boreal.controlplane;

import dev.boreal.controlplane.paxos.PaxosSettings;

/**
 * @param requestNanos after which a request that has no answer is answered as unavailable
 * @param snapshotDecrees after how many decrees the log is replaced by a snapshot
 */
public record ControlPlaneSettings(PaxosSettings paxos, long requestNanos, int snapshotDecrees) {
    public ControlPlaneSettings {
        if (requestNanos <= 0 || snapshotDecrees < 1) {
            throw new IllegalArgumentException("a control plane's request time-out (" + requestNanos
                    + " ns) and decrees per snapshot (" + snapshotDecrees + ") must be positive");
        }
    }

    public static ControlPlaneSettings defaults() {
        return new ControlPlaneSettings(PaxosSettings.defaults(), 4_000_000_000L, 4096);
    }
}
