package dev.boreal.controlplane.service;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.cluster.ControlPlaneUnavailableException;
import dev.boreal.contracts.cluster.RegisterEntry;
import dev.boreal.contracts.cluster.UpdateOutcome;
import dev.boreal.contracts.door.ControlPlane;
import dev.boreal.contracts.door.PeerNetwork;
import dev.boreal.controlplane.ControlPlaneAnswer;
import dev.boreal.controlplane.ControlPlaneRequest;
import dev.boreal.controlplane.disk.DecreeLogFile;
import dev.boreal.controlplane.disk.Disk;
import dev.boreal.controlplane.disk.LocalDisk;
import dev.boreal.controlplane.register.Action;
import dev.boreal.controlplane.register.Result;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A member of the control plane: its core, its log on disk and its peers behind the door. Any thread may call; calls block for
 * the time of {@code ControlPlaneSettings.requestNanos} at most, and a second more when the disk hangs.
 *
 * <p>A member whose disk fails answers nobody any more, neither clients nor peers; {@link #status} says why.
 */
public final class ControlPlaneMember implements ControlPlane, AutoCloseable {
    private static final int LONGEST_KEY = 1024;
    private static final int LARGEST_VALUE = 1 << 20;
    private static final Duration LEAST_LEASE = Duration.ofMillis(1);
    private static final Duration LONGEST_LEASE = Duration.ofDays(365);

    private final MemberLoop loop;
    private final long patienceNanos;

    private ControlPlaneMember(MemberLoop loop, long patienceNanos) {
        this.loop = loop;
        this.patienceNanos = patienceNanos;
    }

    /**
     * Opens the member's log and takes part from now on.
     *
     * @param network this member's; nobody else listens to it
     * @throws IOException if the log cannot be opened, belongs to another member, or is damaged
     */
    public static ControlPlaneMember open(ControlPlaneConfiguration configuration, PeerNetwork network)
            throws IOException {
        Disk disk = new LocalDisk(configuration.directory());
        return open(configuration, network, disk, new Chance(new SecureRandom().nextLong()));
    }

    /** As {@link #open(ControlPlaneConfiguration, PeerNetwork)}, on another disk than the directory's. */
    public static ControlPlaneMember open(
            ControlPlaneConfiguration configuration, PeerNetwork network, Disk disk, Chance chance) throws IOException {
        DecreeLogFile log = DecreeLogFile.open(disk, configuration.cluster(), configuration.name());
        MemberLoop loop = new MemberLoop(configuration, network, log, chance);
        loop.start();
        return new ControlPlaneMember(loop, configuration.settings().requestNanos() + TimeUnit.SECONDS.toNanos(1));
    }

    @Override
    public @Nullable RegisterEntry read(String key) {
        return switch (ask(new ControlPlaneRequest.Read(checked(key)))) {
            case ControlPlaneAnswer.Entry(@Nullable RegisterEntry entry) -> entry;
            case ControlPlaneAnswer other -> throw unexpected(other);
        };
    }

    @Override
    public List<RegisterEntry> list(String prefix) {
        return switch (ask(new ControlPlaneRequest.ListEntries(prefix))) {
            case ControlPlaneAnswer.Entries(List<RegisterEntry> entries) -> entries;
            case ControlPlaneAnswer other -> throw unexpected(other);
        };
    }

    @Override
    public UpdateOutcome compareAndSet(String key, long expectedVersion, byte @Nullable [] value, long session) {
        if (value != null && value.length > LARGEST_VALUE) {
            throw new IllegalArgumentException(
                    "a value of " + value.length + " bytes, the register takes " + LARGEST_VALUE);
        }
        byte[] kept = value == null ? null : value.clone();
        Action action = new Action.CompareAndSet(checked(key), expectedVersion, kept, session);
        return switch (ask(new ControlPlaneRequest.Perform(action))) {
            case ControlPlaneAnswer.Performed(Result.Update(UpdateOutcome outcome)) -> outcome;
            case ControlPlaneAnswer.Unavailable(String message) -> new UpdateOutcome.Unavailable(message);
            case ControlPlaneAnswer other -> throw unexpected(other);
        };
    }

    @Override
    public long beginSession(String name, Duration lease) {
        if (lease.compareTo(LEAST_LEASE) < 0 || lease.compareTo(LONGEST_LEASE) > 0) {
            throw new IllegalArgumentException(
                    "a lease of " + lease + " is not between " + LEAST_LEASE + " and " + LONGEST_LEASE);
        }
        Action action = new Action.BeginSession(checked(name), lease.toNanos());
        return switch (ask(new ControlPlaneRequest.Perform(action))) {
            case ControlPlaneAnswer.Performed(Result.SessionBegun(long session)) -> session;
            case ControlPlaneAnswer other -> throw unexpected(other);
        };
    }

    @Override
    public boolean keepAlive(long session) {
        if (session <= 0) {
            return false;
        }
        return switch (ask(new ControlPlaneRequest.KeepAlive(session))) {
            case ControlPlaneAnswer.Alive(boolean alive) -> alive;
            case ControlPlaneAnswer other -> throw unexpected(other);
        };
    }

    @Override
    public void endSession(long session) {
        ControlPlaneAnswer answer = ask(new ControlPlaneRequest.Perform(new Action.EndSession(session)));
        if (!(answer instanceof ControlPlaneAnswer.Performed)) {
            throw unexpected(answer);
        }
    }

    @Override
    public Watch watch(String prefix, WatchListener listener) {
        WatchFeed feed = new WatchFeed(prefix, listener);
        feed.start();
        loop.watch(feed);
        return feed;
    }

    /**
     * Takes a member in, which was started with {@link ControlPlaneConfiguration#joining}. Returns once it counts.
     *
     * @return all members
     */
    public List<String> addMember(String member) {
        return changeMembers(member, true);
    }

    /**
     * Lets a member go; afterwards it may be stopped. The last one stays.
     *
     * @return the members that remain
     */
    public List<String> removeMember(String member) {
        if (loop.status().members().equals(List.of(member))) {
            throw new IllegalArgumentException("\"" + member + "\" is the control plane's last member");
        }
        return changeMembers(member, false);
    }

    private List<String> changeMembers(String member, boolean add) {
        return switch (ask(new ControlPlaneRequest.ChangeMembers(checked(member), add))) {
            case ControlPlaneAnswer.MembersChanged(List<String> members) -> members;
            case ControlPlaneAnswer other -> throw unexpected(other);
        };
    }

    /** How this member stood a moment ago. Asks nobody. */
    public ControlPlaneStatus status() {
        return loop.status();
    }

    private static String checked(String name) {
        if (name.isEmpty() || name.length() > LONGEST_KEY) {
            throw new IllegalArgumentException(
                    "a name in the register has 1 to " + LONGEST_KEY + " characters, not " + name.length());
        }
        return name;
    }

    private ControlPlaneAnswer ask(ControlPlaneRequest request) {
        CompletableFuture<ControlPlaneAnswer> answer = loop.ask(request);
        try {
            return answer.get(patienceNanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new ControlPlaneAnswer.Unavailable("this member of the control plane is stuck: its disk may hang");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ControlPlaneAnswer.Unavailable(
                    "the caller was interrupted while it waited for the control plane");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a request to the control plane failed", e);
        }
    }

    private static RuntimeException unexpected(ControlPlaneAnswer answer) {
        if (answer instanceof ControlPlaneAnswer.Unavailable(String message)) {
            return new ControlPlaneUnavailableException(message);
        }
        return new IllegalStateException("the control plane answered " + answer);
    }

    /** Stops at once. Whoever waits is answered as unavailable. */
    @Override
    public void close() {
        loop.close();
    }
}
