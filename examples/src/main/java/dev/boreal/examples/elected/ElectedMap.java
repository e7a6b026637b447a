package dev.boreal.examples.elected;

import dev.boreal.clock.Clock;
import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.door.Journal.EntrySubscription;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.launcher.client.EpochWriter;
import dev.boreal.launcher.client.EpochWriter.Outcome;
import dev.boreal.launcher.client.RefusedException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A member of a replicated map. All follow the journal; one leads: it alone appends, and answers clients. Any thread.
 *
 * <p>Two rules make it safe. <b>Who writes</b> is the journal's decision: a member that wants to lead opens the next epoch, on
 * the condition that nobody opened one since it looked, and from then on whatever the leader before appends is refused. <b>Who
 * answers reads</b> follows from leases, which are entries like any other: a leader answers until its clock may have passed the end of
 * its last durable lease, and a successor begins when its clock has certainly passed the end of the last lease before its own
 * epoch. A clock that is wrong beyond its bound can thus make a read stale, and never lose or double a write.
 */
public final class ElectedMap implements AutoCloseable {
    private final Journal journal;
    private final String name;
    private final Clock clock;
    private final long leaseNanos;
    private final MapState state = new MapState();
    private final EntrySubscription subscription;
    private final Thread campaign;
    private volatile @Nullable EpochWriter writer;

    /** @param lease how long a leader answers without renewing: as long as its loss may go unnoticed */
    public ElectedMap(Journal journal, String name, Clock clock, Duration lease) {
        this.journal = journal;
        this.name = name;
        this.clock = clock;
        leaseNanos = lease.toNanos();
        subscription = journal.subscribe(0, state);
        state.follow(subscription);
        campaign = Thread.ofVirtual().name("campaign-" + name).start(this::campaign);
    }

    // Leading -----------------------------------------------------------------------------------------------------

    private void campaign() {
        try {
            while (true) {
                EpochWriter mine = writer;
                if (mine != null) {
                    renew(mine);
                } else if (seesEverything() && hasCertainlyPassed(state.lease().notAfter())) {
                    tryToLead();
                }
                TimeUnit.NANOSECONDS.sleep(leaseNanos / 4);
            }
        } catch (InterruptedException closed) {
            writer = null;
        }
    }

    /** Who lags would only disturb a leader whose renewals it has not seen. */
    private boolean seesEverything() {
        return state.applied() >= journal.lastDurablePosition();
    }

    private boolean hasCertainlyPassed(long time) {
        return clock.earliest() > time;
    }

    private void tryToLead() throws InterruptedException {
        EpochWriter next;
        try {
            next = EpochWriter.open(journal, name, clock);
        } catch (RefusedException somebodyWasFaster) {
            return;
        }
        // Nobody else writes from here on. What the leader before wrote until now may be a longer lease.
        if (!state.await(next.openedBehind())) {
            return;
        }
        while (!hasCertainlyPassed(state.lease().notAfter())) {
            TimeUnit.NANOSECONDS.sleep(leaseNanos / 10);
        }
        Outcome outcome = next.appendIf(next.openedBehind(), newLease());
        if (outcome instanceof Outcome.Durable durable && state.await(durable.position())) {
            writer = next;
        }
    }

    private void renew(EpochWriter mine) {
        if (!(mine.append(newLease()) instanceof Outcome.Durable)) {
            writer = null;
        }
    }

    private byte[] newLease() {
        return new Command.Lease(name, clock.latest() + leaseNanos).encode();
    }

    /** The writer, if it may answer now; null otherwise. */
    private @Nullable EpochWriter leading() {
        EpochWriter mine = writer;
        MapState.LeaseView lease = state.lease();
        boolean valid = mine != null && lease.epoch() == mine.epoch() && clock.latest() <= lease.notAfter();
        return valid ? mine : null;
    }

    public boolean leads() {
        return leading() != null;
    }

    // Answering ---------------------------------------------------------------------------------------------------

    /** The value as of now: every change acknowledged before is in it. */
    public Answer get(String key) {
        MapState.Reading reading = state.read(key);
        // Asked afterwards: the lease held while it was read.
        return leads() ? new Answer.Done(reading.value()) : notLeader();
    }

    public Answer put(String key, String value) throws InterruptedException {
        EpochWriter mine = leading();
        if (mine == null) {
            return notLeader();
        }
        return finish(mine.append(new Command.Put(key, value).encode()), value);
    }

    /** Changes the value if it still is {@code expected}; null stands for none. */
    public Answer compareAndSet(String key, @Nullable String expected, String value) throws InterruptedException {
        while (true) {
            EpochWriter mine = leading();
            if (mine == null) {
                return notLeader();
            }
            MapState.Reading now = state.read(key);
            if (!Objects.equals(now.value(), expected)) {
                return new Answer.Otherwise(now.value());
            }
            Outcome outcome = mine.appendIf(now.position(), new Command.Put(key, value).encode());
            boolean moved =
                    outcome instanceof Outcome.Refused(AppendRefusal.PositionMoved(long last)) && state.await(last);
            if (!moved) {
                return finish(outcome, value);
            }
        }
    }

    /** A change is answered when it is durable and applied here, so that whoever hears of it can read it. */
    private Answer finish(Outcome outcome, String value) throws InterruptedException {
        return switch (outcome) {
            case Outcome.Durable durable when state.await(durable.position()) -> new Answer.Done(value);
            case Outcome.Durable durable -> new Answer.Unknown("entry " + durable.position() + " was not seen");
            case Outcome.Refused(AppendRefusal.Unavailable why)
            when why.mayBeDurable() -> {
                writer = null;
                yield new Answer.Unknown(why.message());
            }
            case Outcome.Refused _ -> {
                writer = null;
                yield notLeader();
            }
        };
    }

    private Answer notLeader() {
        MapState.LeaseView lease = state.lease();
        return new Answer.NotLeader(hasCertainlyPassed(lease.notAfter()) ? "" : lease.owner());
    }

    /** The value at the position that this member has applied, leader or not. */
    public @Nullable String peek(String key) {
        return state.read(key).value();
    }

    @Override
    public void close() {
        campaign.interrupt();
        writer = null;
        subscription.close();
    }
}
