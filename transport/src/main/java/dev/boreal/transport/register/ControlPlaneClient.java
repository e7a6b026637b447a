package dev.boreal.transport.register;

import com.google.protobuf.ByteString;
import dev.boreal.contracts.cluster.ControlPlaneUnavailableException;
import dev.boreal.contracts.cluster.RegisterEntry;
import dev.boreal.contracts.cluster.UpdateOutcome;
import dev.boreal.contracts.door.ControlPlane;
import dev.boreal.contracts.wire.BeginSession;
import dev.boreal.contracts.wire.RegisterAnswer;
import dev.boreal.contracts.wire.RegisterCall;
import dev.boreal.contracts.wire.Update;
import dev.boreal.transport.TransportContext;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control plane, through whichever of its members answers. Calls stay with the member that answered last. Whatever may be
 * asked twice (reads, signs of life, the end of a session) goes on at the next member when one is away or has no majority,
 * until {@code answerTimeout} is over; an update and the beginning of a session only go on while they were certainly not
 * sent. Nobody waits for a member that is silent until its stream is given up: the session would be lost meanwhile. Any thread
 * that may wait.
 */
public final class ControlPlaneClient implements ControlPlane, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlPlaneClient.class);
    private static final long PAUSE_NANOS = 20_000_000;
    private static final long FIRST_PATIENCE_NANOS = 300_000_000;
    private static final long UPDATE_PATIENCE_NANOS = 1_000_000_000;
    private static final int MOST_DOUBLINGS = 5;

    private final List<MemberClient> members = new ArrayList<>();
    private final AtomicInteger preferred = new AtomicInteger();
    private final long timeoutNanos;
    private volatile long updatePatienceNanos = UPDATE_PATIENCE_NANOS; // longer after each that was in vain
    private volatile boolean closed;

    /** @param addresses the members' names and where they are, asked anew before every attempt to connect */
    public ControlPlaneClient(TransportContext context, Map<String, Supplier<@Nullable InetSocketAddress>> addresses) {
        this(context);
        addresses.forEach((name, address) -> members.add(new MemberClient(context, name, address)));
        requireMembers();
    }

    /** @param addresses where members are, whatever their names */
    public ControlPlaneClient(TransportContext context, List<Supplier<@Nullable InetSocketAddress>> addresses) {
        this(context);
        addresses.forEach(address -> members.add(new MemberClient(context, "", address)));
        requireMembers();
    }

    private ControlPlaneClient(TransportContext context) {
        timeoutNanos = context.settings().answerTimeout().toNanos();
    }

    private void requireMembers() {
        if (members.isEmpty()) {
            throw new IllegalArgumentException("a control plane without members");
        }
    }

    @Override
    public @Nullable RegisterEntry read(String key) {
        RegisterAnswer answer = require(RegisterCall.newBuilder().setRead(key), true);
        return answer.hasEntry() ? RegisterMessages.read(answer.getEntry()) : null;
    }

    @Override
    public List<RegisterEntry> list(String prefix) {
        return RegisterMessages.read(
                require(RegisterCall.newBuilder().setList(prefix), true).getEntries());
    }

    @Override
    public UpdateOutcome compareAndSet(String key, long expectedVersion, byte @Nullable [] value, long session) {
        Update.Builder update = Update.newBuilder()
                .setKey(key)
                .setExpectedVersion(expectedVersion)
                .setSession(session);
        if (value != null) {
            update.setValue(ByteString.copyFrom(value));
        }
        try {
            return RegisterMessages.readUpdate(ask(RegisterCall.newBuilder().setUpdate(update), false));
        } catch (ControlPlaneUnavailableException e) {
            return new UpdateOutcome.Unavailable(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public long beginSession(String name, Duration lease) {
        BeginSession begin = BeginSession.newBuilder()
                .setName(name)
                .setLeaseNanos(lease.toNanos())
                .build();
        return require(RegisterCall.newBuilder().setBeginSession(begin), false).getSession();
    }

    @Override
    public boolean keepAlive(long session) {
        return require(RegisterCall.newBuilder().setKeepAlive(session), true).getAlive();
    }

    @Override
    public void endSession(long session) {
        require(RegisterCall.newBuilder().setEndSession(session), true);
    }

    private RegisterAnswer require(RegisterCall.Builder call, boolean repeatable) {
        RegisterAnswer answer = ask(call, repeatable);
        if (answer.hasUnavailable()) {
            throw new ControlPlaneUnavailableException(answer.getUnavailable());
        }
        return answer;
    }

    /** Asks one member after another. What comes back may say "unavailable". */
    private RegisterAnswer ask(RegisterCall.Builder call, boolean repeatable) {
        long start = System.nanoTime();
        String reason = "closed";
        int lateReplies = 0;
        for (int attempt = 0; !closed; attempt++) {
            int index = speaking();
            long patience = repeatable ? patience(lateReplies) : updatePatienceNanos;
            MemberClient.Reply reply = members.get(index).ask(call, patience);
            RegisterAnswer answer = reply.answer();
            lateReplies += reply.late() ? 1 : 0;
            if (!repeatable) {
                updatePatienceNanos = reply.late() ? Math.min(2 * patience, timeoutNanos) : UPDATE_PATIENCE_NANOS;
            }
            if (answer != null && !answer.hasUnavailable()) {
                return answer;
            }
            if (answer != null && !repeatable) {
                // It may have been decided: the caller looks before it asks again, at a member that has a majority.
                preferred.compareAndSet(index, (index + 1) % members.size());
                return answer;
            }
            reason = answer == null ? reply.reason() : answer.getUnavailable();
            preferred.compareAndSet(index, (index + 1) % members.size());
            boolean mayGoOn = repeatable || !reply.mayHaveArrived();
            if (!mayGoOn || Thread.currentThread().isInterrupted() || System.nanoTime() - start >= timeoutNanos) {
                break;
            }
            if ((attempt + 1) % members.size() == 0) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        throw new ControlPlaneUnavailableException("no member of the control plane answers: " + reason);
    }

    /** The preferred member, or if that one is silent, the next that is not: nobody need wait to find that out. */
    private int speaking() {
        int first = preferred.get();
        for (int i = 0; i < members.size(); i++) {
            int index = (first + i) % members.size();
            if (!members.get(index).isSilent()) {
                preferred.compareAndSet(first, index);
                return index;
            }
        }
        return first;
    }

    /** A member that says nothing costs little, unless all are slow: then every round waits twice as long as the last. */
    private long patience(int lateReplies) {
        long patience = FIRST_PATIENCE_NANOS << Math.min(lateReplies / members.size(), MOST_DOUBLINGS);
        return Math.min(patience, timeoutNanos);
    }

    @Override
    public Watch watch(String prefix, WatchListener listener) {
        FollowedWatch watch = new FollowedWatch(prefix, listener);
        Thread.ofVirtual().name("watch-" + prefix).start(watch);
        return watch;
    }

    /** A watch that goes on at the next member, with everything there is, whenever it breaks. */
    private final class FollowedWatch implements Watch, Runnable {
        private final String prefix;
        private final WatchListener listener;
        private MemberClient.@Nullable WatchCall current; // guarded by this
        private boolean over; // guarded by this

        FollowedWatch(String prefix, WatchListener listener) {
            this.prefix = prefix;
            this.listener = listener;
        }

        @Override
        public void run() {
            for (int at = preferred.get(); ; at = (at + 1) % members.size()) {
                MemberClient.WatchCall call = next(at);
                if (call == null) {
                    return;
                }
                String reason = call.watch().deliver(listener);
                call.close();
                LOG.debug("The watch of {} goes on at another member: {}", prefix, reason);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }

        private synchronized MemberClient.@Nullable WatchCall next(int member) {
            if (over || closed) {
                return null;
            }
            MemberClient.WatchCall call = members.get(member).watch(prefix);
            current = call;
            return call;
        }

        @Override
        public synchronized void close() {
            over = true;
            if (current != null) {
                current.close();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        for (MemberClient member : members) {
            member.close();
        }
    }
}
