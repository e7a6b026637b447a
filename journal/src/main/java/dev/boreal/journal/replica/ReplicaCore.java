package dev.boreal.journal.replica;

import dev.boreal.contracts.cluster.JournalPlan;
import dev.boreal.contracts.cluster.ReplicationMode;
import dev.boreal.contracts.door.Journal.AppendListener;
import dev.boreal.contracts.door.Journal.Writer;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.journal.order.LogState;
import dev.boreal.journal.order.RecentAppends;
import dev.boreal.journal.order.TermRuns;
import dev.boreal.journal.record.RecordKind;
import dev.boreal.journal.replica.ReplicaEffects.OpenListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One replica of a journal, as a step function: inputs come in as calls, effects go out to {@link ReplicaEffects}. After any
 * number of inputs the shell calls {@link #flush}, which sends what gathered: so one message carries all records that
 * wait, and one news all commits. Not thread-safe.
 *
 * <p><b>The model.</b> The log is a dense row of records, entries and marks. In each term one replica leads and alone gives out
 * indexes; {@code (index, term)} names a record for ever, because a leader never leads a term again after a restart, and
 * because who copies accepts records only behind a record that it has with the same term, having cut what does not fit (Ongaro
 * and Ousterhout, "In Search of an Understandable Consensus Algorithm", section 5.3).
 *
 * <p><b>Chain</b> (van Renesse and Schneider, OSDI 2004). A term is a plan of the control plane. Records travel from the head
 * from member to member and are committed when all members have them durably. Each tells the head how far it is, and the
 * head's news of what is committed travel the records' way. What was committed under an earlier plan every <i>complete</i> member has:
 * one that was a member all the time since, or that has a durable record of a term in which it was one. Only such a one may lead.
 *
 * <p><b>Quorum.</b> A term is a ballot. Whoever is asked to lead prepares with a majority, takes over the longest log among
 * the promises and puts a mark of its own term behind it; records are committed when a majority has them, and one of them is of the
 * current term (Raft, section 5.4.2). Acceptances go to everybody, so each replica finds the commits by itself.
 *
 * <p><b>Heartbeats</b> travel behind the records before them and are told when those are committed. They are not written.
 */
public final class ReplicaCore {
    private enum Role {
        /** Copies, or waits. */
        FOLLOWER,
        /** Will lead as soon as its standing is durable. */
        SUCCESSOR,
        CANDIDATE,
        LEADER
    }

    /** A learner that lacks no more than this is close: a chain waits for so much for moments only. */
    private static final long CLOSE_RECORDS = 4096;

    private final String self;
    private final ReplicaConfiguration configuration;
    private final ReplicaEffects effects;
    private final PlantedBug bug;
    private final ReplicaLog log;
    private final Peers peers;
    private Standing durableStanding;
    private Standing standing;
    private @Nullable JournalPlan plan;
    private Role role = Role.FOLLOWER;
    private long term;
    private @Nullable String leader;
    private @Nullable Ballot ballot;
    /** Up to here the log is that of the term's leader. */
    private long matched;

    private boolean agreed;
    private long termStart;
    private long sentAccepted;
    private long fetchedAt = Long.MIN_VALUE;
    /** Whose records are to follow when the cut that is under way is done. */
    private @Nullable String cutFor;

    private long heartbeatIndex;
    private long heartbeat;
    private @Nullable Writer writer;
    private long writerEpoch = -1;
    private long resentThrough;
    private long nextPulse = Long.MIN_VALUE;
    /** When somebody led, or began to try, as far as is known here. */
    private long ledAt;

    private long now;

    /**
     * Goes on from what a restart found.
     *
     * @param self its name in plans
     * @param end where its log ends, all of which is durable
     * @param terms of the records of its log; given away
     * @param recent entries of its log; given away
     */
    public ReplicaCore(
            String self,
            ReplicaConfiguration configuration,
            Standing standing,
            LogState end,
            TermRuns terms,
            RecentAppends recent,
            ReplicaEffects effects,
            PlantedBug bug) {
        this.self = self;
        this.configuration = configuration;
        this.effects = effects;
        this.bug = bug;
        this.standing = standing;
        durableStanding = standing;
        term = Math.max(standing.term(), end.lastTerm());
        log = new ReplicaLog(effects, end, terms, recent);
        peers = new Peers(self, configuration.silenceNanos(), effects);
    }

    // Plans.

    /** The plan is this now. Older ones than the last are ignored. */
    public void plan(JournalPlan next, long time) {
        now = time;
        if (plan != null && next.term() <= plan.term()) {
            return;
        }
        if (plan == null) {
            ledAt = now;
        }
        plan = next;
        List<String> everybody = new ArrayList<>(next.members());
        everybody.addAll(next.learners());
        peers.become(everybody, now);
        if (next.mode() == ReplicationMode.QUORUM) {
            if (role == Role.LEADER) {
                pushToEverybody();
            }
        } else {
            follow(next);
        }
    }

    private void follow(JournalPlan next) {
        boolean member = next.members().contains(self);
        boolean first = next.term() == 1 && standing.term() == 0;
        boolean complete = member && (standing.complete() || first);
        boolean mayLead = standing.term() < next.term() || bug == PlantedBug.HEAD_GOES_ON_AFTER_RESTART;
        Role before = role;
        beginTerm(Math.max(next.term(), term));
        leader = next.head().equals(self) ? null : next.head();
        role = next.head().equals(self) && complete && mayLead ? Role.SUCCESSOR : Role.FOLLOWER;
        if (before == Role.LEADER && role != Role.SUCCESSOR) {
            loseLead();
        }
        stand(new Standing(term, complete));
        if (role == Role.SUCCESSOR && durableStanding.equals(standing)) {
            lead();
        }
    }

    private void beginTerm(long next) {
        term = next;
        ledAt = now;
        matched = log.committedIndex();
        agreed = false;
        sentAccepted = 0;
        fetchedAt = Long.MIN_VALUE;
        for (Peer peer : peers.all()) {
            peer.begin(now);
        }
    }

    private void stand(Standing next) {
        if (!next.equals(standing)) {
            standing = next;
            effects.stand(next);
        }
    }

    /** It is durable. */
    public void stood(Standing durable) {
        durableStanding = durable;
        if (!durable.equals(standing) || durable.term() != term) {
            return;
        }
        if (role == Role.SUCCESSOR) {
            lead();
        } else if (role == Role.CANDIDATE && ballot != null) {
            ballot.promised(self, new Message.Promise(term, log.lastIndex(), log.lastTerm()));
            choose();
        } else if (isQuorum() && leader == null) {
            Peer owner = peers.get(ownerOf(term));
            if (owner != null) {
                send(owner, new Message.Promise(term, log.lastIndex(), log.lastTerm()));
            }
        }
    }

    private void lead() {
        Ballot won = ballot;
        ballot = null;
        role = Role.LEADER;
        leader = self;
        agreed = true;
        log.promiseWhatWasHeard();
        pushToEverybody();
        termStart = log.addMark(term, RecordKind.TERM, self, null);
        matched = termStart;
        if (won != null) {
            won.won();
        }
    }

    private void pushToEverybody() {
        for (Peer peer : peers.all()) {
            if (!peer.pushing && isDownstream(peer.name)) {
                peer.pushFrom(log.lastIndex() + 1);
            }
        }
    }

    private void loseLead() {
        writer = null;
        writerEpoch = -1;
        log.forgetPromise();
        log.refuseWaiting(new AppendRefusal.Unavailable(self + " no longer leads the journal", true));
    }

    private boolean isQuorum() {
        return plan != null && plan.mode() == ReplicationMode.QUORUM;
    }

    private String ownerOf(long ballotTerm) {
        List<String> voters = Objects.requireNonNull(plan).members();
        return voters.get(Ballot.owner(ballotTerm, voters.size()));
    }

    /** Whether that replica copies from this one. */
    private boolean isDownstream(String name) {
        JournalPlan current = Objects.requireNonNull(plan);
        if (isQuorum()) {
            return role == Role.LEADER;
        }
        int place = current.members().indexOf(self);
        boolean tail = place == current.members().size() - 1;
        return place >= 0
                && (tail
                        ? current.learners().contains(name)
                        : current.members().get(place + 1).equals(name));
    }

    /** From whom this one copies in a chain; null if it is the head or does not belong to it. */
    private @Nullable String upstream() {
        JournalPlan current = Objects.requireNonNull(plan);
        int place = current.members().indexOf(self);
        if (place > 0) {
            return current.members().get(place - 1);
        }
        return current.learners().contains(self) ? current.tail() : null;
    }

    // Messages.

    /** There is a connection to a peer. */
    public void connected(String name, long time) {
        now = time;
        peers.connected(name, now);
        Peer peer = peers.get(name);
        if (peer != null) {
            pulse(peer);
        }
    }

    /** The connection to a peer is gone. */
    public void disconnected(String name) {
        peers.disconnected(name);
    }

    /** A message came in. */
    public void receive(String from, Message message, long time) {
        now = time;
        if (plan == null) {
            return;
        }
        if (message instanceof Message.Relay relay) {
            relayed(from, relay);
        } else {
            receive(from, message, true);
        }
    }

    private void relayed(String from, Message.Relay relay) {
        if (relay.destination().equals(self)) {
            receive(relay.origin(), relay.message(), false);
            return;
        }
        if (peers.get(from) != null && peers.get(relay.destination()) != null) {
            effects.send(relay.destination(), relay);
        }
    }

    private void receive(String from, Message message, boolean directly) {
        Peer peer = peers.get(from);
        if (peer == null) {
            return;
        }
        peer.heard(now, directly);
        switch (message) {
            case Message.Append append -> receiveAppend(peer, append);
            case Message.Fetch fetch -> receiveFetch(peer, fetch);
            case Message.Acceptance acceptance -> receiveAcceptance(peer, acceptance);
            case Message.Prepare prepare -> receivePrepare(peer, prepare);
            case Message.Promise promise -> receivePromise(peer, promise);
            case Message.Superseded superseded -> learnOf(superseded.term());
            case Message.Base base -> receiveBase(peer, base);
            case Message.Advance advance -> requestAdvance(advance.timestamp());
            case Message.Trim trim -> effects.trim(Math.min(trim.position(), log.toldPosition()));
            case Message.Relay ignored -> throw new IllegalStateException("a relay within a relay");
        }
    }

    private void send(Peer peer, Message message) {
        peers.send(peer, message, now);
    }

    /** In a quorum somebody is in a later term: who leads an earlier one no longer does. */
    private void learnOf(long later) {
        if (isQuorum() && later > term) {
            followBallot(later, null);
        }
    }

    private void followBallot(long later, @Nullable String newLeader) {
        Role before = role;
        Ballot given = ballot;
        ballot = null;
        role = Role.FOLLOWER;
        leader = newLeader;
        if (later > term) {
            beginTerm(later);
        }
        if (before == Role.LEADER) {
            loseLead();
        }
        if (given != null) {
            given.lost();
        }
    }

    /** Whether records of this term are to be taken from this peer. */
    private boolean isSource(Peer peer, long messageTerm) {
        if (!isQuorum()) {
            return messageTerm == term && role == Role.FOLLOWER && peer.name.equals(upstream());
        }
        if (role == Role.CANDIDATE && messageTerm == term) {
            return ballot != null && ballot.takesOverFrom(peer.name);
        }
        boolean leads = peer.name.equals(ownerOf(messageTerm));
        if (!leads || messageTerm < term || messageTerm == term && role != Role.FOLLOWER) {
            return false;
        }
        if (messageTerm > term || leader == null) {
            followBallot(messageTerm, peer.name);
        }
        return true;
    }

    private void receiveAppend(Peer peer, Message.Append append) {
        if (append.term() < term) {
            send(peer, new Message.Superseded(term));
            return;
        }
        if (!isSource(peer, append.term()) || log.isUnsettled()) {
            return;
        }
        long previous = append.previousIndex();
        if (bug == PlantedBug.FOLLOWER_KEEPS_MISMATCHING_SUFFIX && previous <= log.lastIndex()) {
            accept(peer, append);
        } else if (previous > log.lastIndex()) {
            fetch(peer, log.lastIndex(), false);
        } else if (log.agrees(previous, append.previousTerm())) {
            accept(peer, append);
        } else {
            fetch(peer, log.beforeRunOf(previous), true);
        }
    }

    private void accept(Peer peer, Message.Append append) {
        ledAt = now;
        RecordBatch records = append.records();
        for (int i = 0; i < records.size(); i++) {
            long index = records.firstIndex() + i;
            if (index > log.lastIndex()) {
                log.add(records.term(i), records.kind(i), records.entry(i), null);
            } else if (!log.agrees(index, records.term(i)) && bug != PlantedBug.FOLLOWER_KEEPS_MISMATCHING_SUFFIX) {
                log.cutAfter(index - 1);
                cutFor = peer.name;
                matched = Math.min(matched, index - 1);
                return;
            }
        }
        long through = append.previousIndex() + records.size();
        agree(append.previousIndex(), through);
        if (append.heartbeat() > 0 && through >= heartbeatIndex) {
            heartbeatIndex = through;
            heartbeat = append.heartbeat();
            log.heartbeat(through, heartbeat);
        }
        log.commit(Math.min(append.committed(), matched));
        if (role == Role.CANDIDATE) {
            takeOver(peer);
        } else if (append.more()) {
            fetch(peer, through, true);
        }
    }

    private void agree(long from, long through) {
        matched = Math.max(matched, through);
        if (!agreed && role == Role.FOLLOWER) {
            agreed = true;
            for (Peer peer : peers.all()) {
                if (isDownstream(peer.name)) {
                    peer.pushFrom(from + 1);
                }
            }
        }
    }

    /** Asks for what follows an index; a repeated request waits for a pulse, unless it is urgent. */
    private void fetch(Peer peer, long afterIndex, boolean urgent) {
        if (urgent || now - configuration.pulseNanos() >= fetchedAt) {
            fetchedAt = now;
            send(peer, new Message.Fetch(term, afterIndex));
        }
    }

    private void receiveFetch(Peer peer, Message.Fetch fetch) {
        if (fetch.term() != term) {
            return;
        }
        boolean takesOver = isQuorum() && role == Role.FOLLOWER && leader == null && peer.name.equals(ownerOf(term));
        if (!takesOver && (!isDownstream(peer.name) || !agreed)) {
            return;
        }
        long limit = takesOver || role == Role.LEADER ? log.lastIndex() : matched;
        long after = Math.min(fetch.afterIndex(), limit);
        peer.pushing = false;
        if (after < log.tail().base()) {
            if (peer.copy == null) {
                peer.copy = new CopyRequest(
                        peer.name, after, Math.min(limit, log.tail().base()));
                effects.copy(peer.copy);
            }
            return;
        }
        RecordBatch records = log.tail().slice(after, limit, configuration.frameBytes());
        long through = after + records.size();
        boolean more = through < limit;
        sendAppend(peer, after, records, more);
        if (!more && !takesOver) {
            peer.pushing = true;
            peer.next = through + 1;
        }
    }

    /** What {@link ReplicaEffects#copy} asked for. */
    public void copied(CopyRequest request, RecordBatch records, long time) {
        now = time;
        Peer peer = peers.get(request.peer());
        if (peer != null && peer.copy == request) {
            peer.copy = null;
            sendAppend(peer, request.afterIndex(), records, true);
        }
    }

    /** What {@link ReplicaEffects#copy} asked for was trimmed: the log begins behind {@code base}. */
    public void trimmedBefore(CopyRequest request, LogState base, long time) {
        now = time;
        Peer peer = peers.get(request.peer());
        if (peer != null && peer.copy == request) {
            peer.copy = null;
            send(peer, new Message.Base(term, base));
        }
    }

    private void receiveBase(Peer peer, Message.Base message) {
        if (message.term() == term
                && isSource(peer, term)
                && !log.isUnsettled()
                && message.base().lastIndex() > log.committedIndex()) {
            log.beginAnew(message.base());
        }
    }

    private void sendAppend(Peer peer, long after, RecordBatch records, boolean more) {
        long through = after + records.size();
        long news = heartbeatIndex == through ? heartbeat : 0;
        peer.sentCommitted = log.committedIndex();
        peer.sentHeartbeat = heartbeat;
        send(peer, new Message.Append(term, after, log.termAt(after), records, log.committedIndex(), news, more));
    }

    private void receiveAcceptance(Peer peer, Message.Acceptance acceptance) {
        if (acceptance.term() > term) {
            learnOf(acceptance.term());
        }
        if (acceptance.term() == term) {
            peer.accepted(acceptance, log.lastIndex(), now);
            if (isQuorum() && acceptance.leads() && role == Role.FOLLOWER) {
                leader = peer.name;
                ledAt = now;
            }
        } else if (acceptance.leads()) {
            send(peer, new Message.Superseded(term));
        }
    }

    // Ballots.

    private void receivePrepare(Peer peer, Message.Prepare prepare) {
        if (!isQuorum() || !peer.name.equals(ownerOf(prepare.term()))) {
            return;
        }
        if (prepare.term() < term || prepare.term() == term && leader != null) {
            send(peer, new Message.Superseded(term));
            return;
        }
        if (prepare.term() > term) {
            followBallot(prepare.term(), null);
        }
        if (role == Role.FOLLOWER) {
            if (durableStanding.term() == term) {
                send(peer, new Message.Promise(term, log.lastIndex(), log.lastTerm()));
            } else {
                stand(new Standing(term, true));
            }
        }
    }

    private void receivePromise(Peer peer, Message.Promise promise) {
        if (role == Role.CANDIDATE && ballot != null && promise.term() == term) {
            ballot.promised(peer.name, promise);
            choose();
        }
    }

    /** Tries to lead; one of the two runs when it is known. */
    private void prepare(Runnable won, Runnable lost) {
        if (ballot == null) {
            List<String> voters = Objects.requireNonNull(plan).members();
            long next = Ballot.next(term, voters.indexOf(self), voters.size());
            if (role == Role.LEADER) {
                throw new IllegalStateException("a leader needs no ballot");
            }
            beginTerm(next);
            leader = null;
            role = Role.CANDIDATE;
            ballot = new Ballot(next, voters.size(), now);
            ballot.await(won, lost);
            stand(new Standing(next, true));
            askForPromises();
        } else {
            ballot.await(won, lost);
        }
    }

    private void askForPromises() {
        Ballot current = Objects.requireNonNull(ballot);
        for (String voter : Objects.requireNonNull(plan).members()) {
            Peer peer = peers.get(voter);
            if (peer != null && !current.hasPromiseOf(voter)) {
                send(peer, new Message.Prepare(term));
            }
        }
    }

    private void choose() {
        Ballot current = Objects.requireNonNull(ballot);
        if (!current.canChoose(self)) {
            return;
        }
        String source = current.choose(self);
        if (source.equals(self) || bug == PlantedBug.PROPOSER_IGNORES_ACCEPTED) {
            lead();
        } else {
            Peer peer = peers.get(source);
            if (peer != null) {
                fetch(peer, Math.min(log.lastIndex(), current.targetIndex()), true);
            }
        }
    }

    private void takeOver(Peer peer) {
        if (Objects.requireNonNull(ballot).isTakenOver(log.lastIndex(), log.lastTerm())) {
            lead();
        } else {
            fetch(peer, log.lastIndex(), true);
        }
    }

    // Writers.

    /** As the journal's door. */
    public void open(String owner, long expectedEpoch, Writer newWriter, OpenListener listener, long time) {
        now = time;
        if (role == Role.LEADER) {
            openHere(owner, expectedEpoch, newWriter, listener);
        } else {
            becomeLeader(() -> openHere(owner, expectedEpoch, newWriter, listener), listener, true);
        }
    }

    private void openHere(String owner, long expectedEpoch, Writer newWriter, OpenListener listener) {
        LogState state = log.state();
        if (state.epoch() != expectedEpoch) {
            effects.opened(listener, new OpenOutcome.EpochMoved(state.epoch(), state.owner()));
            return;
        }
        OpenOutcome outcome = new OpenOutcome.Opened(state.epoch() + 1, state.lastPosition(), log.lastTimestamp());
        log.addMark(term, RecordKind.EPOCH, owner, new OpenMark(effects, listener, outcome));
        matched = log.lastIndex();
        install(newWriter, 0);
    }

    private void install(Writer newWriter, long newResentThrough) {
        writer = newWriter;
        writerEpoch = log.state().epoch();
        resentThrough = newResentThrough;
    }

    /** As the journal's door. */
    public void resume(long epoch, Writer newWriter, OpenListener listener, long time) {
        now = time;
        if (role == Role.LEADER) {
            resumeHere(epoch, newWriter, listener);
        } else {
            becomeLeader(() -> resumeHere(epoch, newWriter, listener), listener, false);
        }
    }

    private void resumeHere(long epoch, Writer newWriter, OpenListener listener) {
        LogState state = log.state();
        if (state.epoch() != epoch || state.isSealed()) {
            effects.opened(listener, new OpenOutcome.EpochMoved(state.epoch(), state.owner()));
            return;
        }
        install(newWriter, log.lastTimestamp());
        effects.opened(listener, new OpenOutcome.Opened(epoch, state.lastPosition(), log.lastTimestamp()));
    }

    /** @param atOnce whether also when somebody leads who is heard of */
    private void becomeLeader(Runnable then, OpenListener listener, boolean atOnce) {
        Peer leading = leader == null ? null : peers.get(leader);
        boolean heard = leading != null && !leading.isSilent(now, configuration.silenceNanos());
        boolean voter = plan != null && plan.members().contains(self);
        if (!isQuorum() || !voter || heard && !atOnce) {
            effects.opened(listener, new OpenOutcome.NotLeader(role == Role.SUCCESSOR ? self : leader));
            return;
        }
        prepare(
                then,
                () -> effects.opened(
                        listener, new OpenOutcome.Unavailable("no majority of the journal's replicas answered")));
    }

    /** As the journal's door, with {@code JournalOrder.ANY_POSITION} as expectation if there is none. */
    public void append(long epoch, long expectedPosition, JournalEntry entry, AppendListener listener) {
        LogState state = log.state();
        AppendRefusal refusal = null;
        if (role != Role.LEADER) {
            // From here on only resent appends keep their order.
            writerEpoch = -1;
            refusal = new AppendRefusal.NotLeader(role == Role.SUCCESSOR ? self : leader);
        } else if (entry.payload().length > configuration.maxEntryBytes()) {
            refusal = new AppendRefusal.TooLarge(configuration.maxEntryBytes());
        } else if (state.epoch() != epoch || state.isSealed()) {
            refusal = new AppendRefusal.Fenced(state.epoch());
        } else if (writerEpoch != epoch) {
            refusal = new AppendRefusal.NotLeader(self);
        } else if (entry.timestamp() <= resentThrough && isHeld(epoch, entry.timestamp(), listener)) {
            return;
        } else if (expectedPosition >= 0 && expectedPosition != state.lastPosition()) {
            refusal = new AppendRefusal.PositionMoved(state.lastPosition());
        } else if (entry.timestamp() <= log.lastTimestamp()) {
            refusal = new AppendRefusal.NotMonotonic(log.lastTimestamp());
        } else if (isFull()) {
            refusal = new AppendRefusal.Overloaded();
        }
        if (refusal != null) {
            effects.refused(listener, refusal);
            return;
        }
        matched = log.add(term, RecordKind.ENTRY, entry, listener);
    }

    private boolean isFull() {
        long committed = Math.max(log.committedIndex(), log.tail().base());
        return log.lastIndex() - committed >= configuration.queueEntries()
                || log.tail().bytesBehind(committed) >= configuration.queueBytes();
    }

    /** Answers an append that was sent again if the log holds it, now or when it is committed. */
    private boolean isHeld(long epoch, long timestamp, AppendListener listener) {
        long position = log.recent().positionOf(epoch, timestamp);
        if (position == RecentAppends.UNKNOWN) {
            return false;
        }
        if (position <= log.toldPosition()
                || position <= log.tail().position(log.tail().base())) {
            if (position > log.toldPosition()) {
                effects.refused(listener, new AppendRefusal.NotLeader(self));
            } else {
                effects.durable(listener, position);
            }
            return true;
        }
        RecordTail tail = log.tail();
        long index = tail.lastIndexWithPosition(position - 1, tail.last()) + 1;
        AppendListener waiting = tail.takeListener(index);
        tail.putListener(index, waiting == null ? listener : new BothListeners(effects, waiting, listener));
        return true;
    }

    /** As the journal's door. */
    public void heartbeat(long epoch, long timestamp) {
        LogState state = log.state();
        if (role == Role.LEADER
                && writerEpoch == epoch
                && state.epoch() == epoch
                && !state.isSealed()
                && log.promise(timestamp)) {
            heartbeatIndex = log.lastIndex();
            heartbeat = timestamp;
            log.heartbeat(heartbeatIndex, timestamp);
        }
    }

    /** As the journal's door; {@code listener} hears when it is durable, or at once if the epoch is stale. */
    public void seal(long epoch, AppendListener listener) {
        if (role != Role.LEADER) {
            effects.refused(listener, new AppendRefusal.NotLeader(role == Role.SUCCESSOR ? self : leader));
        } else if (epoch != log.state().epoch() || epoch == 0) {
            effects.durable(listener, log.toldPosition());
        } else {
            writer = null;
            matched = log.addMark(term, RecordKind.SEAL, "", listener);
        }
    }

    /** As the journal's door, at any replica. */
    public void requestAdvance(long timestamp) {
        if (log.watermark() >= timestamp) {
            return;
        }
        if (role == Role.LEADER) {
            if (writer != null && log.lastTimestamp() < timestamp) {
                effects.advanceRequested(writer, timestamp);
            }
            return;
        }
        Peer leading = leader == null ? null : peers.get(leader);
        if (leading != null) {
            send(leading, new Message.Advance(term, timestamp));
        }
    }

    /** As the journal's door: at this replica and all others. */
    public void trim(long position) {
        effects.trim(Math.min(position, log.toldPosition()));
        for (Peer peer : peers.all()) {
            send(peer, new Message.Trim(term, position));
        }
    }

    // The disk.

    /** Everything up to {@code index} is durable, as far as it was not taken back since. */
    public void synced(long index) {
        log.synced(index);
        boolean joined = plan != null
                && !isQuorum()
                && !standing.complete()
                && plan.members().contains(self)
                && accepted() > 0
                && log.termAt(accepted()) == term;
        if (joined) {
            stand(new Standing(term, true));
        }
    }

    /** The log ends here now, durably. */
    public void cut(LogState end) {
        log.settle(end);
        Peer source = cutFor == null ? null : peers.get(cutFor);
        cutFor = null;
        if (source != null && isSource(source, term)) {
            fetch(source, end.lastIndex(), true);
        }
        if (heartbeatIndex > end.lastIndex()) {
            heartbeatIndex = 0;
            heartbeat = 0;
        }
    }

    /** The log has begun anew behind {@code base}, durably. */
    public void begunAnew(LogState base) {
        log.settleAnew(base);
        matched = Math.max(matched, base.lastIndex());
    }

    // Time.

    /** Time goes by; to be called every pulse or so. */
    public void tick(long time) {
        now = time;
        if (plan == null || now < nextPulse) {
            return;
        }
        nextPulse = now + configuration.pulseNanos();
        for (Peer peer : peers.all()) {
            pulse(peer);
        }
        Ballot current = ballot;
        if (current != null) {
            if (now - current.begun > configuration.ballotNanos()) {
                followBallot(term, null);
            } else if (current.source() == null) {
                askForPromises();
            } else {
                Peer source = peers.get(current.source());
                if (source != null) {
                    fetch(source, Math.min(log.lastIndex(), current.targetIndex()), false);
                }
            }
        } else if (isLeaderless()) {
            prepare(() -> {}, () -> {});
        }
    }

    /**
     * Whether nobody leads a quorum although a majority could be asked: then readers would never learn what is committed. The
     * voters wait for different times, so that mostly one of them tries.
     */
    private boolean isLeaderless() {
        int number = isQuorum() ? Objects.requireNonNull(plan).members().indexOf(self) : -1;
        if (number < 0 || role != Role.FOLLOWER || now - ledAt <= configuration.slowNanos() * (2 + number) / 2) {
            return false;
        }
        int heard = 1;
        for (String voter : Objects.requireNonNull(plan).members()) {
            Peer peer = peers.get(voter);
            heard += peer != null && !peer.isSilent(now, configuration.silenceNanos()) ? 1 : 0;
        }
        return heard > Objects.requireNonNull(plan).members().size() / 2;
    }

    private void pulse(Peer peer) {
        if (plan == null) {
            return;
        }
        peers.ping(peer, new Message.Acceptance(term, accepted(), log.lastIndex(), role == Role.LEADER), now);
        if (isDownstream(peer.name) && agreed) {
            long through = peer.pushing ? peer.next - 1 : role == Role.LEADER ? log.lastIndex() : matched;
            sendAppend(peer, through, RecordBatch.empty(), false);
        }
    }

    /** Up to where this log is that of the term's leader, and durable. */
    private long accepted() {
        if (!isQuorum() && durableStanding.term() != term || role == Role.SUCCESSOR || role == Role.CANDIDATE) {
            return 0;
        }
        if (bug == PlantedBug.ACKNOWLEDGES_BEFORE_SYNC) {
            return matched;
        }
        return Math.min(matched, log.syncedIndex());
    }

    /** Sends what gathered, and tells what has become committed. */
    public void flush() {
        if (plan == null) {
            return;
        }
        findCommits();
        if (agreed) {
            for (Peer peer : peers.all()) {
                if (peer.pushing) {
                    push(peer);
                }
            }
        }
        tellAcceptance();
        log.tell(configuration.tailBytes(), bug == PlantedBug.HEARTBEAT_PASSES_UNCOMMITTED);
    }

    private void push(Peer peer) {
        long limit = role == Role.LEADER ? log.lastIndex() : matched;
        if (peer.next <= log.tail().base()) {
            peer.pushing = false;
            return;
        }
        while (peer.next <= limit) {
            RecordBatch records = log.tail().slice(peer.next - 1, limit, configuration.frameBytes());
            sendAppend(peer, peer.next - 1, records, false);
            peer.next += records.size();
        }
        boolean news = heartbeatIndex == peer.next - 1 && peer.sentHeartbeat < heartbeat;
        if (news || peer.sentCommitted < log.committedIndex()) {
            sendAppend(peer, peer.next - 1, RecordBatch.empty(), false);
        }
    }

    private void tellAcceptance() {
        long accepted = accepted();
        if (accepted <= sentAccepted) {
            return;
        }
        sentAccepted = accepted;
        Message news = new Message.Acceptance(term, accepted, log.lastIndex(), role == Role.LEADER);
        for (Peer peer : peers.all()) {
            if (isQuorum() || peer.name.equals(leader)) {
                send(peer, news);
            }
        }
    }

    private void findCommits() {
        JournalPlan current = Objects.requireNonNull(plan);
        if (!isQuorum()) {
            if (role == Role.LEADER) {
                long everywhere = acceptedByAll(current.members());
                if (everywhere >= termStart) {
                    log.commit(everywhere);
                }
            }
            return;
        }
        long majority = Math.min(acceptedByMajority(current.members()), matched);
        if (majority > log.committedIndex() && log.termAt(majority) == term) {
            log.commit(majority);
        }
    }

    private long acceptedByAll(List<String> members) {
        long lowest = accepted();
        int count = bug == PlantedBug.CHAIN_SKIPS_A_MEMBER ? Math.max(1, members.size() - 1) : members.size();
        for (int i = 0; i < count; i++) {
            Peer peer = peers.get(members.get(i));
            if (peer != null) {
                lowest = Math.min(lowest, peer.accepted);
            }
        }
        return lowest;
    }

    private long acceptedByMajority(List<String> members) {
        long best = 0;
        for (int i = 0; i < members.size(); i++) {
            long candidate = acceptedBy(members.get(i));
            int count = 0;
            for (int j = 0; j < members.size(); j++) {
                count += acceptedBy(members.get(j)) >= candidate ? 1 : 0;
            }
            if (count > members.size() / 2) {
                best = Math.max(best, candidate);
            }
        }
        return best;
    }

    private long acceptedBy(String member) {
        Peer peer = peers.get(member);
        return peer == null ? accepted() : peer.accepted;
    }

    /** The replica ends: nobody will hear from it what becomes of what is not committed. */
    public void refuseWaiting(String why) {
        log.refuseWaiting(new AppendRefusal.Unavailable(why, true));
    }

    // Questions.

    /** The last records of the log. */
    public RecordTail tail() {
        return log.tail();
    }

    public boolean leads() {
        return role == Role.LEADER;
    }

    /** Who leads as far as this replica knows, or null. */
    public @Nullable String leader() {
        return leader;
    }

    public long term() {
        return term;
    }

    /** The epoch at the end of the log, committed or not. */
    public long epoch() {
        return log.state().epoch();
    }

    /** The last index that is committed as far as this replica knows. */
    public long committedIndex() {
        return log.committedIndex();
    }

    public long lastIndex() {
        return log.lastIndex();
    }

    public @Nullable JournalPlan plan() {
        return plan;
    }

    /** What {@link PlanRule} wants to know of this replica. */
    public PlanRule.Sight sight(long time) {
        now = time;
        List<String> suspects = new ArrayList<>();
        List<String> close = new ArrayList<>();
        String stuck = firstStuck();
        for (Peer peer : peers.all()) {
            if (peer.name.equals(stuck) || peer.isSilent(now, configuration.slowNanos())) {
                suspects.add(peer.name);
            } else if (agreed && peer.accepted > 0 && peer.accepted + CLOSE_RECORDS >= log.lastIndex()) {
                close.add(peer.name);
            }
        }
        boolean mayLead = standing.complete() && durableStanding.equals(standing);
        boolean established = role == Role.LEADER && log.committedIndex() >= termStart;
        return new PlanRule.Sight(self, mayLead, role == Role.LEADER, established, suspects, close);
    }

    /** The head if it does not lead; else, as the head sees it, the first member that holds up all behind it. */
    private @Nullable String firstStuck() {
        if (plan == null) {
            return null;
        }
        for (String member : plan.members()) {
            Peer peer = peers.get(member);
            boolean head = member.equals(plan.head());
            if (peer != null
                    && (head && peer.doesNotLead(now, configuration.slowNanos())
                            || role == Role.LEADER && peer.isStuck(now, configuration.slowNanos()))) {
                return member;
            }
        }
        return null;
    }
}
