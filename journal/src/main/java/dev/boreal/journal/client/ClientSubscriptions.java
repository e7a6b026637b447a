package dev.boreal.journal.client;

import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.door.Journal.EntrySubscriber;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams of one client. Each comes from one replica, and goes on at another when that one breaks off; or when it
 * <i>lags</i>: when nothing was heard from it for a stall, although the client knows that there is more to hear. Without that a reader
 * whose replica is cut off from the others would wait for ever for an end, or a watermark, that those told. Any thread.
 */
final class ClientSubscriptions {
    private static final Logger LOG = LoggerFactory.getLogger(ClientSubscriptions.class);

    private final Doors doors;
    private final ClientConfiguration configuration;
    private final KnownEnd knownEnd;
    private final Set<ClientSubscription> subscriptions = ConcurrentHashMap.newKeySet();
    private volatile long wanted;
    private volatile long wantedSince;
    private volatile boolean closed;

    ClientSubscriptions(Doors doors, ClientConfiguration configuration, KnownEnd knownEnd) {
        this.doors = doors;
        this.configuration = configuration;
        this.knownEnd = knownEnd;
    }

    ClientSubscription begin(long afterPosition, EntrySubscriber subscriber) {
        ClientSubscription subscription =
                new ClientSubscription(doors, configuration, subscriber, afterPosition, subscriptions::remove);
        subscriptions.add(subscription);
        if (closed) {
            subscription.end(ReplicatedJournalClient.CLOSED);
        } else {
            subscription.begin();
        }
        return subscription;
    }

    /** @param leader who is thought to lead, and so asked first */
    void requestAdvance(long timestamp, @Nullable String leader) {
        if (timestamp > wanted) {
            wanted = timestamp;
            wantedSince = System.nanoTime();
        }
        for (String name : doors.order(leader)) {
            Journal door = doors.door(name);
            if (door != null) {
                door.requestAdvance(timestamp);
                return;
            }
        }
    }

    /** To be called now and then: leaves replicas that lag. */
    void watch(long now) {
        long stall = TimeUnit.MILLISECONDS.toNanos(configuration.stallMillis());
        boolean isWaitedFor = now - wantedSince > stall;
        long end = knownEnd.position();
        boolean missed = false;
        for (ClientSubscription subscription : subscriptions) {
            if (isWaitedFor && subscription.isSilentBelow(wanted, now, stall)) {
                missed = true;
                subscription.moveOn();
            } else if (subscription.isSilentBehind(end, now, stall)) {
                subscription.moveOn();
            }
        }
        if (missed) {
            askEverybody();
        }
    }

    /** The replica that was asked, or the leader that it knew, may stand still. */
    private void askEverybody() {
        for (String name : doors.order(null)) {
            Journal door = doors.door(name);
            if (door != null) {
                try {
                    door.requestAdvance(wanted);
                } catch (RuntimeException e) {
                    LOG.debug("a door of the journal failed", e);
                }
            }
        }
    }

    void close() {
        closed = true;
        for (ClientSubscription subscription : subscriptions) {
            subscription.end(ReplicatedJournalClient.CLOSED);
        }
    }
}
