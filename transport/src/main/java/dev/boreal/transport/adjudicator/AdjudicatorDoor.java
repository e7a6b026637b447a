package dev.boreal.transport.adjudicator;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.boreal.contracts.door.Adjudicator;
import dev.boreal.contracts.transaction.CommitOutcome;
import dev.boreal.contracts.transaction.CommitOutcome.RefusalReason;
import dev.boreal.contracts.wire.AdjudicatorAnswer;
import dev.boreal.contracts.wire.AdjudicatorAnswers;
import dev.boreal.contracts.wire.AdjudicatorCall;
import dev.boreal.contracts.wire.AdjudicatorCalls;
import dev.boreal.contracts.wire.Stage;
import dev.boreal.transport.TransportSettings;
import dev.boreal.transport.WireValues;
import dev.boreal.transport.call.AnswerQueue;
import dev.boreal.transport.link.DoorKind;
import dev.boreal.transport.link.LinkHandler;
import dev.boreal.transport.link.MalformedMessageException;
import dev.boreal.transport.link.ServerDoor;
import dev.boreal.transport.link.ServerStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Offers an adjudicator of this process to others. Requests are handed over on the loop on which they arrive. */
public final class AdjudicatorDoor implements ServerDoor<AdjudicatorCalls> {
    private static final Logger LOG = LoggerFactory.getLogger(AdjudicatorDoor.class);
    private static final int BATCH_ANSWERS = 4096;

    private final Adjudicator adjudicator;
    private final TransportSettings settings;

    public AdjudicatorDoor(Adjudicator adjudicator, TransportSettings settings) {
        this.adjudicator = adjudicator;
        this.settings = settings;
    }

    @Override
    public DoorKind kind() {
        return DoorKind.ADJUDICATOR;
    }

    @Override
    public String instance() {
        return "";
    }

    @Override
    public Parser<AdjudicatorCalls> parser() {
        return AdjudicatorCalls.parser();
    }

    @Override
    public LinkHandler<AdjudicatorCalls> accept(ServerStream stream) {
        return new Session(stream);
    }

    private final class Session implements LinkHandler<AdjudicatorCalls> {
        private final AnswerQueue<AdjudicatorAnswer> answers;

        Session(ServerStream stream) {
            answers = new AnswerQueue<>(stream, settings.callsUnderWay());
        }

        @Override
        public void onOpened() {
            // The first word is the opener's.
        }

        @Override
        public void onMessage(AdjudicatorCalls message) throws MalformedMessageException {
            List<AdjudicatorCall> calls = message.getCallsList();
            for (int i = 0; i < calls.size(); i++) {
                serve(calls.get(i));
            }
            if (message.getAdvance() != 0) {
                adjudicator.advance(message.getAdvance());
            }
        }

        private void serve(AdjudicatorCall call) throws MalformedMessageException {
            long id = call.getId();
            if (!answers.begin()) {
                answers.answer(CommitMessages.write(
                        id,
                        new CommitOutcome.Refused(
                                RefusalReason.OVERLOADED, "too many requests are under way: try again later")));
                return;
            }
            switch (call.getCallCase()) {
                case COMMIT ->
                    adjudicator.commit(
                            CommitMessages.read(call.getCommit()),
                            outcome -> answers.answer(CommitMessages.write(id, outcome)));
                case STAGE -> Thread.startVirtualThread(() -> stage(id, call.getStage()));
                case OUTCOME_OF ->
                    adjudicator.outcomeOf(
                            call.getOutcomeOf().getTransactionId(),
                            call.getOutcomeOf().getSnapshot(),
                            outcome -> answers.answer(CommitMessages.write(id, outcome)));
                case LEADERSHIP ->
                    adjudicator.leadership(leadership -> answers.answer(CommitMessages.write(id, leadership)));
                case CALL_NOT_SET -> throw new MalformedMessageException("call " + id + " asks for nothing known");
            }
        }

        private void stage(long id, Stage stage) {
            AdjudicatorAnswer answer;
            try {
                answer = CommitMessages.write(
                        id, adjudicator.stage(stage.getTransactionId(), WireValues.writes(stage.getWrites())));
            } catch (RuntimeException e) {
                LOG.error("A chunk of transaction {} could not be staged", stage.getTransactionId(), e);
                answer = CommitMessages.write(
                        id, new CommitOutcome.Refused(RefusalReason.JOURNAL_UNAVAILABLE, "staging failed: " + e));
            }
            answers.answer(answer);
        }

        @Override
        public @Nullable MessageLite nextBatch() {
            AdjudicatorAnswer answer = answers.poll();
            if (answer == null) {
                return null;
            }
            AdjudicatorAnswers.Builder batch = AdjudicatorAnswers.newBuilder();
            for (int i = 1; answer != null; i++) {
                batch.addAnswers(answer);
                answer = i < BATCH_ANSWERS ? answers.poll() : null;
            }
            return batch.build();
        }

        @Override
        public void onClosed(String reason) {
            // What was begun goes on; nobody hears the answers.
        }
    }
}
