package dev.boreal.transport.adjudicator;

import com.google.protobuf.ByteString;
import dev.boreal.contracts.door.Adjudicator.Leadership;
import dev.boreal.contracts.door.Adjudicator.StageOutcome;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.contracts.transaction.Accesses;
import dev.boreal.contracts.transaction.CommitOutcome;
import dev.boreal.contracts.transaction.CommitOutcome.RefusalReason;
import dev.boreal.contracts.transaction.CommitRequest;
import dev.boreal.contracts.transaction.Conflict;
import dev.boreal.contracts.transaction.TransactionRecord;
import dev.boreal.contracts.wire.AdjudicatorAnswer;
import dev.boreal.contracts.wire.AdjudicatorLeadership;
import dev.boreal.contracts.wire.Commit;
import dev.boreal.contracts.wire.CommitConflict;
import dev.boreal.contracts.wire.CommitRefusal;
import dev.boreal.contracts.wire.Range;
import dev.boreal.transport.WireValues;
import dev.boreal.transport.link.MalformedMessageException;
import java.util.ArrayList;
import java.util.List;

/** Requests and outcomes as they travel. What cannot be read throws IllegalArgumentException or the checked one. */
final class CommitMessages {
    private static final int MODES = AccessMode.values().length;

    private CommitMessages() {}

    static Commit write(CommitRequest request) {
        Accesses accesses = request.accesses();
        Commit.Builder commit = Commit.newBuilder()
                .setTransactionId(request.transactionId())
                .setSession(request.session())
                .setRegion(request.region())
                .setSnapshot(request.snapshot())
                .setModes(WireValues.bytes(accesses.modes()))
                .setRecord(WireValues.bytes(request.record().bytes()))
                .setEpoch(request.epoch());
        for (long fingerprint : accesses.fingerprints()) {
            commit.addFingerprints(fingerprint);
        }
        for (KeyRange range : accesses.readRanges()) {
            commit.addReadRanges(WireValues.range(range));
        }
        return commit.build();
    }

    static CommitRequest read(Commit commit) throws MalformedMessageException {
        long[] fingerprints = new long[commit.getFingerprintsCount()];
        for (int i = 0; i < fingerprints.length; i++) {
            fingerprints[i] = commit.getFingerprints(i);
        }
        byte[] modes = commit.getModes().toByteArray();
        for (byte mode : modes) {
            mode(mode);
        }
        List<KeyRange> ranges = new ArrayList<>(commit.getReadRangesCount());
        for (Range range : commit.getReadRangesList()) {
            ranges.add(WireValues.range(range));
        }
        return new CommitRequest(
                commit.getTransactionId(),
                commit.getSession(),
                commit.getRegion(),
                commit.getSnapshot(),
                new Accesses(fingerprints, modes, ranges),
                record(commit.getRecord()),
                commit.getEpoch());
    }

    private static TransactionRecord record(ByteString bytes) {
        return TransactionRecord.decode(bytes.toByteArray());
    }

    private static AccessMode mode(int code) throws MalformedMessageException {
        if (code < 0 || code >= MODES) {
            throw new MalformedMessageException("there is no mode of access " + code);
        }
        return AccessMode.ofCode(code);
    }

    static AdjudicatorAnswer write(long id, CommitOutcome outcome) {
        AdjudicatorAnswer.Builder answer = AdjudicatorAnswer.newBuilder().setId(id);
        switch (outcome) {
            case CommitOutcome.Committed committed -> answer.setCommitted(committed.timestamp());
            case CommitOutcome.Conflicted conflicted -> answer.setConflicted(write(conflicted.conflict()));
            case CommitOutcome.Refused refused -> answer.setRefused(write(refused.reason(), refused.message()));
            case CommitOutcome.Indeterminate indeterminate -> answer.setIndeterminate(indeterminate.message());
        }
        return answer.build();
    }

    static AdjudicatorAnswer write(long id, StageOutcome outcome) {
        AdjudicatorAnswer.Builder answer = AdjudicatorAnswer.newBuilder().setId(id);
        switch (outcome) {
            case StageOutcome.Staged staged -> answer.setStaged(staged.position());
            case StageOutcome.Refused refused -> answer.setRefused(write(refused.reason(), refused.message()));
        }
        return answer.build();
    }

    static AdjudicatorAnswer write(long id, Leadership leadership) {
        return AdjudicatorAnswer.newBuilder()
                .setId(id)
                .setLeadership(AdjudicatorLeadership.newBuilder()
                        .setLeading(leadership.leading())
                        .setOwner(leadership.owner())
                        .setEpoch(leadership.epoch()))
                .build();
    }

    private static CommitRefusal write(RefusalReason reason, String message) {
        return CommitRefusal.newBuilder()
                .setReason(reason.name())
                .setMessage(message)
                .build();
    }

    private static CommitConflict write(Conflict conflict) {
        return CommitConflict.newBuilder()
                .setAccessIndex(conflict.accessIndex())
                .setRangeIndex(conflict.rangeIndex())
                .setLoserMode(conflict.loserMode().code())
                .setWinnerMode(conflict.winnerMode().code())
                .setWinnerTransactionId(conflict.winnerTransactionId())
                .setWinnerTimestamp(conflict.winnerTimestamp())
                .setWinnerSession(conflict.winnerSession())
                .setWinnerRegion(conflict.winnerRegion())
                .setLoserSnapshot(conflict.loserSnapshot())
                .setAdjudicator(conflict.adjudicator())
                .build();
    }

    static CommitOutcome readOutcome(AdjudicatorAnswer answer) throws MalformedMessageException {
        return switch (answer.getAnswerCase()) {
            case COMMITTED -> new CommitOutcome.Committed(answer.getCommitted());
            case CONFLICTED -> new CommitOutcome.Conflicted(read(answer.getConflicted()));
            case REFUSED ->
                new CommitOutcome.Refused(
                        RefusalReason.valueOf(answer.getRefused().getReason()),
                        answer.getRefused().getMessage());
            case INDETERMINATE -> new CommitOutcome.Indeterminate(answer.getIndeterminate());
            default -> throw unexpected(answer);
        };
    }

    static StageOutcome readStage(AdjudicatorAnswer answer) throws MalformedMessageException {
        return switch (answer.getAnswerCase()) {
            case STAGED -> new StageOutcome.Staged(answer.getStaged());
            case REFUSED ->
                new StageOutcome.Refused(
                        RefusalReason.valueOf(answer.getRefused().getReason()),
                        answer.getRefused().getMessage());
            default -> throw unexpected(answer);
        };
    }

    static Leadership readLeadership(AdjudicatorAnswer answer) throws MalformedMessageException {
        if (!answer.hasLeadership()) {
            throw unexpected(answer);
        }
        AdjudicatorLeadership leadership = answer.getLeadership();
        return new Leadership(leadership.getLeading(), leadership.getOwner(), leadership.getEpoch());
    }

    private static MalformedMessageException unexpected(AdjudicatorAnswer answer) {
        return new MalformedMessageException("call " + answer.getId() + " is answered with " + answer.getAnswerCase());
    }

    private static Conflict read(CommitConflict conflict) throws MalformedMessageException {
        return new Conflict(
                conflict.getAccessIndex(),
                conflict.getRangeIndex(),
                mode(conflict.getLoserMode()),
                mode(conflict.getWinnerMode()),
                conflict.getWinnerTransactionId(),
                conflict.getWinnerTimestamp(),
                conflict.getWinnerSession(),
                conflict.getWinnerRegion(),
                conflict.getLoserSnapshot(),
                conflict.getAdjudicator());
    }
}
