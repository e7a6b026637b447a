package dev.boreal.journal.replica;

import dev.boreal.journal.order.LogState;
import org.jspecify.annotations.Nullable;

/**
 * Makes the own log that of the term's leader: accepts records behind one that both have with the same term, cuts what does not
 * fit, and fetches what is missing (Ongaro and Ousterhout, section 5.3). Whether a peer is one to copy from is for {@link
 * Leadership} to say, before anything comes here. Not thread-safe.
 */
final class RecordFollower {
    private final ReplicaState state;
    private final ReplicaLog log;
    private final RecordSender sender;
    private long fetchedAt = Long.MIN_VALUE;
    /** Whose records are to follow when the cut that is under way is done. */
    private @Nullable String cutFor;

    RecordFollower(ReplicaState state, RecordSender sender) {
        this.state = state;
        this.sender = sender;
        log = state.log;
    }

    /** A term begins: only what is committed is surely its leader's. */
    void beginTerm() {
        state.matched = log.committedIndex();
        state.agreed = false;
        fetchedAt = Long.MIN_VALUE;
    }

    /** Takes what fits; true if everything that came is now in the log. */
    boolean receiveAppend(Peer peer, Message.Append append) {
        long previous = append.previousIndex();
        if (previous > log.lastIndex()) {
            fetch(peer, log.lastIndex(), false);
            return false;
        }
        if (!log.agrees(previous, append.previousTerm())) {
            fetch(peer, log.beforeRunOf(previous), true);
            return false;
        }
        return accept(peer, append);
    }

    private boolean accept(Peer peer, Message.Append append) {
        state.ledAt = state.now;
        RecordBatch records = append.records();
        for (int i = 0; i < records.size(); i++) {
            long index = records.firstIndex() + i;
            if (index > log.lastIndex()) {
                log.add(records.term(i), records.kind(i), records.entry(i), null);
            } else if (!log.agrees(index, records.term(i))) {
                log.cutAfter(index - 1);
                cutFor = peer.name;
                state.matched = Math.min(state.matched, index - 1);
                return false;
            }
        }
        long through = append.previousIndex() + records.size();
        agree(append.previousIndex(), through);
        if (append.heartbeat() > 0 && through >= log.heartbeatIndex()) {
            log.heartbeat(through, append.heartbeat());
        }
        log.commit(Math.min(append.committed(), state.matched));
        return true;
    }

    private void agree(long from, long through) {
        state.matched = Math.max(state.matched, through);
        if (!state.agreed && state.role == Role.FOLLOWER) {
            state.agreed = true;
            sender.pushBehind(from);
        }
    }

    /** Asks for what follows an index; a repeated request waits for a pulse, unless it is urgent. */
    void fetch(Peer peer, long afterIndex, boolean urgent) {
        if (urgent || state.now - state.configuration.pulseNanos() >= fetchedAt) {
            fetchedAt = state.now;
            state.send(peer, new Message.Fetch(state.term, afterIndex));
        }
    }

    void receiveBase(Message.Base message) {
        if (message.base().lastIndex() > log.committedIndex()) {
            log.beginAnew(message.base());
        }
    }

    /** The log ends here now, durably; the peer for whose records it was cut, or null. */
    @Nullable Peer cut(LogState end) {
        log.settle(end);
        Peer source = cutFor == null ? null : state.peers.get(cutFor);
        cutFor = null;
        return source;
    }

    /** The log has begun anew behind {@code base}, durably. */
    void begunAnew(LogState base) {
        log.settleAnew(base);
        state.matched = Math.max(state.matched, base.lastIndex());
    }
}
