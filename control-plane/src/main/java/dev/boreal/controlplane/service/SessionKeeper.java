package dev.boreal.controlplane.service;

import dev.boreal.contracts.cluster.ControlPlaneUnavailableException;
import dev.boreal.contracts.door.ControlPlane;
import dev.boreal.controlplane.session.SessionLife;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a session alive for as long as this process runs: a sign of life every third of the lease. Any thread may ask.
 *
 * <p>{@link #isAlive} looks at this process's monotonic clock: a process that was paused past its lease hears false before it does anything. Once
 * lost a session is lost for this keeper, whatever the register says later; it sees to its end, and begins another one if it was asked to.
 */
public final class SessionKeeper implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(SessionKeeper.class);

    /** Hears of sessions; calls come one at a time, on a virtual thread, and may block. */
    public interface SessionListener {
        /** The session has ended or must be taken for ended; comes once for each. */
        void onLost(long session);

        /** Another session began in its place. */
        default void onBegun(long session) {}
    }

    private record Held(long session, SessionLife life) {}

    private final ControlPlane controlPlane;
    private final String name;
    private final Duration lease;
    private final boolean beginsAnew;
    private final SessionListener listener;
    private final LongSupplier nanoTime;
    private final Thread keeper;
    private volatile Held held;
    private volatile boolean closed;

    private SessionKeeper(
            ControlPlane controlPlane,
            String name,
            Duration lease,
            boolean beginsAnew,
            SessionListener listener,
            LongSupplier nanoTime) {
        this.controlPlane = controlPlane;
        this.name = name;
        this.lease = lease;
        this.beginsAnew = beginsAnew;
        this.listener = listener;
        this.nanoTime = nanoTime;
        held = beginSession();
        keeper = Thread.ofVirtual().name("session " + name).unstarted(this::keep);
    }

    /**
     * Begins a session and keeps it.
     *
     * @param name what people call its owner
     * @param beginsAnew whether another one shall begin when it is lost
     * @throws ControlPlaneUnavailableException if none could be begun
     */
    public static SessionKeeper begin(
            ControlPlane controlPlane, String name, Duration lease, boolean beginsAnew, SessionListener listener) {
        return begin(controlPlane, name, lease, beginsAnew, listener, System::nanoTime);
    }

    /** With another clock than the process's: nanoseconds that do not run backwards. */
    static SessionKeeper begin(
            ControlPlane controlPlane,
            String name,
            Duration lease,
            boolean beginsAnew,
            SessionListener listener,
            LongSupplier nanoTime) {
        SessionKeeper begun = new SessionKeeper(controlPlane, name, lease, beginsAnew, listener, nanoTime);
        begun.keeper.start();
        return begun;
    }

    /** The session that is kept, or was kept last. */
    public long session() {
        return held.session();
    }

    /** Whether {@link #session} may be taken for alive at this moment. */
    public boolean isAlive() {
        return held.life().isAlive(nanoTime.getAsLong());
    }

    /** Whether {@code session} is the one that is kept, and may be taken for alive. */
    public boolean isAlive(long session) {
        Held now = held;
        return now.session() == session && now.life().isAlive(nanoTime.getAsLong());
    }

    private Held beginSession() {
        long before = nanoTime.getAsLong();
        return new Held(controlPlane.beginSession(name, lease), new SessionLife(lease.toNanos(), before));
    }

    private void keep() {
        while (!closed) {
            Held kept = held;
            Thread signer =
                    Thread.ofVirtual().name("session " + name + ", signs").start(() -> sign(kept));
            awaitLoss(kept);
            LockSupport.unpark(signer);
            if (closed) {
                return;
            }
            LOGGER.warn("session {} of {} is lost", kept.session(), name);
            tell(() -> listener.onLost(kept.session()));
            endQuietly(kept.session());
            if (!beginsAnew) {
                return;
            }
            beginAnew();
        }
    }

    /** Sends signs of life until the session is lost. */
    private void sign(Held kept) {
        long pause = lease.toNanos() / 3;
        while (!closed) {
            LockSupport.parkNanos(pause);
            long sentAt = nanoTime.getAsLong();
            if (closed || !kept.life().isAlive(sentAt)) {
                break;
            }
            try {
                if (!controlPlane.keepAlive(kept.session())) {
                    kept.life().lose();
                    break;
                }
                kept.life().signed(sentAt);
                pause = lease.toNanos() / 3;
            } catch (ControlPlaneUnavailableException e) {
                LOGGER.info("no sign of life of session {} came through: {}", kept.session(), e.getMessage());
                pause = lease.toNanos() / 20;
            }
        }
        LockSupport.unpark(keeper);
    }

    private void awaitLoss(Held kept) {
        for (long left = kept.life().leftNanos(nanoTime.getAsLong());
                left > 0 && !closed;
                left = kept.life().leftNanos(nanoTime.getAsLong())) {
            LockSupport.parkNanos(left);
        }
        if (!closed) {
            kept.life().lose();
        }
    }

    private void beginAnew() {
        while (!closed) {
            try {
                Held begun = beginSession();
                held = begun;
                if (closed) {
                    endQuietly(begun.session());
                } else {
                    tell(() -> listener.onBegun(begun.session()));
                }
                return;
            } catch (ControlPlaneUnavailableException e) {
                LOGGER.info("no session for {} yet: {}", name, e.getMessage());
                LockSupport.parkNanos(lease.toNanos() / 20);
            }
        }
    }

    private void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOGGER.error("the listener of {}'s session failed", name, e);
        }
    }

    private void endQuietly(long session) {
        try {
            controlPlane.endSession(session);
        } catch (ControlPlaneUnavailableException e) {
            LOGGER.info("session {} could not be ended, and will end by itself: {}", session, e.getMessage());
        }
    }

    /** Ends the session, so that what is bound to it vanishes at once. The listener hears nothing of it. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        held.life().lose();
        LockSupport.unpark(keeper);
        endQuietly(held.session());
    }
}
