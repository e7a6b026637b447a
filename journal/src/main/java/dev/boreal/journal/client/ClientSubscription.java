package dev.boreal.journal.client;

import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.door.Journal.EntrySubscriber;
import dev.boreal.contracts.door.Journal.EntrySubscription;
import dev.boreal.contracts.journal.PositionedEntry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream that goes on at another replica when the one it comes from ends it. It ends for good when a whole round of replicas gave
 * nothing, for some time, or when all of them say that what comes next was trimmed.
 *
 * <p>The monitor guards the fields; calls to the subscriber are made by the stream of the current replica only, and a replica's stream makes
 * one call at a time. A stream that was left may still be within a call when the next begins: so calls are made under {@code turn}.
 */
final class ClientSubscription implements EntrySubscription {
    private static final Logger LOG = LoggerFactory.getLogger(ClientSubscription.class);

    private final Doors doors;
    private final ClientConfiguration configuration;
    private final EntrySubscriber subscriber;
    private final Consumer<ClientSubscription> ended;
    private final Object turn = new Object();
    private @Nullable EntrySubscription current;
    private @Nullable String place;
    private long number;
    private long position;
    private long watermark;
    private long credit;
    private long heardAt = System.nanoTime();
    private long failingSince;
    private int trimmedInARow;
    private boolean over;
    /** The subscriber works on what it was told: it is not the replica that is slow. */
    private boolean telling;

    ClientSubscription(
            Doors doors,
            ClientConfiguration configuration,
            EntrySubscriber subscriber,
            long afterPosition,
            Consumer<ClientSubscription> ended) {
        this.doors = doors;
        this.configuration = configuration;
        this.subscriber = subscriber;
        this.ended = ended;
        position = afterPosition;
    }

    void begin() {
        Thread.ofVirtual().name("journal-subscription").start(() -> goOn(null, 0));
    }

    /** One replica's stream. */
    private final class Stream implements EntrySubscriber {
        private final long mine;

        Stream(long mine) {
            this.mine = mine;
        }

        @Override
        public long patienceNanos() {
            return subscriber.patienceNanos();
        }

        @Override
        public boolean isFull() {
            return subscriber.isFull();
        }

        @Override
        public void onEntries(List<PositionedEntry> entries) {
            synchronized (turn) {
                synchronized (ClientSubscription.this) {
                    if (mine != number || over) {
                        return;
                    }
                    heard();
                    telling = true;
                    position = entries.getLast().position();
                    if (credit != Long.MAX_VALUE) {
                        credit -= entries.size();
                    }
                }
                tell(() -> subscriber.onEntries(entries));
            }
        }

        @Override
        public void onWatermark(long timestamp) {
            synchronized (turn) {
                synchronized (ClientSubscription.this) {
                    if (mine != number || over) {
                        return;
                    }
                    heard();
                    if (timestamp <= watermark) {
                        return;
                    }
                    watermark = timestamp;
                    telling = true;
                }
                tell(() -> subscriber.onWatermark(timestamp));
            }
        }

        @Override
        public void onClosed(String reason) {
            Thread.ofVirtual().name("journal-subscription").start(() -> goOn(reason, mine));
        }
    }

    private void heard() {
        heardAt = System.nanoTime();
        failingSince = 0;
        trimmedInARow = 0;
    }

    private void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            LOG.error("a journal subscriber failed behind position {}; its stream is closed", position, e);
            end("the subscriber failed: " + e);
        } finally {
            synchronized (this) {
                telling = false;
                heardAt = System.nanoTime();
            }
        }
    }

    /**
     * Subscribes at the next replica.
     *
     * @param reason why the stream before ended; null if there was none, or it was left
     */
    private void goOn(@Nullable String reason, long ofStream) {
        String why = reason;
        while (true) {
            long mine;
            long from;
            String last;
            synchronized (this) {
                if (over || ofStream != number && why != null) {
                    return;
                }
                mine = ++number;
                ofStream = mine;
                from = position;
                last = place;
                current = null;
                if (why != null && isHopeless(why)) {
                    break;
                }
            }
            if (why != null) {
                pause();
            }
            why = subscribeAt(next(last, why == null && last == null), from, mine);
            if (why == null) {
                return;
            }
        }
        end(String.valueOf(why));
    }

    /** With the monitor held. */
    private boolean isHopeless(String why) {
        long now = System.nanoTime();
        failingSince = failingSince == 0 ? now : failingSince;
        trimmedInARow = why.contains("trimmed") ? trimmedInARow + 1 : 0;
        return trimmedInARow >= Math.max(1, doors.order(null).size())
                || now - failingSince > TimeUnit.MILLISECONDS.toNanos(configuration.timeoutMillis());
    }

    private String next(@Nullable String last, boolean first) {
        List<String> names = doors.order(null);
        int index = first || last == null ? 0 : (names.indexOf(last) + 1) % Math.max(1, names.size());
        return names.isEmpty() ? "" : names.get(index);
    }

    /** Null if a stream began, or why not. */
    private @Nullable String subscribeAt(String name, long from, long mine) {
        synchronized (this) {
            place = name;
        }
        Journal door = doors.door(name);
        if (door == null) {
            return "no replica of the journal can be reached";
        }
        EntrySubscription begun;
        try {
            begun = door.subscribe(from, new Stream(mine));
        } catch (RuntimeException e) {
            return e.toString();
        }
        long wanted;
        synchronized (this) {
            if (over || mine != number) {
                wanted = -1;
            } else {
                current = begun;
                heardAt = System.nanoTime();
                wanted = credit;
            }
        }
        if (wanted < 0) {
            begun.close();
        } else if (wanted > 0) {
            begun.request(wanted);
        }
        return null;
    }

    private void pause() {
        try {
            Thread.sleep(configuration.retryMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it has heard nothing for so long, while somebody waits for a watermark that it has not told. */
    synchronized boolean isSilentBelow(long wanted, long now, long nanos) {
        return watermark < wanted && isSilent(now, nanos);
    }

    /** Whether it has heard nothing for so long, though it lacks entries up to {@code end} and may take some. */
    synchronized boolean isSilentBehind(long end, long now, long nanos) {
        return position < end && credit > 0 && isSilent(now, nanos);
    }

    private boolean isSilent(long now, long nanos) {
        return !over && current != null && !telling && now - heardAt > nanos;
    }

    /** Leaves a replica that is silent. */
    void moveOn() {
        EntrySubscription left;
        synchronized (this) {
            left = current;
            current = null;
            heardAt = System.nanoTime();
            number++;
        }
        if (left != null) {
            left.close();
        }
        Thread.ofVirtual().name("journal-subscription").start(() -> goOn(null, 0));
    }

    @Override
    public void request(long entries) {
        if (entries < 0) {
            throw new IllegalArgumentException("credit of " + entries + " entries");
        }
        EntrySubscription asked;
        synchronized (this) {
            credit = credit + entries < 0 ? Long.MAX_VALUE : credit + entries;
            asked = current;
        }
        if (asked != null) {
            asked.request(entries);
        }
    }

    @Override
    public void close() {
        EntrySubscription left = finish();
        if (left != null) {
            left.close();
        }
    }

    private synchronized @Nullable EntrySubscription finish() {
        over = true;
        EntrySubscription left = current;
        current = null;
        ended.accept(this);
        return left;
    }

    /** Ends it and says why. */
    void end(String reason) {
        synchronized (turn) {
            synchronized (this) {
                if (over) {
                    return;
                }
            }
            EntrySubscription left = finish();
            if (left != null) {
                left.close();
            }
            try {
                subscriber.onClosed(reason);
            } catch (RuntimeException e) {
                LOG.error("a journal subscriber failed to hear that its stream is over: {}", reason, e);
            }
        }
    }
}
