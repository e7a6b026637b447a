package dev.boreal.adjudicator.tenure;

import dev.boreal.contracts.journal.OpenOutcome;

/**
 * The right to decide: an epoch of the journal, from a time on.
 *
 * @param epoch the journal's epoch that fences every earlier adjudicator
 * @param notBefore everything issued lies above; a snapshot below it is refused, since what an earlier tenure committed
 *     is not remembered here
 * @param journalEnd the position of the journal's last entry when the tenure began
 */
public record Tenure(long epoch, long notBefore, long journalEnd) {

    /**
     * The tenure that begins with a conditional open. Earlier tenures' entries are durable and known, but their
     * heartbeats are not: a predecessor may have promised up to {@code maximumLead} ahead of a clock that showed at most
     * {@code now}. So this one begins above both.
     */
    public static Tenure begin(OpenOutcome.Opened opened, long now, long maximumLead) {
        return new Tenure(opened.epoch(), Math.max(opened.lastTimestamp(), now + maximumLead), opened.lastPosition());
    }

    /** A tenure that succeeds others on {@code opened}, above all that they may have issued or promised. */
    public static Tenure succeed(OpenOutcome.Opened opened, long notBefore) {
        return new Tenure(opened.epoch(), notBefore, opened.lastPosition());
    }

    /** Whether a sender that knows {@code senderEpoch} (0: none) speaks of this tenure. */
    public boolean accepts(long senderEpoch) {
        return senderEpoch == 0 || senderEpoch == epoch;
    }
}
