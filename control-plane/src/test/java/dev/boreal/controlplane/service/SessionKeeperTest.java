package dev.boreal.controlplane.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.contracts.cluster.ControlPlaneUnavailableException;
import dev.boreal.contracts.cluster.RegisterEntry;
import dev.boreal.contracts.cluster.UpdateOutcome;
import dev.boreal.contracts.door.ControlPlane;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SessionKeeperTest {
    private static final Duration LEASE = Duration.ofMillis(300);
    private static final Duration LONG_LEASE = Duration.ofHours(1);

    /** A register that knows sessions only. */
    private static final class SessionRegister implements ControlPlane {
        final Set<Long> alive = ConcurrentHashMap.newKeySet();
        final LinkedBlockingQueue<Long> signs = new LinkedBlockingQueue<>();
        final LinkedBlockingQueue<Long> ends = new LinkedBlockingQueue<>();
        final AtomicLong last = new AtomicLong();
        volatile boolean away;

        private void check() {
            if (away) {
                throw new ControlPlaneUnavailableException("away");
            }
        }

        @Override
        public long beginSession(String name, Duration lease) {
            check();
            long session = last.incrementAndGet();
            alive.add(session);
            return session;
        }

        @Override
        public boolean keepAlive(long session) {
            check();
            signs.add(session);
            return alive.contains(session);
        }

        @Override
        public void endSession(long session) {
            check();
            alive.remove(session);
            ends.add(session);
        }

        @Override
        public @Nullable RegisterEntry read(String key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<RegisterEntry> list(String prefix) {
            throw new UnsupportedOperationException();
        }

        @Override
        public UpdateOutcome compareAndSet(String key, long expectedVersion, byte @Nullable [] value, long session) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Watch watch(String prefix, WatchListener listener) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Heard implements SessionKeeper.SessionListener {
        final LinkedBlockingQueue<Long> lost = new LinkedBlockingQueue<>();
        final LinkedBlockingQueue<Long> begun = new LinkedBlockingQueue<>();

        @Override
        public void onLost(long session) {
            lost.add(session);
        }

        @Override
        public void onBegun(long session) {
            begun.add(session);
        }
    }

    private final SessionRegister register = new SessionRegister();
    private final Heard heard = new Heard();

    @Test
    void signsForAsLongAsItIsKept() throws InterruptedException {
        try (SessionKeeper keeper = SessionKeeper.begin(register, "owner", LEASE, false, heard)) {
            for (int i = 0; i < 5; i++) {
                assertThat(register.signs.take()).isEqualTo(keeper.session());
            }
        }
        assertThat(register.ends.take()).isEqualTo(1);
        assertThat(heard.lost).isEmpty();
    }

    @Test
    void anOwnerThatWasPausedKnowsBeforeItActs() {
        AtomicLong time = new AtomicLong(-5);
        SessionKeeper keeper = SessionKeeper.begin(register, "owner", LONG_LEASE, false, heard, time::get);
        assertThat(keeper.isAlive()).isTrue();
        time.addAndGet(LONG_LEASE.toNanos() * 7 / 8 - 1);
        assertThat(keeper.isAlive()).isTrue();
        time.incrementAndGet();
        assertThat(keeper.isAlive()).isFalse();
        assertThat(keeper.isAlive(keeper.session())).isFalse();
        keeper.close();
    }

    @Test
    void losesASessionThatTheRegisterEnded() throws InterruptedException {
        try (SessionKeeper keeper = SessionKeeper.begin(register, "owner", LEASE, false, heard)) {
            register.alive.clear();
            assertThat(heard.lost.take()).isEqualTo(1);
            assertThat(keeper.isAlive()).isFalse();
        }
    }

    @Test
    void losesASessionWhoseSignsDoNotComeThroughAndBeginsAnew() throws InterruptedException {
        try (SessionKeeper keeper = SessionKeeper.begin(register, "owner", LEASE, true, heard)) {
            register.away = true;
            assertThat(heard.lost.take()).isEqualTo(1);
            assertThat(keeper.isAlive()).isFalse();
            register.away = false;
            assertThat(heard.begun.take()).isEqualTo(2);
            assertThat(keeper.session()).isEqualTo(2);
            assertThat(keeper.isAlive(1)).isFalse();
        }
    }

    @Test
    void endsForGoodWhatItTookForLost() throws InterruptedException {
        AtomicLong skipped = new AtomicLong();
        try (SessionKeeper keeper =
                SessionKeeper.begin(register, "owner", LEASE, false, heard, () -> System.nanoTime() + skipped.get())) {
            skipped.set(LEASE.toNanos());
            assertThat(heard.lost.take()).isEqualTo(1);
            assertThat(register.ends.take()).isEqualTo(1);
            assertThat(keeper.isAlive()).isFalse();
        }
    }

    @Test
    void doesNotBeginWithoutARegister() {
        register.away = true;
        assertThatThrownBy(() -> SessionKeeper.begin(register, "owner", LEASE, true, heard))
                .isInstanceOf(ControlPlaneUnavailableException.class);
    }
}
