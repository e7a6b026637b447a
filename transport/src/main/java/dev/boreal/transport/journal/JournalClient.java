package dev.boreal.transport.journal;

import com.google.protobuf.MessageLite;
import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.contracts.journal.PositionedEntry;
import dev.boreal.contracts.wire.Append;
import dev.boreal.contracts.wire.Entries;
import dev.boreal.contracts.wire.JournalAnswer;
import dev.boreal.contracts.wire.JournalAnswers;
import dev.boreal.contracts.wire.JournalCall;
import dev.boreal.contracts.wire.JournalCalls;
import dev.boreal.contracts.wire.JournalState;
import dev.boreal.contracts.wire.Open;
import dev.boreal.transport.TransportContext;
import dev.boreal.transport.WireValues;
import dev.boreal.transport.call.AwaitedCall;
import dev.boreal.transport.call.Call;
import dev.boreal.transport.call.DoorClient;
import dev.boreal.transport.call.HighestWish;
import dev.boreal.transport.call.Note;
import dev.boreal.transport.link.DoorKind;
import dev.boreal.transport.link.LinkTarget;
import dev.boreal.transport.link.MalformedMessageException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal's replica in another process. Listeners and subscribers are called on a loop, in the order of the stream; calls
 * that wait must not be made there.
 *
 * <p>Promises travel in their place: one that was made just before an append goes with it, and the last one goes behind
 * everything that was appended before it. Promises that a later one overtook are not sent.
 *
 * <p>{@link #currentEpoch}, {@link #lastDurablePosition} and {@link #firstPosition} are round trips, and throw
 * IllegalStateException if it cannot be reached.
 */
public final class JournalClient extends DoorClient<JournalCall, JournalAnswer, JournalAnswers> implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger(JournalClient.class);

    private final AtomicReference<@Nullable Promise> promised = new AtomicReference<>();
    private final HighestWish wanted = new HighestWish();
    private final RemoteSubscriptions subscriptions = new RemoteSubscriptions();
    private volatile @Nullable Writer writer;

    private record Promise(long epoch, long timestamp) {}

    /**
     * @param name which journal, where a process has several
     * @param member the process's name, or empty for whoever answers
     */
    public JournalClient(
            TransportContext context, String name, String member, Supplier<@Nullable InetSocketAddress> address) {
        super(context, new LinkTarget(DoorKind.JOURNAL, name, member), address, JournalAnswers.parser());
        start();
    }

    @Override
    public OpenOutcome open(String owner, long expectedEpoch, Writer asks) {
        return become(
                newCall()
                        .setOpen(Open.newBuilder().setOwner(owner).setExpectedEpoch(expectedEpoch))
                        .build(),
                asks);
    }

    @Override
    public OpenOutcome resume(long epoch, Writer asks) {
        return become(newCall().setResume(epoch).build(), asks);
    }

    /** The writer may be asked for an advance as soon as it is one, which may be before this client hears that it is. */
    private OpenOutcome become(JournalCall message, Writer asks) {
        Writer before = writer;
        writer = asks;
        OpenOutcome outcome;
        try {
            outcome = JournalMessages.readOpen(ask(message));
        } catch (IllegalStateException e) {
            outcome = new OpenOutcome.Unavailable(String.valueOf(e.getMessage()));
        }
        if (!(outcome instanceof OpenOutcome.Opened)) {
            writer = before;
        }
        return outcome;
    }

    @Override
    public long currentEpoch() {
        return state().getCurrentEpoch();
    }

    @Override
    public long lastDurablePosition() {
        return state().getLastDurablePosition();
    }

    @Override
    public long firstPosition() {
        return state().getFirstPosition();
    }

    private JournalState state() {
        JournalAnswer answer = ask(newCall().setState(true).build());
        if (!answer.hasState()) {
            throw new IllegalStateException(target() + " answered with " + answer.getAnswerCase());
        }
        return answer.getState();
    }

    private JournalAnswer ask(JournalCall message) {
        requireNotOnLoop();
        AwaitedCall<JournalCall, JournalAnswer> call = new AwaitedCall<>(message.getId(), message);
        if (!sendWithDeadline(call)) {
            throw new IllegalStateException("too many calls are under way to " + target());
        }
        if (call.awaitUninterruptibly() == AwaitedCall.End.BROKEN) {
            throw new IllegalStateException(call.reason());
        }
        return call.answer();
    }

    @Override
    public void append(long epoch, JournalEntry entry, AppendListener listener) {
        append(newAppend(epoch, entry), listener);
    }

    @Override
    public void appendIf(long epoch, long expectedPosition, JournalEntry entry, AppendListener listener) {
        append(newAppend(epoch, entry).setExpectedPosition(expectedPosition), listener);
    }

    private Append.Builder newAppend(long epoch, JournalEntry entry) {
        Append.Builder append = Append.newBuilder()
                .setEpoch(epoch)
                .setTimestamp(entry.timestamp())
                .setPayload(WireValues.bytes(entry.payload()));
        Promise promise = promised.get();
        if (promise != null && promise.epoch == epoch && promised.compareAndSet(promise, null)) {
            append.setPromised(promise.timestamp);
        }
        return append;
    }

    private void append(Append.Builder append, AppendListener listener) {
        JournalCall message = newCall().setAppend(append).build();
        if (!sendWithDeadline(new PendingAppend(message, listener))) {
            listener.onRefused(new AppendRefusal.Overloaded());
        }
    }

    private static final class PendingAppend extends Call<JournalCall, JournalAnswer> {
        private final AppendListener listener;

        PendingAppend(JournalCall message, AppendListener listener) {
            super(message.getId(), message);
            this.listener = listener;
        }

        @Override
        public boolean answered(JournalAnswer answer) throws MalformedMessageException {
            switch (answer.getAnswerCase()) {
                case DURABLE -> durable(answer.getDurable());
                case REFUSED -> refused(JournalMessages.read(answer.getRefused()));
                default -> throw new MalformedMessageException("an append is answered with " + answer.getAnswerCase());
            }
            return true;
        }

        @Override
        public void broken(boolean sent, String reason) {
            refused(new AppendRefusal.Unavailable(reason, sent));
        }

        private void durable(long position) {
            try {
                listener.onDurable(position);
            } catch (RuntimeException e) {
                LOG.error("A listener failed to hear that position {} is durable", position, e);
            }
        }

        private void refused(AppendRefusal refusal) {
            try {
                listener.onRefused(refusal);
            } catch (RuntimeException e) {
                LOG.error("A listener failed on {}", refusal, e);
            }
        }
    }

    @Override
    public void heartbeat(long epoch, long timestamp) {
        while (true) {
            Promise before = promised.get();
            if (before != null && (before.epoch > epoch || (before.epoch == epoch && before.timestamp >= timestamp))) {
                return;
            }
            if (promised.compareAndSet(before, new Promise(epoch, timestamp))) {
                wake();
                return;
            }
        }
    }

    @Override
    public void requestAdvance(long timestamp) {
        if (wanted.raise(timestamp)) {
            wake();
        }
    }

    @Override
    public EntrySubscription subscribe(long afterPosition, EntrySubscriber subscriber) {
        long id = calls().nextId();
        JournalCall message = JournalCall.newBuilder()
                .setId(id)
                .setSubscribe(afterPosition)
                .setPatienceNanos(subscriber.patienceNanos())
                .build();
        Subscription subscription = new Subscription(message, subscriber);
        if (!send(subscription)) {
            subscriber.onClosed("too many calls are under way to " + target());
        }
        return subscription;
    }

    /** One subscription, from the call to its end. The subscriber is called on the loop alone. */
    private final class Subscription extends Call<JournalCall, JournalAnswer>
            implements EntrySubscription, RemoteSubscriptions.Crediting {
        private final EntrySubscriber subscriber;
        private final AtomicLong asked = new AtomicLong();
        private volatile boolean closed;

        Subscription(JournalCall message, EntrySubscriber subscriber) {
            super(message.getId(), message);
            this.subscriber = subscriber;
        }

        @Override
        public void request(long entries) {
            if (entries < 0) {
                throw new IllegalArgumentException("credit of " + entries + " entries");
            }
            if (asked.getAndAccumulate(entries, Subscription::saturating) == 0 && entries > 0) {
                subscriptions.wants(this);
            }
            wake();
        }

        private static long saturating(long before, long more) {
            return before + more < 0 ? Long.MAX_VALUE : before + more;
        }

        @Override
        public @Nullable JournalCall takeCredit() {
            long credit = asked.getAndSet(0);
            return closed || credit == 0
                    ? null
                    : JournalCall.newBuilder().setId(id()).setCredit(credit).build();
        }

        @Override
        public boolean answered(JournalAnswer answer) throws MalformedMessageException {
            if (closed) {
                return true;
            }
            switch (answer.getAnswerCase()) {
                case ENTRIES -> tellEntries(answer.getEntries());
                case WATERMARK -> tellWatermark(answer.getWatermark());
                case CLOSED -> tellClosed(answer.getClosed());
                default ->
                    throw new MalformedMessageException("a subscription is answered with " + answer.getAnswerCase());
            }
            return closed;
        }

        private void tellEntries(Entries message) {
            PositionedEntry[] entries = new PositionedEntry[message.getEntriesCount()];
            for (int i = 0; i < entries.length; i++) {
                entries[i] = JournalMessages.read(message.getEntries(i));
            }
            try {
                subscriber.onEntries(List.of(entries));
            } catch (RuntimeException e) {
                fail(e);
            }
        }

        private void tellWatermark(long timestamp) {
            try {
                subscriber.onWatermark(timestamp);
            } catch (RuntimeException e) {
                fail(e);
            }
        }

        private void fail(RuntimeException failure) {
            LOG.error("A journal's subscriber failed; its stream is closed", failure);
            close();
            tellOver("the subscriber failed: " + failure);
        }

        private void tellClosed(String reason) {
            if (!closed) {
                closed = true;
                tellOver(reason);
            }
        }

        private void tellOver(String reason) {
            try {
                subscriber.onClosed(reason);
            } catch (RuntimeException e) {
                LOG.error("A journal's subscriber failed to hear that its stream is over: {}", reason, e);
            }
        }

        @Override
        public void broken(boolean sent, String reason) {
            tellClosed(reason);
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                JournalCall unsubscribe = JournalCall.newBuilder()
                        .setId(id())
                        .setUnsubscribe(true)
                        .build();
                send(new Note<>(id(), unsubscribe));
                onLoop(() -> calls().forget(id()));
            }
        }
    }

    @Override
    public PositionedEntry read(long position) {
        JournalAnswer answer = ask(newCall().setRead(position).build());
        if (answer.hasEntry()) {
            return JournalMessages.read(answer.getEntry());
        }
        throw new IllegalArgumentException(
                answer.hasNoEntry() ? answer.getNoEntry() : "the journal answered with " + answer.getAnswerCase());
    }

    @Override
    public void seal(long epoch) {
        requireDone(ask(newCall().setSeal(epoch).build()));
    }

    @Override
    public void trim(long position) {
        requireDone(ask(newCall().setTrim(position).build()));
    }

    private static void requireDone(JournalAnswer answer) {
        if (answer.hasUnavailable()) {
            throw new IllegalStateException(answer.getUnavailable());
        }
    }

    private JournalCall.Builder newCall() {
        return JournalCall.newBuilder().setId(calls().nextId());
    }

    @Override
    public @Nullable MessageLite nextBatch() {
        Promise promise = promised.get();
        long advance = wanted.take();
        Call<JournalCall, JournalAnswer> call = calls().poll();
        JournalCall credit = subscriptions.poll();
        if (promise == null && advance == 0 && call == null && credit == null) {
            return null;
        }
        JournalCalls.Builder batch = JournalCalls.newBuilder().setAdvance(advance);
        int bytes = 0;
        while (call != null) {
            batch.addCalls(call.message());
            bytes += call.bytes();
            call = bytes < BATCH_BYTES ? calls().poll() : null;
        }
        for (; credit != null; credit = subscriptions.poll()) {
            batch.addCalls(credit);
        }
        if (promise != null && bytes < BATCH_BYTES && promised.compareAndSet(promise, null)) {
            batch.getHeartbeatBuilder().setEpoch(promise.epoch).setTimestamp(promise.timestamp);
        }
        return batch.build();
    }

    @Override
    public void onMessage(JournalAnswers message) throws MalformedMessageException {
        List<JournalAnswer> answers = message.getAnswersList();
        for (int i = 0; i < answers.size(); i++) {
            calls().answered(answers.get(i).getId(), answers.get(i));
        }
        Writer asks = writer;
        if (message.getAdvance() != 0 && asks != null) {
            try {
                asks.advanceRequested(message.getAdvance());
            } catch (RuntimeException e) {
                LOG.error("The writer failed to hear that {} is wanted", message.getAdvance(), e);
            }
        }
    }

    @Override
    public void onClosed(String reason) {
        promised.set(null);
        wanted.forget();
        subscriptions.clear();
        super.onClosed(reason);
    }
}
