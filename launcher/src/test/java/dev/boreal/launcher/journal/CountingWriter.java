package dev.boreal.launcher.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boreal.clock.SystemClock;
import dev.boreal.contracts.door.Journal;
import dev.boreal.launcher.client.EpochWriter;
import dev.boreal.launcher.client.EpochWriter.Outcome;
import dev.boreal.launcher.client.RefusedException;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Appends 1, 2, 3 ... one after another, and keeps what was acknowledged. What is refused it leaves out. */
final class CountingWriter implements Runnable {
    private final Journal journal;
    private final ConcurrentSkipListMap<Long, String> acknowledged = new ConcurrentSkipListMap<>();
    private final Thread thread = Thread.ofVirtual().name("counting-writer").unstarted(this);
    private volatile boolean stopping;
    private volatile long longestGapNanos;

    CountingWriter(Journal journal) {
        this.journal = journal;
    }

    void start() {
        thread.start();
    }

    void stop() throws InterruptedException {
        stopping = true;
        thread.join();
    }

    /** Acknowledged entries by position. */
    SortedMap<Long, String> acknowledged() {
        return acknowledged;
    }

    /** The longest time between two acknowledgements since this was asked last. */
    long longestGapNanos() {
        long longest = longestGapNanos;
        longestGapNanos = 0;
        return longest;
    }

    @Override
    public void run() {
        EpochWriter writer = null;
        long last = System.nanoTime();
        for (int i = 1; !stopping; i++) {
            writer = writer == null ? open() : writer;
            String text = Integer.toString(i);
            if (writer == null) {
                continue;
            }
            if (writer.append(text.getBytes(UTF_8)) instanceof Outcome.Durable durable) {
                acknowledged.put(durable.position(), text);
                long now = System.nanoTime();
                longestGapNanos = Math.max(longestGapNanos, now - last);
                last = now;
            } else {
                writer = null;
            }
        }
    }

    private @Nullable EpochWriter open() {
        try {
            return EpochWriter.open(journal, "counting-writer", new SystemClock(0));
        } catch (RefusedException nobodyLeads) {
            return null;
        }
    }
}
