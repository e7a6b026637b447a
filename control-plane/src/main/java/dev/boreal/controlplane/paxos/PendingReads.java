package dev.boreal.controlplane.paxos;

import java.util.ArrayDeque;

/**
 * Reads of which the leader has said how far to be, and this member is not there yet. On their way they are counted from a number
 * drawn by chance: an answer to a question of an earlier life of this member would be too old, and is not recognised.
 */
final class PendingReads {
    private static final int MOST = 65536;

    private final long life;
    private final ArrayDeque<PaxosMessage.InquiryAnswer> answers = new ArrayDeque<>();

    /** @param life drawn by chance at every start */
    PendingReads(long life) {
        this.life = life;
    }

    PaxosMessage question(long id, long sign) {
        return new PaxosMessage.Inquire(life + id, sign);
    }

    /** Drops what is too much; whoever asked asks again. */
    void add(PaxosMessage.InquiryAnswer answer) {
        if (answers.size() < MOST) {
            answers.add(answer);
        }
    }

    /** Tells of those that this member is far enough for. */
    void tell(long decidedThrough, Outbox outbox) {
        for (int i = answers.size(); i > 0; i--) {
            PaxosMessage.InquiryAnswer answer = answers.removeFirst();
            if (answer.slot() <= decidedThrough) {
                outbox.tell(new PaxosEvent.InquiryAnswered(answer.id() - life));
            } else {
                answers.addLast(answer);
            }
        }
    }
}
