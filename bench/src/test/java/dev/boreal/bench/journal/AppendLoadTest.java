package dev.boreal.bench.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class AppendLoadTest {
    private static final int IN_FLIGHT = 7;

    /** Answers when told to, or at once. */
    private static final class Target implements AppendTarget {
        private final Deque<Answer> waiting = new ArrayDeque<>();
        private final boolean atOnce;
        private final boolean fails;
        private int most;
        private long taken;

        Target(boolean atOnce, boolean fails) {
            this.atOnce = atOnce;
            this.fails = fails;
        }

        @Override
        public String name() {
            return "target";
        }

        @Override
        public void append(byte[] payload, Answer answer) {
            assertThat(payload).hasSize(200);
            synchronized (this) {
                taken++;
                waiting.add(answer);
                most = Math.max(most, waiting.size());
            }
            if (atOnce) {
                answerOne();
            }
        }

        boolean answerOne() {
            Answer answer;
            synchronized (this) {
                answer = waiting.poll();
            }
            if (answer != null && fails) {
                answer.onFailed("no");
            } else if (answer != null) {
                answer.onDurable();
            }
            return answer != null;
        }

        @Override
        public void close() {}
    }

    @Test
    void asManyAreUnderWayAsWasAskedFor() throws Exception {
        Target target = new Target(false, false);
        Thread answering = Thread.ofPlatform().start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                if (!target.answerOne()) {
                    Thread.onSpinWait();
                }
            }
        });
        AppendLoad.Outcome outcome = new AppendLoad(target, IN_FLIGHT, 1, 200).run();
        answering.interrupt();
        answering.join();
        assertThat(target.most).isBetween(IN_FLIGHT - 1, IN_FLIGHT);
        assertThat(target.waiting).isEmpty();
        assertThat(outcome.failed()).isZero();
        assertThat(outcome.whole().latencies().getTotalCount()).isBetween(1L, target.taken);
    }

    @Test
    void answersWithinTheCallDoNotPileUp() throws Exception {
        Target target = new Target(true, false);
        AppendLoad.Outcome outcome = new AppendLoad(target, 1, 1, 200).run();
        assertThat(target.taken).isGreaterThan(1_000);
        assertThat(outcome.longestGapNanos()).isPositive();
    }

    @Test
    void countsNothingThatWasNotAcknowledged() throws Exception {
        Target target = new Target(true, true);
        AppendLoad.Outcome outcome = new AppendLoad(target, 1, 1, 200).run();
        assertThat(outcome.failed()).isEqualTo(target.taken);
        assertThat(outcome.failure()).isEqualTo("no");
        assertThat(outcome.whole().perSecond()).isZero();
    }
}
