package dev.boreal.journal.service;

import dev.boreal.contracts.cluster.JournalPlan;
import dev.boreal.contracts.cluster.Member;
import dev.boreal.contracts.cluster.RegisterEntry;
import dev.boreal.contracts.cluster.UpdateOutcome;
import dev.boreal.contracts.door.ControlPlane;
import dev.boreal.contracts.door.ControlPlane.Watch;
import dev.boreal.contracts.door.ControlPlane.WatchListener;
import dev.boreal.journal.replica.PlanRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the journal's plan and the members' sessions, and proposes the next plan when {@link PlanRule} says so. A member that was
 * never seen in the register counts as living until it is suspected, so that a cluster can start in any order.
 */
final class Keeper implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final long LOOK_MILLIS = 50;
    private static final long PATIENCE_MILLIS = 1_000;

    private final String journal;
    private final ControlPlane controlPlane;
    private final Consumer<JournalPlan> plans;
    private final Supplier<PlanRule.@Nullable Sight> sight;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<String> present = new HashSet<>();
    private final Set<String> seen = new HashSet<>();
    private final Watch planWatch;
    private final Watch memberWatch;
    private @Nullable JournalPlan plan;
    private long version;
    private boolean news;
    private boolean closed;

    /**
     * @param plans hears every plan, on the watch's thread
     * @param sight how things look from this replica; null once it has ended
     */
    Keeper(
            String journal,
            ControlPlane controlPlane,
            Consumer<JournalPlan> plans,
            Supplier<PlanRule.@Nullable Sight> sight) {
        this.journal = journal;
        this.controlPlane = controlPlane;
        this.plans = plans;
        this.sight = sight;
        planWatch = controlPlane.watch(JournalPlan.key(journal), new PlanWatch());
        memberWatch = controlPlane.watch(Member.PREFIX, new MemberWatch());
    }

    private final class PlanWatch implements WatchListener {
        @Override
        public void onSnapshot(List<RegisterEntry> entries) {
            entries.forEach(this::onChanged);
        }

        @Override
        public void onChanged(RegisterEntry entry) {
            if (entry.key().equals(JournalPlan.key(journal))) {
                found(entry);
            }
        }

        @Override
        public void onRemoved(String key, long removedVersion) {
            if (key.equals(JournalPlan.key(journal))) {
                LOG.warn("the plan of journal {} was removed from the register; its last one stays in force", journal);
            }
        }
    }

    private final class MemberWatch implements WatchListener {
        @Override
        public void onSnapshot(List<RegisterEntry> entries) {
            lock.lock();
            try {
                present.clear();
                for (RegisterEntry entry : entries) {
                    here(entry.key());
                }
                tellNews();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void onChanged(RegisterEntry entry) {
            lock.lock();
            try {
                here(entry.key());
                tellNews();
            } finally {
                lock.unlock();
            }
        }

        private void here(String key) {
            String name = key.substring(Member.PREFIX.length());
            present.add(name);
            seen.add(name);
        }

        @Override
        public void onRemoved(String key, long removedVersion) {
            lock.lock();
            try {
                present.remove(key.substring(Member.PREFIX.length()));
                tellNews();
            } finally {
                lock.unlock();
            }
        }
    }

    private void tellNews() {
        news = true;
        changed.signalAll();
    }

    private void found(RegisterEntry entry) {
        JournalPlan next = JournalPlan.decode(entry.value());
        lock.lock();
        try {
            if (entry.version() <= version) {
                return;
            }
            version = entry.version();
            plan = next;
            tellNews();
        } finally {
            lock.unlock();
        }
        LOG.info(
                "journal {} is kept by {}, learners {}, term {}",
                journal,
                next.members(),
                next.learners(),
                next.term());
        plans.accept(next);
    }

    @Override
    public void run() {
        while (true) {
            try {
                if (!look()) {
                    return;
                }
            } catch (RuntimeException e) {
                LOG.warn("journal {}: cannot look after the plan: {}", journal, e.toString());
            }
        }
    }

    /** False when closed. */
    private boolean look() {
        JournalPlan current;
        long currentVersion;
        List<String> live = new ArrayList<>();
        lock.lock();
        try {
            if (!closed) {
                await(LOOK_MILLIS);
            }
            if (closed) {
                return false;
            }
            current = plan;
            currentVersion = version;
            if (current != null) {
                addLiving(current, live);
            }
        } finally {
            lock.unlock();
        }
        PlanRule.Sight seenFromHere = current == null ? null : sight.get();
        JournalPlan next =
                current == null || seenFromHere == null ? null : PlanRule.propose(current, seenFromHere, live);
        if (next != null) {
            propose(next, currentVersion);
        }
        return true;
    }

    private void addLiving(JournalPlan current, List<String> live) {
        for (String member : current.members()) {
            if (present.contains(member) || !seen.contains(member)) {
                live.add(member);
            }
        }
        for (String learner : current.learners()) {
            if (present.contains(learner)) {
                live.add(learner);
            }
        }
    }

    private void await(long millis) {
        long rest = TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            while (!news && !closed && rest > 0) {
                rest = changed.awaitNanos(rest);
            }
            news = false;
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private void propose(JournalPlan next, long expected) {
        UpdateOutcome outcome = controlPlane.compareAndSet(JournalPlan.key(journal), expected, next.encode(), 0);
        switch (outcome) {
            case UpdateOutcome.Updated updated ->
                found(new RegisterEntry(JournalPlan.key(journal), next.encode(), updated.version(), 0));
            case UpdateOutcome.VersionMoved(RegisterEntry current) -> {
                if (current != null) {
                    found(current);
                }
            }
            case UpdateOutcome.Unavailable(String message) -> {
                LOG.warn("journal {}: no answer to the proposal of {}: {}", journal, next, message);
                waitForNews(expected);
            }
            case UpdateOutcome.SessionEnded ignored -> throw new IllegalStateException("a plan is bound to no session");
        }
    }

    /** It may or may not have been decided: looks before it tries again. */
    private void waitForNews(long expected) {
        RegisterEntry current = controlPlane.read(JournalPlan.key(journal));
        if (current != null && current.version() != expected) {
            found(current);
            return;
        }
        lock.lock();
        try {
            if (version == expected) {
                await(PATIENCE_MILLIS);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        planWatch.close();
        memberWatch.close();
    }
}
