package dev.boreal.journal.replica;

import dev.boreal.journal.order.LogState;
import org.jspecify.annotations.Nullable;

/**
 * Passes records and news on to whoever copies from this replica: the successor in a chain, a learner behind its tail,
 * everybody in a quorum. A peer that is close is pushed what comes, from memory; one that is behind fetches frame by frame, and
 * what is no longer in memory is read from the disk for it. Not thread-safe.
 */
final class RecordSender {
    private final ReplicaState state;
    private final ReplicaLog log;

    RecordSender(ReplicaState state) {
        this.state = state;
        log = state.log;
    }

    /** From now on everybody downstream is pushed what comes behind {@code index}. */
    void pushBehind(long index) {
        for (Peer peer : state.peers.all()) {
            if (state.isDownstream(peer.name)) {
                peer.pushFrom(index + 1);
            }
        }
    }

    /** As {@link #pushBehind} with the end of the log, but those who are pushed already go on as they are. */
    void pushToEverybody() {
        for (Peer peer : state.peers.all()) {
            if (!peer.pushing && state.isDownstream(peer.name)) {
                peer.pushFrom(log.lastIndex() + 1);
            }
        }
    }

    /**
     * Pushes what gathered. Mere news (a commit, a heartbeat) of the leader wait for the next records, or for a pulse, while no
     * other replica has readers that wait for them.
     */
    void push() {
        if (!state.agreed) {
            return;
        }
        for (Peer peer : state.peers.all()) {
            if (peer.pushing) {
                push(peer);
            }
        }
    }

    private void push(Peer peer) {
        long limit = state.shareable();
        if (peer.next <= log.tail().base()) {
            peer.pushing = false;
            return;
        }
        while (peer.next <= limit) {
            RecordBatch records = log.tail().slice(peer.next - 1, limit, state.configuration.frameBytes());
            sendAppend(peer, peer.next - 1, records, false);
            peer.next += records.size();
        }
        boolean heartbeat = log.heartbeatIndex() == peer.next - 1 && peer.sentHeartbeat < log.heartbeat();
        boolean news = heartbeat || peer.sentCommitted < log.committedIndex();
        if (news && (state.role != Role.LEADER || state.isAwaitedElsewhere())) {
            sendAppend(peer, peer.next - 1, RecordBatch.empty(), false);
        }
    }

    /** Repeats the news, in case something was lost: a receiver that lacks records then fetches them. */
    void pulse(Peer peer) {
        if (state.isDownstream(peer.name) && state.agreed) {
            long through = peer.pushing ? peer.next - 1 : state.shareable();
            sendAppend(peer, through, RecordBatch.empty(), false);
        }
    }

    void receiveFetch(Peer peer, Message.Fetch fetch) {
        if (fetch.term() != state.term) {
            return;
        }
        boolean takesOver = state.isQuorum()
                && state.role == Role.FOLLOWER
                && state.leader == null
                && peer.name.equals(state.ownerOf(state.term));
        if (!takesOver && (!state.isDownstream(peer.name) || !state.agreed)) {
            return;
        }
        long limit = takesOver ? log.lastIndex() : state.shareable();
        long after = Math.min(fetch.afterIndex(), limit);
        peer.pushing = false;
        if (after < log.tail().base()) {
            copy(peer, after, Math.min(limit, log.tail().base()));
            return;
        }
        RecordBatch records = log.tail().slice(after, limit, state.configuration.frameBytes());
        long through = after + records.size();
        boolean more = through < limit;
        sendAppend(peer, after, records, more);
        if (!more && !takesOver) {
            peer.pushing = true;
            peer.next = through + 1;
        }
    }

    private void copy(Peer peer, long after, long through) {
        if (peer.copy == null) {
            peer.copy = new CopyRequest(peer.name, after, through);
            state.effects.copy(peer.copy);
        }
    }

    /** What {@link ReplicaEffects#copy} asked for. */
    void copied(CopyRequest request, RecordBatch records) {
        Peer peer = takeRequest(request);
        if (peer != null) {
            sendAppend(peer, request.afterIndex(), records, true);
        }
    }

    /** What {@link ReplicaEffects#copy} asked for was trimmed: the log begins behind {@code base}. */
    void trimmedBefore(CopyRequest request, LogState base) {
        Peer peer = takeRequest(request);
        if (peer != null) {
            state.send(peer, new Message.Base(state.term, base));
        }
    }

    /** What {@link ReplicaEffects#copy} asked for could not be read; the peer asks again when it hears the next pulse. */
    void copyFailed(CopyRequest request) {
        takeRequest(request);
    }

    /** Whoever waits for that request, or null if it is out of date. */
    private @Nullable Peer takeRequest(CopyRequest request) {
        Peer peer = state.peers.get(request.peer());
        if (peer == null || peer.copy != request) {
            return null;
        }
        peer.copy = null;
        return peer;
    }

    private void sendAppend(Peer peer, long after, RecordBatch records, boolean more) {
        long through = after + records.size();
        long news = log.heartbeatIndex() == through ? log.heartbeat() : 0;
        peer.sentCommitted = log.committedIndex();
        peer.sentHeartbeat = log.heartbeat();
        state.send(
                peer,
                new Message.Append(state.term, after, log.termAt(after), records, log.committedIndex(), news, more));
    }
}
