package dev.boreal.transport.journal;

import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.contracts.journal.PositionedEntry;
import dev.boreal.contracts.wire.AppendRefused;
import dev.boreal.contracts.wire.AppendUnavailable;
import dev.boreal.contracts.wire.Entry;
import dev.boreal.contracts.wire.EpochMoved;
import dev.boreal.contracts.wire.JournalAnswer;
import dev.boreal.contracts.wire.NotLeader;
import dev.boreal.contracts.wire.Opened;
import dev.boreal.transport.WireValues;
import dev.boreal.transport.link.MalformedMessageException;
import org.jspecify.annotations.Nullable;

/** What a journal says, as it travels. */
final class JournalMessages {
    private JournalMessages() {}

    static Entry write(PositionedEntry entry) {
        return Entry.newBuilder()
                .setPosition(entry.position())
                .setEpoch(entry.epoch())
                .setTimestamp(entry.entry().timestamp())
                .setPayload(WireValues.bytes(entry.entry().payload()))
                .build();
    }

    static PositionedEntry read(Entry entry) {
        return new PositionedEntry(
                entry.getPosition(),
                entry.getEpoch(),
                new JournalEntry(entry.getTimestamp(), entry.getPayload().toByteArray()));
    }

    static JournalAnswer write(long id, OpenOutcome outcome) {
        JournalAnswer.Builder answer = JournalAnswer.newBuilder().setId(id);
        switch (outcome) {
            case OpenOutcome.Opened opened ->
                answer.setOpened(Opened.newBuilder()
                        .setEpoch(opened.epoch())
                        .setLastPosition(opened.lastPosition())
                        .setLastTimestamp(opened.lastTimestamp()));
            case OpenOutcome.EpochMoved moved ->
                answer.setEpochMoved(EpochMoved.newBuilder()
                        .setCurrentEpoch(moved.currentEpoch())
                        .setOwner(moved.owner()));
            case OpenOutcome.NotLeader notLeader -> answer.setNotLeader(write(notLeader.leader()));
            case OpenOutcome.Unavailable unavailable -> answer.setUnavailable(unavailable.message());
        }
        return answer.build();
    }

    static OpenOutcome readOpen(JournalAnswer answer) {
        return switch (answer.getAnswerCase()) {
            case OPENED ->
                new OpenOutcome.Opened(
                        answer.getOpened().getEpoch(),
                        answer.getOpened().getLastPosition(),
                        answer.getOpened().getLastTimestamp());
            case EPOCH_MOVED ->
                new OpenOutcome.EpochMoved(
                        answer.getEpochMoved().getCurrentEpoch(),
                        answer.getEpochMoved().getOwner());
            case NOT_LEADER -> new OpenOutcome.NotLeader(read(answer.getNotLeader()));
            case UNAVAILABLE -> new OpenOutcome.Unavailable(answer.getUnavailable());
            default -> new OpenOutcome.Unavailable("the journal answered with " + answer.getAnswerCase());
        };
    }

    static JournalAnswer write(long id, AppendRefusal refusal) {
        AppendRefused.Builder refused = AppendRefused.newBuilder();
        switch (refusal) {
            case AppendRefusal.Fenced fenced -> refused.setFenced(fenced.currentEpoch());
            case AppendRefusal.NotMonotonic late -> refused.setNotMonotonic(late.lastTimestamp());
            case AppendRefusal.PositionMoved moved -> refused.setPositionMoved(moved.lastPosition());
            case AppendRefusal.Overloaded _ -> refused.setOverloaded(true);
            case AppendRefusal.TooLarge large -> refused.setTooLarge(large.limitBytes());
            case AppendRefusal.NotLeader notLeader -> refused.setNotLeader(write(notLeader.leader()));
            case AppendRefusal.Unavailable unavailable ->
                refused.setUnavailable(AppendUnavailable.newBuilder()
                        .setMessage(unavailable.message())
                        .setMayBeDurable(unavailable.mayBeDurable()));
        }
        return JournalAnswer.newBuilder().setId(id).setRefused(refused).build();
    }

    static AppendRefusal read(AppendRefused refused) throws MalformedMessageException {
        return switch (refused.getRefusalCase()) {
            case FENCED -> new AppendRefusal.Fenced(refused.getFenced());
            case NOT_MONOTONIC -> new AppendRefusal.NotMonotonic(refused.getNotMonotonic());
            case POSITION_MOVED -> new AppendRefusal.PositionMoved(refused.getPositionMoved());
            case OVERLOADED -> new AppendRefusal.Overloaded();
            case TOO_LARGE -> new AppendRefusal.TooLarge(refused.getTooLarge());
            case NOT_LEADER -> new AppendRefusal.NotLeader(read(refused.getNotLeader()));
            case UNAVAILABLE ->
                new AppendRefusal.Unavailable(
                        refused.getUnavailable().getMessage(),
                        refused.getUnavailable().getMayBeDurable());
            case REFUSAL_NOT_SET -> throw new MalformedMessageException("an append is refused without a reason");
        };
    }

    private static NotLeader write(@Nullable String leader) {
        NotLeader.Builder message = NotLeader.newBuilder();
        if (leader != null) {
            message.setLeader(leader);
        }
        return message.build();
    }

    private static @Nullable String read(NotLeader message) {
        return message.hasLeader() ? message.getLeader() : null;
    }
}
