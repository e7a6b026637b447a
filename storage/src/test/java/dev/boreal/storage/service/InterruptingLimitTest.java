package dev.boreal.storage.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.boreal.clock.SystemTimer;
import dev.boreal.contracts.read.ReadRefused;
import dev.boreal.contracts.read.ReadRefused.Reason;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InterruptingLimitTest {
    private static final long LONG = 600_000_000_000L;

    private final SystemTimer timer = new SystemTimer("test-timer");
    private final InterruptingLimit limit = new InterruptingLimit(timer);

    @AfterEach
    void close() {
        timer.close();
    }

    /** Waits as the door's reads do. */
    private static String hang() {
        while (!Thread.interrupted()) {
            LockSupport.park();
        }
        throw Refusal.interrupted();
    }

    @Test
    void aReadThatHangsIsGivenUpAndTheThreadGoesOn() {
        ReadRefused refused =
                catchThrowableOfType(ReadRefused.class, () -> limit.call(1_000_000, InterruptingLimitTest::hang));
        assertThat(refused.reason()).isEqualTo(Reason.TIMED_OUT);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(limit.<String>call(LONG, () -> "answer")).isEqualTo("answer");
    }

    @Test
    void anInterruptFromElsewhereIsPassedOn() {
        Thread.currentThread().interrupt();
        ReadRefused refused =
                catchThrowableOfType(ReadRefused.class, () -> limit.call(LONG, InterruptingLimitTest::hang));
        assertThat(refused.reason()).isEqualTo(Reason.INTERRUPTED);
        Thread.currentThread().interrupt();
        assertThat(limit.<String>call(LONG, () -> "answer")).isEqualTo("answer");
        assertThat(Thread.interrupted()).isTrue();
        Thread.currentThread().interrupt();
        assertThat(catchThrowableOfType(ReadRefused.class, () -> limit.pause(LONG))
                        .reason())
                .isEqualTo(Reason.INTERRUPTED);
    }

    @Test
    void anAlarmThatComesTooLateIsTakenBack() {
        String answer = limit.call(1, () -> {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            return "answer";
        });
        assertThat(answer).isEqualTo("answer");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
