package dev.boreal.transport.adjudicator;

import com.google.protobuf.MessageLite;
import dev.boreal.contracts.door.Adjudicator;
import dev.boreal.contracts.transaction.CommitOutcome;
import dev.boreal.contracts.transaction.CommitOutcome.RefusalReason;
import dev.boreal.contracts.transaction.CommitRequest;
import dev.boreal.contracts.transaction.WriteSet;
import dev.boreal.contracts.wire.AdjudicatorAnswer;
import dev.boreal.contracts.wire.AdjudicatorAnswers;
import dev.boreal.contracts.wire.AdjudicatorCall;
import dev.boreal.contracts.wire.AdjudicatorCalls;
import dev.boreal.contracts.wire.OutcomeOf;
import dev.boreal.contracts.wire.Stage;
import dev.boreal.transport.TransportContext;
import dev.boreal.transport.WireValues;
import dev.boreal.transport.call.AwaitedCall;
import dev.boreal.transport.call.Call;
import dev.boreal.transport.call.DoorClient;
import dev.boreal.transport.call.HighestWish;
import dev.boreal.transport.link.DoorKind;
import dev.boreal.transport.link.LinkTarget;
import dev.boreal.transport.link.MalformedMessageException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An adjudicator in another process. What was under way when the connection broke, or is not answered in time, is
 * {@code Indeterminate}; what was never sent is {@code Refused} with {@code NOT_LEADER}. Listeners are called on a loop.
 */
public final class AdjudicatorClient extends DoorClient<AdjudicatorCall, AdjudicatorAnswer, AdjudicatorAnswers>
        implements Adjudicator {
    private static final Logger LOG = LoggerFactory.getLogger(AdjudicatorClient.class);

    private final HighestWish wanted = new HighestWish();

    /** @param member the process's name, or empty for whoever answers */
    public AdjudicatorClient(TransportContext context, String member, Supplier<@Nullable InetSocketAddress> address) {
        super(context, new LinkTarget(DoorKind.ADJUDICATOR, "", member), address, AdjudicatorAnswers.parser());
        start();
    }

    @Override
    public void commit(CommitRequest request, CommitListener listener) {
        AdjudicatorCall.Builder call = newCall().setCommit(CommitMessages.write(request));
        if (!sendWithDeadline(new PendingCommit(call.build(), listener))) {
            listener.onOutcome(overloaded());
        }
    }

    @Override
    public StageOutcome stage(long transactionId, WriteSet writes) {
        requireNotOnLoop();
        Stage stage = Stage.newBuilder()
                .setTransactionId(transactionId)
                .setWrites(WireValues.bytes(writes))
                .build();
        AdjudicatorCall message = newCall().setStage(stage).build();
        AwaitedCall<AdjudicatorCall, AdjudicatorAnswer> call = new AwaitedCall<>(message.getId(), message);
        if (!sendWithDeadline(call)) {
            CommitOutcome.Refused refused = overloaded();
            return new StageOutcome.Refused(refused.reason(), refused.message());
        }
        if (call.awaitUninterruptibly() == AwaitedCall.End.BROKEN) {
            return new StageOutcome.Refused(RefusalReason.NOT_LEADER, call.reason());
        }
        try {
            return CommitMessages.readStage(call.answer());
        } catch (MalformedMessageException | IllegalArgumentException e) {
            return new StageOutcome.Refused(RefusalReason.NOT_LEADER, "malformed answer: " + e.getMessage());
        }
    }

    @Override
    public void outcomeOf(long transactionId, long snapshot, CommitListener listener) {
        OutcomeOf question = OutcomeOf.newBuilder()
                .setTransactionId(transactionId)
                .setSnapshot(snapshot)
                .build();
        Call<AdjudicatorCall, AdjudicatorAnswer> call =
                new PendingQuestion(newCall().setOutcomeOf(question).build(), listener);
        if (!sendWithDeadline(call)) {
            listener.onOutcome(overloaded());
        }
    }

    @Override
    public void leadership(LeadershipListener listener) {
        Call<AdjudicatorCall, AdjudicatorAnswer> call =
                new PendingLeadership(newCall().setLeadership(true).build(), listener);
        if (!sendWithDeadline(call)) {
            listener.onLeadership(Leadership.UNKNOWN);
        }
    }

    @Override
    public void advance(long timestamp) {
        if (wanted.raise(timestamp)) {
            wake();
        }
    }

    private AdjudicatorCall.Builder newCall() {
        return AdjudicatorCall.newBuilder().setId(calls().nextId());
    }

    private CommitOutcome.Refused overloaded() {
        return new CommitOutcome.Refused(
                RefusalReason.OVERLOADED, "too many requests are under way to " + target() + ": try again later");
    }

    @Override
    public @Nullable MessageLite nextBatch() {
        long advance = wanted.take();
        Call<AdjudicatorCall, AdjudicatorAnswer> call = calls().poll();
        if (advance == 0 && call == null) {
            return null;
        }
        AdjudicatorCalls.Builder batch = AdjudicatorCalls.newBuilder().setAdvance(advance);
        int bytes = 0;
        while (call != null) {
            batch.addCalls(call.message());
            bytes += call.bytes();
            call = bytes < BATCH_BYTES ? calls().poll() : null;
        }
        return batch.build();
    }

    @Override
    public void onMessage(AdjudicatorAnswers message) throws MalformedMessageException {
        List<AdjudicatorAnswer> answers = message.getAnswersList();
        for (int i = 0; i < answers.size(); i++) {
            calls().answered(answers.get(i).getId(), answers.get(i));
        }
    }

    /** A listener that fails has nobody to tell but people. */
    private static void tell(CommitListener listener, CommitOutcome outcome) {
        try {
            listener.onOutcome(outcome);
        } catch (RuntimeException e) {
            LOG.error("A listener failed on {}", outcome, e);
        }
    }

    private static class PendingCommit extends Call<AdjudicatorCall, AdjudicatorAnswer> {
        private final CommitListener listener;

        PendingCommit(AdjudicatorCall message, CommitListener listener) {
            super(message.getId(), message);
            this.listener = listener;
        }

        @Override
        public boolean answered(AdjudicatorAnswer answer) throws MalformedMessageException {
            tell(listener, CommitMessages.readOutcome(answer));
            return true;
        }

        @Override
        public void broken(boolean sent, String reason) {
            tell(
                    listener,
                    sent
                            ? new CommitOutcome.Indeterminate(reason)
                            : new CommitOutcome.Refused(RefusalReason.NOT_LEADER, reason));
        }
    }

    /** Asks what became of a commit: one that is not answered has changed nothing, whether it was sent or not. */
    private static final class PendingQuestion extends PendingCommit {
        PendingQuestion(AdjudicatorCall message, CommitListener listener) {
            super(message, listener);
        }

        @Override
        public void broken(boolean sent, String reason) {
            super.broken(false, reason);
        }
    }

    private static final class PendingLeadership extends Call<AdjudicatorCall, AdjudicatorAnswer> {
        private final LeadershipListener listener;

        PendingLeadership(AdjudicatorCall message, LeadershipListener listener) {
            super(message.getId(), message);
            this.listener = listener;
        }

        @Override
        public boolean answered(AdjudicatorAnswer answer) throws MalformedMessageException {
            tell(CommitMessages.readLeadership(answer));
            return true;
        }

        @Override
        public void broken(boolean sent, String reason) {
            tell(Leadership.UNKNOWN);
        }

        private void tell(Leadership leadership) {
            try {
                listener.onLeadership(leadership);
            } catch (RuntimeException e) {
                LOG.error("A listener failed on {}", leadership, e);
            }
        }
    }
}
