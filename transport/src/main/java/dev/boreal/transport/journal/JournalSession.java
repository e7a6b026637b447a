package dev.boreal.transport.journal;

import com.google.protobuf.MessageLite;
import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.contracts.wire.Append;
import dev.boreal.contracts.wire.JournalAnswer;
import dev.boreal.contracts.wire.JournalAnswers;
import dev.boreal.contracts.wire.JournalCall;
import dev.boreal.contracts.wire.JournalCalls;
import dev.boreal.contracts.wire.JournalState;
import dev.boreal.transport.TransportSettings;
import dev.boreal.transport.call.AnswerQueue;
import dev.boreal.transport.call.HighestWish;
import dev.boreal.transport.link.LinkHandler;
import dev.boreal.transport.link.MalformedMessageException;
import dev.boreal.transport.link.ServerStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream to a journal. Appends, promises and credit are handed over on the loop, in the order of the stream; what waits
 * for a disk or a round trip has a virtual thread.
 */
final class JournalSession implements LinkHandler<JournalCalls>, Journal.Writer {
    private static final Logger LOG = LoggerFactory.getLogger(JournalSession.class);
    private static final int BATCH_ANSWERS = 4096;
    /** Who asked for an advance will probably ask again. */
    private static final long HURRY_NANOS = 50_000_000;

    private static final long LONGEST_PATIENCE_NANOS = 1_000_000_000;

    private final Journal journal;
    private final ServerStream stream;
    private final AnswerQueue<JournalAnswer> answers;
    private final HighestWish advance = new HighestWish();
    private final Map<Long, EntryStream> subscriptions = new LinkedHashMap<>();
    private volatile long hurriedUntil = System.nanoTime();

    JournalSession(Journal journal, ServerStream stream, TransportSettings settings) {
        this.journal = journal;
        this.stream = stream;
        this.answers = new AnswerQueue<>(stream, settings.callsUnderWay());
    }

    @Override
    public void onOpened() {
        // The first word is the opener's.
    }

    @Override
    public void onMessage(JournalCalls message) throws MalformedMessageException {
        List<JournalCall> calls = message.getCallsList();
        boolean some = false;
        for (int i = 0; i < calls.size(); i++) {
            if (waits(calls.get(i))) {
                some = true;
            } else {
                serve(calls.get(i));
            }
        }
        if (message.hasHeartbeat()) {
            journal.heartbeat(
                    message.getHeartbeat().getEpoch(), message.getHeartbeat().getTimestamp());
        }
        // Behind the heartbeat, which may be of a writer that another one is about to follow.
        for (int i = 0; some && i < calls.size(); i++) {
            if (waits(calls.get(i))) {
                answers.begin();
                JournalCall call = calls.get(i);
                Thread.startVirtualThread(() -> answers.answer(answer(call)));
            }
        }
        if (message.getAdvance() != 0) {
            hurriedUntil = System.nanoTime() + HURRY_NANOS;
            stream.wake();
            journal.requestAdvance(message.getAdvance());
        }
    }

    private boolean isHurried() {
        return System.nanoTime() - hurriedUntil < 0;
    }

    private void serve(JournalCall call) throws MalformedMessageException {
        switch (call.getCallCase()) {
            case APPEND -> append(call.getId(), call.getAppend());
            case CREDIT -> {
                EntryStream subscription = subscriptions.get(call.getId());
                if (subscription != null) {
                    subscription.grant(call.getCredit());
                }
            }
            case SUBSCRIBE -> subscribe(call.getId(), call.getSubscribe(), call.getPatienceNanos());
            case UNSUBSCRIBE -> {
                EntryStream subscription = subscriptions.remove(call.getId());
                if (subscription != null) {
                    subscription.close();
                }
            }
            default -> throw new MalformedMessageException("call " + call.getId() + " asks for nothing known");
        }
    }

    /** For a disk or a round trip. */
    private static boolean waits(JournalCall call) {
        return switch (call.getCallCase()) {
            case APPEND, CREDIT, SUBSCRIBE, UNSUBSCRIBE, CALL_NOT_SET -> false;
            default -> true;
        };
    }

    private void append(long id, Append append) {
        Appended listener = new Appended(id);
        if (!answers.begin()) {
            listener.onRefused(new AppendRefusal.Overloaded());
            return;
        }
        if (append.getPromised() != 0) {
            journal.heartbeat(append.getEpoch(), append.getPromised());
        }
        JournalEntry entry =
                new JournalEntry(append.getTimestamp(), append.getPayload().toByteArray());
        if (append.hasExpectedPosition()) {
            journal.appendIf(append.getEpoch(), append.getExpectedPosition(), entry, listener);
        } else {
            journal.append(append.getEpoch(), entry, listener);
        }
    }

    private final class Appended implements Journal.AppendListener {
        private final long id;

        Appended(long id) {
            this.id = id;
        }

        @Override
        public void onDurable(long position) {
            answers.answer(
                    JournalAnswer.newBuilder().setId(id).setDurable(position).build());
        }

        @Override
        public void onRefused(AppendRefusal refusal) {
            answers.answer(JournalMessages.write(id, refusal));
        }
    }

    private void subscribe(long id, long afterPosition, long patience) throws MalformedMessageException {
        EntryStream subscription =
                new EntryStream(id, Math.clamp(patience, 0, LONGEST_PATIENCE_NANOS), stream, this::isHurried);
        if (subscriptions.putIfAbsent(id, subscription) != null) {
            throw new MalformedMessageException("there is a subscription " + id + " already");
        }
        subscription.begin(journal.subscribe(afterPosition, subscription));
    }

    private JournalAnswer answer(JournalCall call) {
        long id = call.getId();
        JournalAnswer.Builder answer = JournalAnswer.newBuilder().setId(id);
        try {
            return switch (call.getCallCase()) {
                case OPEN ->
                    JournalMessages.write(
                            id,
                            journal.open(
                                    call.getOpen().getOwner(), call.getOpen().getExpectedEpoch(), this));
                case RESUME -> JournalMessages.write(id, journal.resume(call.getResume(), this));
                case STATE -> answer.setState(state()).build();
                case READ ->
                    answer.setEntry(JournalMessages.write(journal.read(call.getRead())))
                            .build();
                case SEAL -> {
                    journal.seal(call.getSeal());
                    yield answer.setDone(true).build();
                }
                default -> {
                    journal.trim(call.getTrim());
                    yield answer.setDone(true).build();
                }
            };
        } catch (IllegalArgumentException e) {
            return answer.setNoEntry(String.valueOf(e.getMessage())).build();
        } catch (RuntimeException e) {
            LOG.error("The journal failed on a call of {}", stream.member(), e);
            String reason = "the journal failed: " + e;
            return call.hasOpen() || call.hasResume()
                    ? JournalMessages.write(id, new OpenOutcome.Unavailable(reason))
                    : answer.setUnavailable(reason).build();
        }
    }

    private JournalState state() {
        return JournalState.newBuilder()
                .setCurrentEpoch(journal.currentEpoch())
                .setLastDurablePosition(journal.lastDurablePosition())
                .setFirstPosition(journal.firstPosition())
                .build();
    }

    @Override
    public void advanceRequested(long timestamp) {
        if (advance.raise(timestamp)) {
            stream.wake();
        }
    }

    @Override
    public @Nullable MessageLite nextBatch() {
        JournalAnswers.Builder batch = JournalAnswers.newBuilder();
        boolean something = false;
        long asked = advance.take();
        if (asked != 0) {
            batch.setAdvance(asked);
            something = true;
        }
        JournalAnswer answer = answers.poll();
        for (int i = 1; answer != null; i++) {
            batch.addAnswers(answer);
            something = true;
            answer = i < BATCH_ANSWERS ? answers.poll() : null;
        }
        if (!subscriptions.isEmpty()) {
            something |= addEntries(batch);
        }
        return something ? batch.build() : null;
    }

    private boolean addEntries(JournalAnswers.Builder batch) {
        boolean something = false;
        boolean over = false;
        for (EntryStream subscription : subscriptions.values()) {
            something |= subscription.addTo(batch);
            over |= subscription.isOver();
        }
        if (over) {
            subscriptions.values().removeIf(EntryStream::isOver);
        }
        return something;
    }

    @Override
    public void onClosed(String reason) {
        for (EntryStream subscription : subscriptions.values()) {
            subscription.close();
        }
        subscriptions.clear();
    }
}
