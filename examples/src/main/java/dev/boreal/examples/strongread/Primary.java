package dev.boreal.examples.strongread;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boreal.clock.Clock;
import dev.boreal.contracts.door.Journal;
import dev.boreal.launcher.client.EpochWriter;
import dev.boreal.launcher.client.EpochWriter.Outcome;
import dev.boreal.launcher.client.RefusedException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The region that writes. It appends {@code key=value}, and a marker without content when a replica wants to read. Any thread. */
public final class Primary {
    private static final byte[] MARKER = {};

    private final Clock clock;
    private final AtomicLong markers = new AtomicLong();
    private volatile @Nullable EpochWriter writer;

    public Primary(Journal journal, String name, Clock clock) throws RefusedException {
        this.clock = clock;
        writer = EpochWriter.open(journal, name, journal.currentEpoch(), clock, this::mark);
    }

    /** Somebody waits for an entry at or above {@code timestamp}. On a thread of the journal's: nothing here waits. */
    private void mark(long timestamp) {
        EpochWriter current = writer;
        if (current != null && current.lastTimestamp() < timestamp) {
            markers.incrementAndGet();
            var _ = current.appendAsync(MARKER, timestamp);
        }
    }

    /**
     * Writes. Returns when the write is durable and its timestamp has certainly passed everywhere, so that whoever begins to
     * read afterwards asks for a timestamp above it.
     *
     * @throws IOException if another primary took over, or it is not known whether the write is durable
     */
    public void put(String key, String value) throws IOException, InterruptedException {
        EpochWriter current = writer;
        if (current == null) {
            throw new IOException("the primary is starting");
        }
        switch (current.append((key + "=" + value).getBytes(UTF_8))) {
            case Outcome.Durable durable -> {
                for (long left = durable.timestamp() - clock.earliest();
                        left >= 0;
                        left = durable.timestamp() - clock.earliest()) {
                    TimeUnit.NANOSECONDS.sleep(left + 1);
                }
            }
            case Outcome.Refused refused -> throw new IOException("not acknowledged: " + refused.refusal());
        }
    }

    /** How many markers replicas made it append. */
    public long markers() {
        return markers.get();
    }
}
