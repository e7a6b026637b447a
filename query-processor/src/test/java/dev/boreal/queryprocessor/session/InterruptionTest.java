package dev.boreal.queryprocessor.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.boreal.clock.ManualClock;
import dev.boreal.contracts.door.Adjudicator;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.transaction.Accesses;
import dev.boreal.contracts.transaction.CommitOutcome;
import dev.boreal.contracts.transaction.CommitRequest;
import dev.boreal.contracts.transaction.TransactionRecord;
import dev.boreal.contracts.transaction.WriteSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class InterruptionTest {
    private static final long SECOND = 1_000_000_000L;

    private final ManualClock clock = new ManualClock(SECOND);
    private final ManualTimer timer = new ManualTimer();
    private final Interruption interruption = new Interruption(clock, timer);

    private String refusal() {
        return catchThrowableOfType(SqlException.class, interruption::check)
                .error()
                .message();
    }

    @Test
    void letsAStatementRunThatNobodyStops() {
        interruption.limit(0);
        assertThatCode(interruption::check).doesNotThrowAnyException();
        assertThat(interruption.await(() -> {})).isTrue();
    }

    @Test
    void stopsAtARequest() {
        interruption.request();
        assertThat(refusal()).isEqualTo("canceling statement due to user request");
        interruption.reset();
        assertThatCode(interruption::check).doesNotThrowAnyException();
    }

    @Test
    void stopsAtTheDeadline() {
        interruption.limit(1_000);
        clock.advance(2 * SECOND);
        assertThat(refusal()).isEqualTo("canceling statement due to statement timeout");
    }

    @Test
    void doesNotBeginAWaitThatWasCancelledBefore() {
        interruption.request();
        assertThat(interruption.await(() -> {
                    throw new AssertionError("waited");
                }))
                .isFalse();
    }

    @Test
    void wakesWhoWaits() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        Thread canceller = Thread.ofVirtual().start(() -> {
            try {
                waiting.await();
                interruption.request();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        boolean undisturbed = interruption.await(() -> {
            waiting.countDown();
            new CountDownLatch(1).await();
        });
        assertThat(undisturbed).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        canceller.join();
    }

    @Test
    void setsAnAlarmForTheDeadlineOfAWaitAndTakesItBack() {
        interruption.limit(5_000);
        interruption.await(() -> assertThat(timer.waiting()).isEqualTo(1));
        assertThat(timer.waiting()).isZero();
    }

    /** Neither rolled back nor committed may be claimed: the request cannot be called back. */
    @Test
    void doesNotKnowTheOutcomeOfACommitThatItStoppedWaitingFor() {
        Adjudicator silent = new Adjudicator() {
            @Override
            public void commit(CommitRequest request, CommitListener listener) {
                interruption.request();
            }

            @Override
            public StageOutcome stage(long transactionId, WriteSet writes) {
                throw new UnsupportedOperationException();
            }
        };
        CommitOutcome outcome = new InterruptibleAdjudicator(silent, interruption).commit(request());
        assertThat(outcome).isInstanceOf(CommitOutcome.Indeterminate.class);
    }

    @Test
    void passesAnAnswerOn() {
        Adjudicator prompt = new Adjudicator() {
            @Override
            public void commit(CommitRequest request, CommitListener listener) {
                listener.onOutcome(new CommitOutcome.Committed(5));
            }

            @Override
            public StageOutcome stage(long transactionId, WriteSet writes) {
                throw new UnsupportedOperationException();
            }
        };
        assertThat(new InterruptibleAdjudicator(prompt, interruption).commit(request()))
                .isEqualTo(new CommitOutcome.Committed(5));
    }

    private static CommitRequest request() {
        TransactionRecord record = TransactionRecord.commit(1, "", new long[0], new WriteSet.Builder(16).build());
        return new CommitRequest(1, "", "", 1, Accesses.NONE, record, 0);
    }
}
