package dev.boreal.controlplane.session;

/**
 * How long the owner of a session may take it for alive: from before it sent its last answered sign of life, by its own monotonic
 * clock, for seven eighths of the lease. The rest is for a clock that runs faster at the leader. One thread signs;
 * any may ask.
 */
public final class SessionLife {
    private final long lifeNanos;
    private volatile long signedAt;
    private volatile boolean lost;

    /** @param signedAt a moment before the request that began the session was sent */
    public SessionLife(long leaseNanos, long signedAt) {
        if (leaseNanos < 8) {
            throw new IllegalArgumentException("a lease of " + leaseNanos + " ns");
        }
        this.lifeNanos = leaseNanos - leaseNanos / 8;
        this.signedAt = signedAt;
    }

    /** A sign of life was answered that was sent behind {@code sentAt}. Does not bring back what was lost. */
    public void signed(long sentAt) {
        if (sentAt - signedAt > 0) {
            signedAt = sentAt;
        }
    }

    /** The session has ended, or must be taken for ended. */
    public void lose() {
        lost = true;
    }

    public boolean isAlive(long now) {
        return !lost && now - signedAt < lifeNanos;
    }

    /** How long it may be taken for alive without another sign; not positive if not at all. */
    public long leftNanos(long now) {
        return lost ? 0 : lifeNanos - (now - signedAt);
    }
}
