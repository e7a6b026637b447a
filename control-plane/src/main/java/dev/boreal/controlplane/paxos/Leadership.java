package dev.boreal.controlplane.paxos;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Phase 2 of one ballot: proposes decrees, counts acceptances, and proves again and again that it still leads.
 *
 * <p><b>Reads.</b> An inquiry is answered with {@code D}, how far all was decided when it arrived, after a majority of the
 * members who decide {@code D + 1} has answered a round of heartbeats that began after it arrived. Then everything acknowledged
 * before lies at or below {@code D}. For suppose that {@code D + 1} was known to be decided somewhere before the inquiry came. If it was decided
 * in a lower ballot, then before a majority promised this one (a later acceptance would need a member that promised), so
 * the promises told of it, and it lies below this ballot's {@link Decree.Beginning}, which is at or below {@code D}: no inquiry
 * is taken before. If in this one, then this member counted the votes, and {@code D} would be higher. If in a
 * higher one, then a majority of those who decide {@code D + 1} had promised that one, and some member of it answered the
 * round, which it would have refused. No clock is trusted.
 */
final class Leadership {
    private static final int MOST_WAITING = 4096;

    private static final class Proposal {
        final Decree decree;
        final Set<String> votes = new HashSet<>();
        long sentAt;

        Proposal(Decree decree, long now) {
            this.decree = decree;
            sentAt = now;
        }
    }

    private record Inquiry(String from, long id, long slot, long round, List<String> members) {}

    private record Round(long number, long startedAt) {}

    private final DecreeLog log;
    private final Outbox outbox;
    private final Campaign campaign;
    private final Ballot ballot;
    private final TreeMap<Long, Proposal> open = new TreeMap<>();
    private final ArrayDeque<Decree> waiting = new ArrayDeque<>();
    private final ArrayDeque<Inquiry> inquiries = new ArrayDeque<>();
    private final ArrayDeque<Round> rounds = new ArrayDeque<>();
    private final Map<String, Long> answered = new HashMap<>();
    private final Map<String, Long> heardAt = new HashMap<>();
    private long nextSlot = 1;
    private boolean begun;
    private long round;
    private long confirmedRound;
    private long confirmedStart;
    private long announced;

    Leadership(Campaign campaign, DecreeLog log, Outbox outbox, long now) {
        this.campaign = campaign;
        this.log = log;
        this.outbox = outbox;
        ballot = campaign.ballot();
        confirmedStart = now;
        for (String member : log.memberships().everybodyFrom(log.decidedThrough() + 1)) {
            heardAt.put(member, now);
        }
    }

    Ballot ballot() {
        return ballot;
    }

    /** Whether its own beginning stands, and the next decree's members have promised. */
    boolean serves() {
        return log.era().equals(ballot)
                && campaign.promisedByMajorityOf(log.memberships().governing(log.decidedThrough() + 1));
    }

    /** False if too much waits. */
    boolean propose(Decree decree, long now) {
        if (waiting.size() >= MOST_WAITING) {
            return false;
        }
        waiting.add(decree);
        pump(now);
        return true;
    }

    /** Proposes at once; returns its number, or 0 if it would have to wait. */
    long proposeAtOnce(Decree decree, long now) {
        pump(now);
        if (!serves() || !waiting.isEmpty() || nextSlot <= campaign.lastReported() || !mayPropose(nextSlot)) {
            return 0;
        }
        long slot = nextSlot;
        propose(slot, decree, now);
        nextSlot++;
        return slot;
    }

    private boolean mayPropose(long slot) {
        return slot > campaign.floor()
                && slot <= log.decidedThrough() + Memberships.DELAY
                && campaign.promisedByMajorityOf(log.memberships().governing(slot));
    }

    /** Proposes as much as may be. */
    void pump(long now) {
        nextSlot = Math.max(nextSlot, log.decidedThrough() + 1);
        while (mayPropose(nextSlot)) {
            if (!log.isDecided(nextSlot)) {
                Decree decree = choose(nextSlot);
                if (decree == null) {
                    return;
                }
                propose(nextSlot, decree, now);
            }
            nextSlot++;
        }
    }

    private @Nullable Decree choose(long slot) {
        Decree reported = campaign.reported(slot);
        if (reported != null) {
            return reported;
        }
        if (slot < campaign.lastReported()) {
            return new Decree.Filler();
        }
        if (!begun) {
            begun = true;
            return new Decree.Beginning(ballot);
        }
        Decree next = waiting.pollFirst();
        if (next != null) {
            return next;
        }
        return slot < log.memberships().lastChange() ? new Decree.Filler() : null;
    }

    private void propose(long slot, Decree decree, long now) {
        open.put(slot, new Proposal(decree, now));
        for (String member : log.memberships().governing(slot)) {
            outbox.send(member, new PaxosMessage.Accept(ballot, slot, decree));
        }
    }

    void accepted(String from, long slot) {
        Proposal proposal = open.get(slot);
        if (proposal == null) {
            return;
        }
        proposal.votes.add(from);
        if (Memberships.isMajority(log.memberships().governing(slot), proposal.votes)) {
            open.remove(slot);
            log.learn(slot, proposal.decree);
        }
    }

    /** Tells the others if more was decided than they were told. */
    void announce() {
        if (log.decidedThrough() > announced) {
            announced = log.decidedThrough();
            broadcast(new PaxosMessage.Commit(ballot, announced));
        }
    }

    /** Asks everybody whether this ballot still leads. */
    void startRound(long now) {
        round++;
        rounds.add(new Round(round, now));
        announced = log.decidedThrough();
        broadcast(new PaxosMessage.Heartbeat(ballot, announced, round));
    }

    private void broadcast(PaxosMessage message) {
        for (String member : log.memberships().everybodyFrom(log.decidedThrough() + 1)) {
            outbox.send(member, message);
        }
    }

    void answered(String from, long answeredRound, long now) {
        answered.merge(from, answeredRound, Math::max);
        heardAt.put(from, now);
        confirmRounds();
        while (!inquiries.isEmpty() && isConfirmed(inquiries.getFirst())) {
            Inquiry inquiry = inquiries.removeFirst();
            outbox.send(inquiry.from(), new PaxosMessage.InquiryAnswer(inquiry.id(), inquiry.slot()));
        }
    }

    private void confirmRounds() {
        List<String> members = log.memberships().governing(log.decidedThrough() + 1);
        while (!rounds.isEmpty()
                && isAnsweredByMajority(members, rounds.getFirst().number())) {
            Round confirmed = rounds.removeFirst();
            confirmedRound = confirmed.number();
            confirmedStart = confirmed.startedAt();
        }
    }

    private boolean isConfirmed(Inquiry inquiry) {
        return isAnsweredByMajority(inquiry.members(), inquiry.round());
    }

    private boolean isAnsweredByMajority(List<String> members, long least) {
        int count = 0;
        for (String member : members) {
            Long answer = answered.get(member);
            if (answer != null && answer >= least) {
                count++;
            }
        }
        return count > members.size() / 2;
    }

    /**
     * Notes who asked, and asks the others if no round is under way. Of a sign of life the answer covers everything proposed:
     * an end of the session that is under way shows then.
     */
    void inquire(String from, long id, boolean withSign, long now) {
        long decided = log.decidedThrough();
        long slot = withSign ? Math.max(decided, nextSlot - 1) : decided;
        inquiries.add(new Inquiry(from, id, slot, round + 1, log.memberships().governing(decided + 1)));
        startRoundIfWanted(now);
    }

    /** Starts the round that inquiries wait for as soon as the one before is through; heartbeats start one in any case. */
    void startRoundIfWanted(long now) {
        if (!inquiries.isEmpty() && inquiries.getLast().round() > round && confirmedRound == round) {
            startRound(now);
        }
    }

    /** When the last round began that proved that this ballot led. */
    long confirmedStart() {
        return confirmedStart;
    }

    /** Sends again what was not answered for a while. */
    void retransmit(long now, long retryNanos) {
        for (Map.Entry<Long, Proposal> entry : open.entrySet()) {
            Proposal proposal = entry.getValue();
            if (now - proposal.sentAt < retryNanos) {
                continue;
            }
            proposal.sentAt = now;
            for (String member : log.memberships().governing(entry.getKey())) {
                if (!proposal.votes.contains(member)) {
                    outbox.send(member, new PaxosMessage.Accept(ballot, entry.getKey(), proposal.decree));
                }
            }
        }
        open.headMap(log.decidedThrough(), true).clear();
        for (String member : log.memberships().everybodyFrom(log.decidedThrough() + 1)) {
            if (!campaign.hasPromised(member)) {
                outbox.send(member, new PaxosMessage.Prepare(ballot, log.decidedThrough() + 1));
            }
        }
    }

    /** Whether a majority was heard from since {@code since}. */
    boolean heardFromMajority(long since) {
        int count = 0;
        List<String> members = log.memberships().governing(log.decidedThrough() + 1);
        for (String member : members) {
            Long heard = heardAt.get(member);
            if (heard != null && heard - since >= 0) {
                count++;
            }
        }
        return count > members.size() / 2;
    }
}
