package dev.boreal.journal.replica;

import dev.boreal.contracts.cluster.JournalPlan;
import dev.boreal.contracts.cluster.ReplicationMode;
import dev.boreal.contracts.door.Journal.AppendListener;
import dev.boreal.contracts.door.Journal.Writer;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.journal.order.LogState;
import dev.boreal.journal.order.RecentAppends;
import dev.boreal.journal.order.TermRuns;
import dev.boreal.journal.replica.ReplicaEffects.OpenListener;
import java.util.ArrayList;
import java.util.List;
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
 *
 * <p><b>The parts</b>, all over one {@link ReplicaState}: {@link Leadership} and {@link Elections} say whose term it is, {@link RecordSender}
 * and {@link RecordFollower} make the logs alike, {@link Acknowledgements} finds the commits, {@link WriterDoor} admits entries, {@link
 * MemberWatch} tells who does its part. This class gives each input to the part that it is for.
 */
public final class ReplicaCore {
    private final ReplicaState state;
    private final ReplicaLog log;
    private final Peers peers;
    private final RecordSender sender;
    private final RecordFollower follower;
    private final Acknowledgements acknowledgements;
    private final Leadership leadership;
    private final Elections elections;
    private final WriterDoor door;
    private final MemberWatch watch;
    private long trimmable;
    private long trimmed;
    private long nextPulse = Long.MIN_VALUE;

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
            ReplicaEffects effects) {
        log = new ReplicaLog(effects, end, terms, recent);
        state = new ReplicaState(self, configuration, standing, end, log, effects);
        peers = state.peers;
        WriterSeat seat = new WriterSeat();
        sender = new RecordSender(state);
        follower = new RecordFollower(state, sender);
        acknowledgements = new Acknowledgements(state);
        leadership = new Leadership(state, sender, follower, acknowledgements, seat);
        elections = new Elections(state, leadership, follower);
        door = new WriterDoor(state, seat, elections);
        watch = new MemberWatch(state);
    }

    // Plans.

    /** The plan is this now. Older ones than the last are ignored. */
    public void plan(JournalPlan next, long time) {
        state.now = time;
        JournalPlan known = state.plan;
        if (known != null && next.term() <= known.term()) {
            return;
        }
        if (known == null) {
            state.ledAt = time;
        }
        state.plan = next;
        List<String> everybody = new ArrayList<>(next.members());
        everybody.addAll(next.learners());
        peers.become(everybody, time);
        if (next.mode() != ReplicationMode.QUORUM) {
            leadership.follow(next);
        } else if (state.role == Role.LEADER) {
            sender.pushToEverybody();
        }
    }

    // Messages.

    /** There is a connection to a peer. */
    public void connected(String name, long time) {
        state.now = time;
        peers.connected(name, time);
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
        state.now = time;
        if (state.plan == null) {
            return;
        }
        if (message instanceof Message.Relay relay) {
            relayed(from, relay);
        } else {
            receive(from, message, true);
        }
    }

    private void relayed(String from, Message.Relay relay) {
        if (relay.destination().equals(state.self)) {
            receive(relay.origin(), relay.message(), false);
            return;
        }
        if (peers.get(from) != null && peers.get(relay.destination()) != null) {
            state.effects.send(relay.destination(), relay);
        }
    }

    private void receive(String from, Message message, boolean directly) {
        Peer peer = peers.get(from);
        if (peer == null) {
            return;
        }
        peer.heard(state.now, directly);
        switch (message) {
            case Message.Append append -> receiveAppend(peer, append);
            case Message.Fetch fetch -> sender.receiveFetch(peer, fetch);
            case Message.Acceptance acceptance -> {
                leadership.learnOf(acceptance.term());
                acknowledgements.receive(peer, acceptance);
            }
            case Message.Prepare prepare -> elections.receivePrepare(peer, prepare);
            case Message.Promise promise -> elections.receivePromise(peer, promise);
            case Message.Superseded superseded -> leadership.learnOf(superseded.term());
            case Message.Base base -> receiveBase(peer, base);
            case Message.Advance advance -> {
                state.wishedAt = state.now;
                requestAdvance(advance.timestamp());
            }
            case Message.Trim trim -> trimmable = Math.max(trimmable, trim.position());
            case Message.Relay ignored -> throw new IllegalStateException("a relay within a relay");
        }
    }

    private void receiveAppend(Peer peer, Message.Append append) {
        if (append.term() < state.term) {
            state.send(peer, new Message.Superseded(state.term));
            return;
        }
        if (!leadership.isSource(peer, append.term()) || log.isUnsettled() || !follower.receiveAppend(peer, append)) {
            return;
        }
        if (state.role == Role.CANDIDATE) {
            elections.takeOver(peer);
        } else if (append.more()) {
            follower.fetch(peer, append.previousIndex() + append.records().size(), true);
        }
    }

    private void receiveBase(Peer peer, Message.Base base) {
        if (base.term() == state.term && leadership.isSource(peer, state.term) && !log.isUnsettled()) {
            follower.receiveBase(base);
        }
    }

    // Writers.

    /** As the journal's door. */
    public void open(String owner, long expectedEpoch, Writer writer, OpenListener listener, long time) {
        state.now = time;
        door.open(owner, expectedEpoch, writer, listener);
    }

    /** As the journal's door. */
    public void resume(long epoch, Writer writer, OpenListener listener, long time) {
        state.now = time;
        door.resume(epoch, writer, listener);
    }

    /** As the journal's door, with {@code JournalOrder.ANY_POSITION} as expectation if there is none. */
    public void append(long epoch, long expectedPosition, JournalEntry entry, AppendListener listener) {
        door.append(epoch, expectedPosition, entry, listener);
    }

    /** As the journal's door. */
    public void heartbeat(long epoch, long timestamp) {
        door.heartbeat(epoch, timestamp);
    }

    /** As the journal's door; {@code listener} hears when it is durable, or at once if the epoch is stale. */
    public void seal(long epoch, AppendListener listener) {
        door.seal(epoch, listener);
    }

    /** As the journal's door, at any replica. */
    public void requestAdvance(long timestamp) {
        door.requestAdvance(timestamp);
    }

    /** As the journal's door: at this replica and all others. */
    public void trim(long position) {
        trimmable = Math.max(trimmable, position);
        for (Peer peer : peers.all()) {
            state.send(peer, new Message.Trim(state.term, position));
        }
    }

    // The disk.

    /** It is durable. */
    public void stood(Standing durable) {
        state.durableStanding = durable;
        if (!durable.equals(state.standing) || durable.term() != state.term) {
            return;
        }
        if (state.role == Role.SUCCESSOR) {
            leadership.lead();
        } else {
            elections.stood();
        }
    }

    /** Everything up to {@code index} is durable, as far as it was not taken back since. */
    public void synced(long index) {
        log.synced(index);
        leadership.completeIfCaughtUp();
    }

    /** The log ends here now, durably. */
    public void cut(LogState end) {
        Peer source = follower.cut(end);
        if (source != null && leadership.isSource(source, state.term)) {
            follower.fetch(source, end.lastIndex(), true);
        }
    }

    /** The log has begun anew behind {@code base}, durably. */
    public void begunAnew(LogState base) {
        follower.begunAnew(base);
    }

    /** What {@link ReplicaEffects#copy} asked for. */
    public void copied(CopyRequest request, RecordBatch records, long time) {
        state.now = time;
        sender.copied(request, records);
    }

    /** What {@link ReplicaEffects#copy} asked for was trimmed: the log begins behind {@code base}. */
    public void trimmedBefore(CopyRequest request, LogState base, long time) {
        state.now = time;
        sender.trimmedBefore(request, base);
    }

    /** What {@link ReplicaEffects#copy} asked for could not be read. It will be asked for again. */
    public void copyFailed(CopyRequest request) {
        sender.copyFailed(request);
    }

    // Time.

    /** Time goes by; to be called every pulse or so. */
    public void tick(long time) {
        state.now = time;
        if (state.plan == null || time < nextPulse) {
            return;
        }
        nextPulse = time + state.configuration.pulseNanos();
        for (Peer peer : peers.all()) {
            pulse(peer);
        }
        elections.tick();
    }

    private void pulse(Peer peer) {
        if (state.plan != null) {
            acknowledgements.pulse(peer);
            sender.pulse(peer);
        }
    }

    /** Whether somebody who reads here wants to hear at once what becomes committed; else a pulse later will do. */
    public void awaited(boolean wanted) {
        state.awaited = wanted;
    }

    /** Sends what gathered, and tells what has become committed. */
    public void flush() {
        if (state.plan == null) {
            return;
        }
        acknowledgements.findCommits();
        sender.push();
        acknowledgements.tell();
        log.tell(state.configuration.tailBytes());
        trimWhatIsTold();
    }

    /** Only what is known here to be committed: a follower may hear of that later than it is asked to trim. */
    private void trimWhatIsTold() {
        long position = Math.min(trimmable, log.toldPosition());
        if (position > trimmed) {
            trimmed = position;
            state.effects.trim(position);
        }
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
        return state.role == Role.LEADER;
    }

    /** Who leads as far as this replica knows, or null. */
    public @Nullable String leader() {
        return state.leader;
    }

    public long term() {
        return state.term;
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
        return state.plan;
    }

    /** What {@link PlanRule} wants to know of this replica. */
    public PlanRule.Sight sight(long time) {
        state.now = time;
        return watch.sight();
    }
}
