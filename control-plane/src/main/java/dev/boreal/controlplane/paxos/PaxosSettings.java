package dev.boreal.controlplane.paxos;

/**
 * @param heartbeatNanos how often a leader is heard from
 * @param electionLeastNanos the shortest silence of a leader after which a member tries to lead
 * @param electionMostNanos the longest
 * @param retryNanos after which what was not answered is asked or sent again
 * @param retainedDecrees how many decided decrees are kept in memory behind a snapshot, for members that are a little behind
 * @param partBytes about how much one message carries of what is caught up
 */
public record PaxosSettings(
        long heartbeatNanos,
        long electionLeastNanos,
        long electionMostNanos,
        long retryNanos,
        int retainedDecrees,
        int partBytes) {

    public PaxosSettings {
        if (heartbeatNanos <= 0
                || electionLeastNanos <= heartbeatNanos
                || electionMostNanos < electionLeastNanos
                || electionMostNanos - electionLeastNanos > Integer.MAX_VALUE - 1
                || retryNanos <= 0) {
            throw new IllegalArgumentException("a control plane's heartbeat (" + heartbeatNanos
                    + " ns) must be shorter than its election time-out (" + electionLeastNanos + " to "
                    + electionMostNanos + " ns), which varies by at most 2 s, and all must be positive");
        }
        if (retainedDecrees < 0 || partBytes < 1) {
            throw new IllegalArgumentException("retained decrees " + retainedDecrees + ", bytes per part " + partBytes);
        }
    }

    public static PaxosSettings defaults() {
        return new PaxosSettings(100_000_000, 300_000_000, 600_000_000, 150_000_000, 1024, 256 << 10);
    }
}
