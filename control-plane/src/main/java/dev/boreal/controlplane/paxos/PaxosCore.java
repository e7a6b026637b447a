package dev.boreal.controlplane.paxos;

import dev.boreal.clock.Chance;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One member of a multi-decree Paxos group: acceptor, learner, and from time to time leader (Lamport, "The Part-Time
 * Parliament", 1998; "Paxos Made Simple", 2001).
 *
 * <p>A pure step function: every method takes what happened and {@code now}, in nanoseconds of a monotonic clock of this
 * process, and gathers effects, which {@link #takeEffects} hands over. The driver sends the messages, writes the records in order
 * and says {@link #persisted} once they are durable, and calls {@link #tick} every few milliseconds. Not thread-safe.
 *
 * <p>A leader runs phase 1 once, for all decrees that are open, and then phase 2 for each, up to
 * {@link Memberships#DELAY} at once. It is safe with any number of leaders, any loss, repetition and reordering of messages, any
 * speed of clocks, and crashes that lose what was not durable. It is live while a majority hears one another within the
 * election time-out. It is not made for members that lie, nor for disks that forget what they synced: a member whose disk is lost must be removed, and come
 * back under another name.
 */
public final class PaxosCore {
    private final String self;
    private final PaxosSettings settings;
    private final Chance chance;
    private final List<String> contacts;
    private final Outbox outbox;
    private final DecreeLog log;
    private final CatchingUp catchingUp;
    private final Set<String> supporters = new HashSet<>();
    private final PendingReads reads;

    private PaxosRole role = PaxosRole.FOLLOWER;
    private @Nullable String leader;
    private @Nullable Campaign campaign;
    private @Nullable Leadership leadership;
    private Ballot canvassed = Ballot.NONE;
    private Ballot following = Ballot.NONE;
    private long highestRound;
    private long heardAt;
    private boolean heard;
    private long electionAt;
    private long heartbeatAt;
    private long caughtUpAt;
    private long now;

    /**
     * @param self this member's name
     * @param founders who decides from the first decree on, the same for all who are given any; empty for a member that is to be
     *     added later
     * @param contacts whom a member that knows no members asks
     * @param durable what it finds on its disk, in order
     */
    public PaxosCore(
            String self,
            List<String> founders,
            List<String> contacts,
            PaxosSettings settings,
            List<LogRecord> durable,
            Chance chance,
            long now) {
        this.self = self;
        this.contacts = contacts.stream().filter(member -> !member.equals(self)).toList();
        this.settings = settings;
        this.chance = chance;
        reads = new PendingReads(chance.nextLong());
        this.now = now;
        outbox = new Outbox(self);
        log = new DecreeLog(founders, durable, outbox);
        catchingUp = new CatchingUp(log, outbox, settings);
        highestRound = log.promised().round();
        postponeElection();
    }

    /** What is to be done since the last call. */
    public PaxosEffects takeEffects() {
        return outbox.take();
    }

    /** All records up to this number ({@link PaxosEffects#lastRecord}) are durable. */
    public void persisted(long through, long newNow) {
        now = newNow;
        outbox.persisted(through);
        settle();
    }

    /** A message arrived. */
    public void receive(String from, PaxosMessage message, long newNow) {
        now = newNow;
        handle(from, message);
        settle();
    }

    /**
     * Has a decree decided, or forwards it to the leader, once: whoever asked asks again when it did not show up in time. False
     * if nobody could be asked.
     */
    public boolean propose(Decree decree, long newNow) {
        now = newNow;
        boolean asked = true;
        if (leadership != null) {
            asked = leadership.propose(decree, now);
        } else if (leader != null) {
            outbox.send(leader, new PaxosMessage.Forward(decree));
        } else {
            asked = false;
        }
        settle();
        return asked;
    }

    /**
     * Proposes as the next number if this member leads and nothing is in the way.
     *
     * @return that number, or 0
     */
    public long proposeAtOnce(Decree decree, long newNow) {
        now = newNow;
        long slot = leadership == null ? 0 : leadership.proposeAtOnce(decree, now);
        settle();
        return slot;
    }

    /**
     * Asks for a {@link PaxosEvent.InquiryAnswered} of {@code id}, once: whoever asked asks again, by the same id, when no answer came.
     *
     * @param sign a number of which the leader's host is told as {@link PaxosEvent.Sign}, or 0
     */
    public void inquire(long id, long sign, long newNow) {
        now = newNow;
        if (leader != null) {
            outbox.send(leader, reads.question(id, sign));
        }
        settle();
    }

    /** Time goes by. */
    public void tick(long newNow) {
        now = newNow;
        if (leadership != null) {
            tickAsLeader(leadership);
        } else if (log.memberships().governing(log.decidedThrough() + 1).contains(self)) {
            if (now - electionAt >= 0) {
                canvass();
            }
            if (campaign != null) {
                catchUpTo(campaign);
            }
        } else {
            askSomebody();
        }
        settle();
    }

    /** Says that everything told so far amounts to {@code state}, so that what it came from need not be kept. */
    public void checkpoint(byte[] state, long newNow) {
        now = newNow;
        if (log.memberships().isKnown()) {
            log.checkpoint(state, settings.retainedDecrees());
        }
        settle();
    }

    public PaxosRole role() {
        return role;
    }

    /** Who leads, as far as this member knows, or null. */
    public @Nullable String leader() {
        return leader;
    }

    /** The ballot it leads or follows. */
    public Ballot ballot() {
        return leadership == null ? following : leadership.ballot();
    }

    public Ballot promised() {
        return log.promised();
    }

    /** All decrees up to this one are decided and told. */
    public long decidedThrough() {
        return log.decidedThrough();
    }

    /** Who decides the next decree; empty if that is not known. */
    public List<String> members() {
        return log.memberships().governing(log.decidedThrough() + 1);
    }

    /** Who will decide once all that is decided governs. */
    public List<String> futureMembers() {
        return log.memberships().latest();
    }

    /** From which decree on the last change of members governs, of those decided. */
    public long lastChange() {
        return log.memberships().lastChange();
    }

    /** Whether this member leads, and may serve reads and signs of life. */
    public boolean serves() {
        return leadership != null && leadership.serves();
    }

    /** A moment of this clock after which this member certainly led; to be asked of a leader. */
    public long ledAt() {
        return leadership == null ? heardAt : leadership.confirmedStart();
    }

    private void handle(String from, PaxosMessage message) {
        switch (message) {
            case PaxosMessage.Canvass canvass -> answerCanvass(from, canvass);
            case PaxosMessage.CanvassAnswer answer -> takeCanvassAnswer(from, answer);
            case PaxosMessage.Prepare(Ballot ballot, long fromSlot) -> prepare(from, ballot, fromSlot);
            case PaxosMessage.Promise(Ballot ballot, long decided, List<SlotReport> reports) -> {
                if (campaign != null && ballot.equals(campaign.ballot())) {
                    campaign.promise(from, decided, reports);
                }
            }
            case PaxosMessage.Refuse(Ballot ballot, Ballot promised) -> refused(ballot, promised);
            case PaxosMessage.Accept(Ballot ballot, long slot, Decree decree) -> accept(from, ballot, slot, decree);
            case PaxosMessage.Accepted(Ballot ballot, long slot) -> {
                if (leadership != null && ballot.equals(leadership.ballot())) {
                    leadership.accepted(from, slot);
                }
            }
            case PaxosMessage.Commit(Ballot ballot, long through) -> {
                if (follow(from, ballot)) {
                    commit(from, ballot, through);
                }
            }
            case PaxosMessage.Heartbeat(Ballot ballot, long through, long round) -> {
                if (follow(from, ballot)) {
                    outbox.send(from, new PaxosMessage.HeartbeatAnswer(ballot, round));
                    commit(from, ballot, through);
                }
            }
            case PaxosMessage.HeartbeatAnswer(Ballot ballot, long round) -> {
                if (leadership != null && ballot.equals(leadership.ballot())) {
                    leadership.answered(from, round, now);
                }
            }
            case PaxosMessage.CatchUp request -> catchingUp.serve(from, request);
            case PaxosMessage.Decrees decrees -> catchingUp.takeDecrees(from, decrees, now);
            case PaxosMessage.SnapshotPart part -> catchingUp.takePart(from, part, now);
            case PaxosMessage.Forward(Decree decree) -> {
                if (leadership != null) {
                    leadership.propose(decree, now);
                }
            }
            case PaxosMessage.Inquire(long id, long sign) -> takeInquiry(from, id, sign);
            case PaxosMessage.InquiryAnswer answer -> reads.add(answer);
        }
    }

    /** Whatever follows from what was just taken in. */
    private void settle() {
        boolean more = true;
        while (more) {
            PaxosMessage own = outbox.nextToSelf();
            if (own != null) {
                handle(self, own);
            } else {
                more = false;
                stepDownIfBelow(log.era());
                if (campaign != null && leadership == null && mayLead(campaign)) {
                    lead(campaign);
                    more = true;
                } else if (leadership != null) {
                    leadership.pump(now);
                    leadership.announce();
                    leadership.startRoundIfWanted(now);
                    more = outbox.hasToSelf();
                }
            }
        }
        log.recordProgress();
        reads.tell(log.decidedThrough(), outbox);
    }

    // Elections.

    private void postponeElection() {
        int spread = (int) (settings.electionMostNanos() - settings.electionLeastNanos());
        electionAt = now + settings.electionLeastNanos() + chance.below(spread + 1);
    }

    private boolean hearsLeader() {
        return leadership != null || (heard && now - heardAt < settings.electionLeastNanos());
    }

    private void canvass() {
        stepDown();
        leader = null;
        role = PaxosRole.CANVASSING;
        postponeElection();
        highestRound = Math.max(highestRound, log.promised().round());
        highestRound = Math.max(highestRound, log.era().round());
        canvassed = new Ballot(highestRound + 1, self);
        supporters.clear();
        broadcast(new PaxosMessage.Canvass(canvassed, log.decidedThrough()));
    }

    private void answerCanvass(String from, PaxosMessage.Canvass canvass) {
        boolean support = !hearsLeader()
                && canvass.ballot().isAbove(log.promised())
                && canvass.decidedThrough() >= log.decidedThrough();
        outbox.send(
                from, new PaxosMessage.CanvassAnswer(canvass.ballot(), support, log.promised(), log.decidedThrough()));
    }

    private void takeCanvassAnswer(String from, PaxosMessage.CanvassAnswer answer) {
        highestRound = Math.max(highestRound, answer.promised().round());
        if (role != PaxosRole.CANVASSING || !answer.ballot().equals(canvassed)) {
            return;
        }
        if (answer.decidedThrough() > log.decidedThrough()) {
            catchingUp.want(from, now);
        }
        if (!answer.support()) {
            return;
        }
        supporters.add(from);
        if (Memberships.isMajority(members(), supporters)) {
            role = PaxosRole.CANDIDATE;
            highestRound = Math.max(highestRound, canvassed.round());
            campaign = new Campaign(canvassed);
            prepareEverybody(canvassed);
        }
    }

    /** Only once its own promise is durable: so it can never use the same ballot again after a crash. */
    private void prepareEverybody(Ballot ballot) {
        log.promise(ballot);
        PaxosMessage prepare = new PaxosMessage.Prepare(ballot, log.decidedThrough() + 1);
        for (String member : log.memberships().everybodyFrom(log.decidedThrough() + 1)) {
            outbox.sendWhenDurable(member, prepare);
        }
    }

    private void prepare(String from, Ballot ballot, long fromSlot) {
        highestRound = Math.max(highestRound, ballot.round());
        if (ballot.isBelow(log.promised())) {
            outbox.send(from, new PaxosMessage.Refuse(ballot, log.promised()));
            return;
        }
        stepDownIfBelow(ballot);
        if (!from.equals(self)) {
            postponeElection();
        }
        log.promise(ballot);
        long first = Math.max(fromSlot, log.decidedThrough() + 1);
        outbox.sendWhenDurable(from, new PaxosMessage.Promise(ballot, log.decidedThrough(), log.reportsFrom(first)));
    }

    /** A majority for the next decree has promised, and nothing is decided that this member does not know. */
    private boolean mayLead(Campaign running) {
        return running.promisedByMajorityOf(members()) && log.decidedThrough() >= running.floor();
    }

    private void lead(Campaign won) {
        role = PaxosRole.LEADER;
        leader = self;
        following = won.ballot();
        leadership = new Leadership(won, log, outbox, now);
        heartbeatAt = now + settings.heartbeatNanos();
        caughtUpAt = now;
        leadership.startRound(now);
    }

    private void catchUpTo(Campaign running) {
        String furthest = running.furthest();
        if (furthest != null && log.decidedThrough() < running.floor()) {
            catchingUp.want(furthest, now);
        }
    }

    private void refused(Ballot ballot, Ballot promised) {
        highestRound = Math.max(highestRound, promised.round());
        if (campaign != null && ballot.equals(campaign.ballot())) {
            stepDown();
            postponeElection();
        }
    }

    private void stepDownIfBelow(Ballot ballot) {
        if (campaign != null && campaign.ballot().isBelow(ballot)) {
            stepDown();
            postponeElection();
        }
    }

    private void stepDown() {
        if (leadership != null) {
            leader = null;
        }
        role = PaxosRole.FOLLOWER;
        campaign = null;
        leadership = null;
    }

    // Following.

    /** Whether {@code ballot} leads, as far as this member has promised; refuses it if not. */
    private boolean follow(String from, Ballot ballot) {
        if (ballot.isBelow(log.promised())) {
            outbox.send(from, new PaxosMessage.Refuse(ballot, log.promised()));
            return false;
        }
        highestRound = Math.max(highestRound, ballot.round());
        stepDownIfBelow(ballot);
        if (!from.equals(self)) {
            role = PaxosRole.FOLLOWER;
            leader = from;
            following = ballot;
            heard = true;
            heardAt = now;
            postponeElection();
        }
        return true;
    }

    private void accept(String from, Ballot ballot, long slot, Decree decree) {
        if (!follow(from, ballot)) {
            return;
        }
        log.accept(ballot, slot, decree);
        outbox.sendWhenDurable(from, new PaxosMessage.Accepted(ballot, slot));
    }

    private void commit(String from, Ballot ballot, long through) {
        if (from.equals(self)) {
            return;
        }
        log.learnAccepted(ballot, through);
        if (log.decidedThrough() < through) {
            catchingUp.want(from, now);
        }
    }

    private void askSomebody() {
        boolean cutOff = !heard || now - heardAt >= settings.electionMostNanos();
        Collection<String> known = log.memberships().isKnown() ? members() : contacts;
        if (cutOff && !known.isEmpty() && now - electionAt >= 0) {
            postponeElection();
            List<String> choice =
                    known.stream().filter(member -> !member.equals(self)).toList();
            catchingUp.want(choice.get(chance.below(choice.size())), now);
        }
    }

    // Leading.

    private void takeInquiry(String from, long id, long sign) {
        if (leadership == null || !leadership.serves()) {
            return;
        }
        if (sign != 0) {
            outbox.tell(new PaxosEvent.Sign(sign));
        }
        leadership.inquire(from, id, sign != 0, now);
    }

    /**
     * Gives way when it was dismissed, when no majority answers, and when a late promise told of decrees that nobody gives it.
     */
    private void tickAsLeader(Leadership leading) {
        boolean dismissed = !members().contains(self);
        boolean alone = !leading.heardFromMajority(now - settings.electionMostNanos());
        if (campaign == null || log.decidedThrough() >= campaign.floor()) {
            caughtUpAt = now;
        }
        boolean stuck = now - caughtUpAt >= settings.electionMostNanos();
        if (dismissed || alone || stuck) {
            stepDown();
            postponeElection();
            return;
        }
        if (now - heartbeatAt >= 0) {
            heartbeatAt = now + settings.heartbeatNanos();
            leading.startRound(now);
            leading.retransmit(now, settings.retryNanos());
        }
        if (campaign != null) {
            catchUpTo(campaign);
        }
    }

    private void broadcast(PaxosMessage message) {
        for (String member : log.memberships().everybodyFrom(log.decidedThrough() + 1)) {
            outbox.send(member, message);
        }
    }
}
