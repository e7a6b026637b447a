package dev.boreal.launcher.role;

import dev.boreal.contracts.cluster.ControlPlaneUnavailableException;
import dev.boreal.contracts.cluster.Member;
import dev.boreal.contracts.cluster.RegisterEntry;
import dev.boreal.contracts.cluster.UpdateOutcome;
import dev.boreal.contracts.door.ControlPlane;
import dev.boreal.controlplane.service.SessionKeeper;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@code members/NAME} in the register: bound to a session that is kept alive, written again with the next session
 * when one is lost. One thread of its own waits for the control plane; nobody else does.
 */
final class Registration implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Registration.class);
    private static final long PAUSE_MILLIS = 200;

    private final ControlPlane controlPlane;
    private final Member self;
    private final Duration lease;
    private final CountDownLatch written = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable SessionKeeper keeper;
    private volatile boolean closed;

    Registration(ControlPlane controlPlane, Member self, Duration lease) {
        this.controlPlane = controlPlane;
        this.self = self;
        this.lease = lease;
        thread = Thread.ofVirtual().name("registration").start(this::begin);
    }

    /** Whether the register has named this process since it was started. */
    boolean isWritten() {
        return written.getCount() == 0;
    }

    /** Whether its session may be taken for alive now. */
    boolean isAlive() {
        SessionKeeper kept = keeper;
        return kept != null && kept.isAlive();
    }

    private void begin() {
        while (!closed) {
            try {
                SessionKeeper kept = SessionKeeper.begin(controlPlane, self.name(), lease, true, new Sessions());
                keeper = kept;
                write(kept.session());
                return;
            } catch (ControlPlaneUnavailableException e) {
                LOG.info("The control plane is not there yet: {}", e.getMessage());
                pause();
            }
        }
    }

    private final class Sessions implements SessionKeeper.SessionListener {
        @Override
        public void onLost(long session) {
            LOG.warn("The session is lost: the others take {} for dead until it is registered again", self.name());
        }

        @Override
        public void onBegun(long session) {
            write(session);
        }
    }

    /** Writes until it stands there, or the session has ended, whose successor writes again. */
    private void write(long session) {
        while (!closed) {
            try {
                RegisterEntry current = controlPlane.read(Member.key(self.name()));
                long version = current == null ? 0 : current.version();
                if (current != null && current.session() == session) {
                    written.countDown();
                    return;
                }
                UpdateOutcome outcome =
                        controlPlane.compareAndSet(Member.key(self.name()), version, self.encode(), session);
                if (outcome instanceof UpdateOutcome.Updated) {
                    LOG.info("Registered as {} with session {}", self.name(), session);
                    written.countDown();
                    return;
                }
                if (outcome instanceof UpdateOutcome.SessionEnded) {
                    return;
                }
            } catch (ControlPlaneUnavailableException e) {
                LOG.info("Cannot register now: {}", e.getMessage());
            }
            pause();
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        SessionKeeper kept = keeper;
        if (kept != null) {
            kept.close();
        }
    }
}
