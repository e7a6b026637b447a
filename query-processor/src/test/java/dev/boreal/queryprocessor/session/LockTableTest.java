package dev.boreal.queryprocessor.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.clock.ManualClock;
import dev.boreal.contracts.sql.SqlError;
import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.function.AdvisoryLocks;
import dev.boreal.queryprocessor.transaction.BufferedTransaction;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Advisory locks among query processors, some of which die or stand still. Time is the test's own. */
@Timeout(60)
class LockTableTest {
    private static final long SECOND = 1_000_000_000L;
    private static final AdvisoryLocks.Key KEY = new AdvisoryLocks.Key(7, false);

    @TempDir
    Path spill;

    private final ManualClock clock = new ManualClock(1_000 * SECOND);
    private final KeptRows rows = new KeptRows(clock);
    private final AtomicLong transactionIds = new AtomicLong();

    /** A query processor, as far as locks go, with one session. */
    private final class Processor implements LockTable.Holder {
        final ManualTimer timer = new ManualTimer();
        final CompletableFuture<SqlError> terminated = new CompletableFuture<>();
        final LockTable locks;

        Processor(int number) {
            locks = new LockTable(new SmallTransactions(LockTableTest.this::begin, rows), clock, timer, number);
        }

        boolean take() {
            return locks.take(KEY, this);
        }

        /** Lets time go by in which this one works, its renewals included. */
        void live(long seconds) throws InterruptedException {
            for (long second = 0; second < seconds; second++) {
                clock.advance(SECOND);
                timer.pass(SECOND);
                while (timer.waiting() == 0 && !locks.held().isEmpty()) {
                    Thread.sleep(1);
                }
            }
        }

        @Override
        public int processId() {
            return 1;
        }

        @Override
        public void terminate(SqlError reason) {
            terminated.complete(reason);
        }
    }

    private BufferedTransaction begin() {
        CatalogSnapshot catalog = new CatalogSnapshot(1, List.of(), List.of(), List.of());
        return new BufferedTransaction(
                transactionIds.incrementAndGet(), clock.latest(), false, false, catalog, rows, 1 << 20, spill);
    }

    @Test
    void keepsALockForAsLongAsItsQueryProcessorLives() throws Exception {
        Processor holder = new Processor(1);
        Processor other = new Processor(2);
        assertThat(holder.take()).isTrue();
        holder.live(120);
        assertThat(other.take()).isFalse();
        assertThat(holder.terminated).isNotDone();
        holder.locks.giveBack(KEY, holder);
        assertThat(other.take()).isTrue();
    }

    @Test
    void givesTheLockOfAQueryProcessorThatDiedToAnotherWhenItsLeaseHasRunOut() throws Exception {
        Processor died = new Processor(1);
        Processor other = new Processor(2);
        assertThat(died.take()).isTrue();
        other.live(14);
        assertThat(other.take()).isFalse();
        other.live(2);
        assertThat(other.take()).isTrue();
        assertThat(other.locks.held()).hasSize(1);
    }

    @Test
    void givesTheLockOfADeadQueryProcessorToOneThatTookItsPlace() throws Exception {
        Processor died = new Processor(1);
        assertThat(died.take()).isTrue();
        Processor startedAgain = new Processor(3);
        assertThat(startedAgain.take()).isFalse();
        startedAgain.live(16);
        assertThat(startedAgain.take()).isTrue();
    }

    @Test
    void endsTheSessionThatLostItsLockWhileItsQueryProcessorStoodStill() throws Exception {
        Processor still = new Processor(1);
        Processor other = new Processor(2);
        assertThat(still.take()).isTrue();
        clock.advance(16 * SECOND);
        assertThat(other.take()).isTrue();
        still.timer.pass(16 * SECOND);
        SqlError reason = still.terminated.get(30, TimeUnit.SECONDS);
        assertThat(reason.sqlState()).isEqualTo("57P01");
        assertThat(reason.severity()).isEqualTo(SqlError.Severity.FATAL);
        assertThat(still.locks.held()).isEmpty();
        other.live(60);
        assertThat(still.take()).isFalse();
    }

    @Test
    void takesNoLockFromAnotherThatItGivesBackTooLate() {
        Processor still = new Processor(1);
        Processor other = new Processor(2);
        assertThat(still.take()).isTrue();
        clock.advance(16 * SECOND);
        assertThat(other.take()).isTrue();
        still.locks.giveBack(KEY, still);
        assertThat(new Processor(3).take()).isFalse();
    }
}
