package dev.boreal.launcher.service;

import dev.boreal.adjudicator.service.ElectedAdjudicator;
import dev.boreal.contracts.cluster.ControlPlaneUnavailableException;
import dev.boreal.contracts.cluster.Member;
import dev.boreal.contracts.cluster.RegisterEntry;
import dev.boreal.contracts.cluster.ReplicaPositions;
import dev.boreal.contracts.cluster.Role;
import dev.boreal.contracts.door.ControlPlane;
import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.feed.FeedStart;
import dev.boreal.storage.replica.TrimFloor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread beside an adjudicator, which trims the journal while that one leads: up to what every storage replica has on
 * disk, what the adjudicator needs no more, and what is older than twice the retention. The replicas are those that the register or the
 * cluster's file knows. One that is away, stands still or has never told its position holds the journal for an hour and no longer: it
 * can be built anew. Without the control plane nothing is trimmed.
 */
public final class ClusterCaretaker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterCaretaker.class);
    private static final int NOTES = 32;
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final Duration LONGEST_PERIOD = Duration.ofSeconds(5);

    private final Journal journal;
    private final ElectedAdjudicator adjudicator;
    private final ControlPlane controlPlane;
    private final Set<String> storageReplicas;
    private final TrimSchedule schedule;
    private final TrimFloor floor = new TrimFloor(PATIENCE.toNanos());
    private final long periodNanos;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private long trimmed;
    private List<String> toldGivenUp = List.of();

    /** @param storageReplicas those that are to exist as far as the cluster's file says, whether they were ever there or not */
    public ClusterCaretaker(
            Journal journal,
            ElectedAdjudicator adjudicator,
            ControlPlane controlPlane,
            Set<String> storageReplicas,
            Duration retention) {
        this.journal = journal;
        this.adjudicator = adjudicator;
        this.controlPlane = controlPlane;
        this.storageReplicas = Set.copyOf(storageReplicas);
        long age = Math.multiplyExact(2, retention.toNanos());
        schedule = new TrimSchedule(age, NOTES);
        periodNanos = Math.min(LONGEST_PERIOD.toNanos(), Math.max(1, age / NOTES));
        thread = Thread.ofVirtual().name("caretaker").start(this::run);
    }

    private void run() {
        try {
            while (!stopped.await(periodNanos, TimeUnit.NANOSECONDS)) {
                try {
                    round(System.nanoTime());
                } catch (ControlPlaneUnavailableException | IllegalStateException e) {
                    LOG.debug("nothing is trimmed now", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Replicas are watched by those who do not lead, too: a change of the leader does not begin the hour again. */
    private void round(long now) {
        long persisted = persisted(now);
        if (!adjudicator.status().leading()) {
            return;
        }
        schedule.note(now, journal.lastDurablePosition());
        long position = Math.min(schedule.oldEnough(now), adjudicator.trimmable(persisted));
        if (position > trimmed) {
            journal.trim(position);
            trimmed = position;
            LOG.info("The journal is trimmed up to position {}", position);
        }
    }

    /** Up to where every storage replica that is waited for has everything on disk; 0 if one of them never said so. */
    private long persisted(long now) {
        Set<String> living = new HashSet<>();
        for (RegisterEntry entry : controlPlane.list(Member.PREFIX)) {
            Member member = Member.decode(entry.value());
            if (member.role() == Role.STORAGE) {
                living.add(member.name());
            }
        }
        List<RegisterEntry> away = new ArrayList<>();
        for (RegisterEntry entry : controlPlane.list(ReplicaPositions.PREFIX)) {
            String replica = ReplicaPositions.replica(entry.key());
            FeedStart positions = ReplicaPositions.decode(entry.value()).persisted();
            if (living.contains(replica)) {
                floor.told(replica, positions, now);
            } else {
                floor.known(replica, positions, now);
                away.add(entry);
            }
        }
        living.forEach(replica -> floor.expected(replica, now));
        storageReplicas.forEach(replica -> floor.expected(replica, now));
        giveUp(away, now);
        FeedStart lowest = floor.trimmable(now);
        return lowest == null ? 0 : lowest.position(0);
    }

    /** What was given up is forgotten in the register, too: it may have been removed for ever. */
    private void giveUp(List<RegisterEntry> away, long now) {
        List<String> givenUp = floor.givenUp(now);
        for (RegisterEntry entry : away) {
            if (givenUp.contains(ReplicaPositions.replica(entry.key()))) {
                controlPlane.compareAndSet(entry.key(), entry.version(), null, 0);
            }
        }
        if (!givenUp.equals(toldGivenUp)) {
            toldGivenUp = givenUp;
            if (!givenUp.isEmpty()) {
                LOG.warn(
                        "The journal no longer waits for storage {}, which has been away or has stood still for {}: what it"
                                + " lacks may be trimmed, and then it is built anew when it goes on",
                        givenUp,
                        PATIENCE);
            }
        }
    }

    @Override
    public void close() {
        stopped.countDown();
        thread.interrupt();
    }
}
