package dev.boreal.bench.journal;

import dev.boreal.bench.journal.AppendTarget.Answer;
import dev.boreal.bench.report.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a number of entries under way: whenever one is answered the next one goes, from the thread that brought the answer. So no time
 * is lost by changing threads, for whatever is measured. Used once.
 */
public final class AppendLoad {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int LONGEST_FAILURES = 1_000_000;

    private final AppendTarget target;
    private final byte[] payload;
    private final long seconds;
    private final CountDownLatch ended;
    private final List<Histogram> series = new ArrayList<>();
    private long begin;
    private long end;
    private long lastAnswer;
    private long longestGap;
    private long longestGapAt;
    private long failed;
    private @Nullable String failure;

    /** @param inFlight how many are under way at any time */
    public AppendLoad(AppendTarget target, int inFlight, int seconds, int bytes) {
        this.target = target;
        this.seconds = seconds;
        payload = new byte[bytes];
        ended = new CountDownLatch(inFlight);
        for (int i = 0; i < seconds; i++) {
            series.add(new Histogram(3));
        }
    }

    /**
     * What came of it.
     *
     * @param seconds one after another: the latencies of what was acknowledged within it, in microseconds
     * @param longestGapNanos the longest time without any acknowledgement, and when it began, both from the begin
     * @param failed entries that were refused, or whose fate is not known
     * @param failure the first reason for that, or null
     */
    public record Outcome(
            List<Histogram> seconds,
            long longestGapNanos,
            long longestGapAtNanos,
            long failed,
            @Nullable String failure) {

        /** The seconds from one up to another as one measurement. */
        public Measurement between(int from, int to) {
            Histogram latencies = Measurement.newLatencies();
            for (Histogram second : seconds.subList(from, to)) {
                latencies.add(second);
            }
            return new Measurement((double) latencies.getTotalCount() / (to - from), latencies, failed, 0, failure);
        }

        public Measurement whole() {
            return between(0, seconds.size());
        }
    }

    /** Returns when the time is over and everything was answered. */
    public Outcome run() throws InterruptedException {
        begin = System.nanoTime();
        end = begin + seconds * NANOS_PER_SECOND;
        lastAnswer = begin;
        long slots = ended.getCount();
        for (long i = 0; i < slots; i++) {
            new Slot().go();
        }
        ended.await();
        synchronized (this) {
            return new Outcome(series, longestGap, longestGapAt, failed, failure);
        }
    }

    private synchronized void acknowledged(long sent, long now) {
        if (now - lastAnswer > longestGap) {
            longestGap = now - lastAnswer;
            longestGapAt = lastAnswer - begin;
        }
        lastAnswer = now;
        int second = (int) ((now - begin) / NANOS_PER_SECOND);
        if (second < series.size()) {
            Measurement.record(series.get(second), (now - sent) / 1_000);
        }
    }

    private synchronized boolean refused(String reason) {
        failed++;
        failure = failure == null ? reason : failure;
        return failed < LONGEST_FAILURES;
    }

    /** One of those under way. Answers that come within the call are turned into a loop, so that the stack stays short. */
    private final class Slot implements Answer {
        private static final int IDLE = 0;
        private static final int CALLING = 1;
        private static final int ANSWERED = 2;

        private int state = IDLE;
        private volatile long sent;

        void go() {
            while (true) {
                sent = System.nanoTime();
                if (sent >= end) {
                    ended.countDown();
                    return;
                }
                synchronized (this) {
                    state = CALLING;
                }
                target.append(payload, this);
                synchronized (this) {
                    if (state != ANSWERED) {
                        state = IDLE;
                        return;
                    }
                }
            }
        }

        private void next() {
            synchronized (this) {
                if (state == CALLING) {
                    state = ANSWERED;
                    return;
                }
            }
            go();
        }

        @Override
        public void onDurable() {
            acknowledged(sent, System.nanoTime());
            next();
        }

        @Override
        public void onFailed(String reason) {
            if (refused(reason)) {
                next();
            } else {
                ended.countDown();
            }
        }
    }
}
