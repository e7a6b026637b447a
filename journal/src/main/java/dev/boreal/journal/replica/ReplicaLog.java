package dev.boreal.journal.replica;

import dev.boreal.contracts.door.Journal.AppendListener;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.journal.order.LogState;
import dev.boreal.journal.order.RecentAppends;
import dev.boreal.journal.order.TermRuns;
import dev.boreal.journal.record.RecordKind;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A replica's own log as its core sees it: where it ends, which terms its records are of, how far it is durable and
 * committed, and its last records. Not thread-safe.
 *
 * <pre>  ... told  ≤  committed, synced  ≤  last</pre>
 */
final class ReplicaLog {
    private final ReplicaEffects effects;
    private final RecentAppends recent;
    private final RecordTail tail;
    private final Heartbeats heartbeats = new Heartbeats();
    private TermRuns knownTerms;
    private LogState state;
    private long synced;
    private long committed;
    private long told;
    private long toldPosition;
    private long watermark;
    private long promised;
    private long heartbeatIndex;
    private long heartbeat;
    private boolean unsettled;

    ReplicaLog(ReplicaEffects effects, LogState end, TermRuns terms, RecentAppends recent) {
        this.effects = effects;
        this.recent = recent;
        knownTerms = terms;
        state = end.copy();
        tail = new RecordTail(end);
        synced = end.lastIndex();
    }

    /** Puts a record at the end, or throws if it cannot stand there. */
    long add(long term, RecordKind kind, JournalEntry entry, @Nullable AppendListener listener) {
        long position = state.nextPosition(kind);
        long epoch = state.nextEpoch(kind);
        String owner = kind == RecordKind.EPOCH ? new String(entry.payload(), StandardCharsets.UTF_8) : "";
        long index = state.lastIndex() + 1;
        String objection = state.follow(kind, index, term, position, epoch, entry.timestamp(), owner);
        if (objection != null) {
            throw new IllegalStateException("the record with index " + index + " " + objection);
        }
        knownTerms.add(index, term);
        tail.add(term, kind, position, epoch, entry, listener);
        if (kind == RecordKind.ENTRY) {
            recent.add(position, epoch, entry.timestamp());
        }
        effects.write(term, kind, position, epoch, entry);
        return index;
    }

    /** Puts a mark at the end. */
    long addMark(long term, RecordKind kind, String text, @Nullable AppendListener listener) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        return add(term, kind, new JournalEntry(lastTimestamp(), payload), listener);
    }

    /** Begins to take back the records behind {@code index}; nothing can be added until {@link #settle}. */
    void cutAfter(long index) {
        if (index < committed) {
            throw new IllegalStateException(
                    "asked to take back records behind index " + index + ", but " + committed + " is committed");
        }
        unsettled = true;
        effects.cutAfter(index);
    }

    void beginAnew(LogState base) {
        unsettled = true;
        effects.beginAnew(base);
    }

    /** The records behind {@code end} have been taken back. */
    void settle(LogState end) {
        unsettled = false;
        long index = end.lastIndex();
        state = end.copy();
        synced = Math.min(synced, index);
        if (index >= tail.base()) {
            tail.cutAfter(index);
        } else {
            tail.clear(end);
        }
        knownTerms.cutAfter(index);
        recent.cutAfter(end.lastPosition());
        heartbeats.cutAfter(index);
        if (heartbeatIndex > index) {
            heartbeatIndex = 0;
            heartbeat = 0;
        }
    }

    /** The log has begun anew behind {@code base}, which is committed. */
    void settleAnew(LogState base) {
        unsettled = false;
        state = base.copy();
        synced = base.lastIndex();
        tail.clear(base);
        knownTerms = new TermRuns(base.lastIndex(), base.lastTerm());
        recent.cutAfter(0);
        heartbeats.cutAfter(0);
        committed = Math.max(committed, base.lastIndex());
    }

    /** A cut is under way. */
    boolean isUnsettled() {
        return unsettled;
    }

    void synced(long index) {
        synced = Math.min(Math.max(synced, index), state.lastIndex());
    }

    /** Whether everything up to {@code index} is known to be the same as in a log whose record there is of {@code term}. */
    boolean agrees(long index, long term) {
        return index <= state.lastIndex() && (index <= surelyShared() || knownTerms.termAt(index) == term);
    }

    /** Up to here every log is the same: what is committed, and what was trimmed. */
    long surelyShared() {
        return Math.max(committed, knownTerms.firstKnown());
    }

    /** Of a record that is held; 0 if that is before what is known, where nobody asks for it. */
    long termAt(long index) {
        return index < knownTerms.firstKnown() ? 0 : knownTerms.termAt(index);
    }

    /** Where to look next for agreement when the record at {@code index} is not the same. */
    long beforeRunOf(long index) {
        return Math.max(surelyShared(), knownTerms.startOfRun(index) - 1);
    }

    /**
     * Everything up to {@code index} is committed. Ignored while the replica has not come as far since its start, for
     * then it does not know which position that is.
     */
    void commit(long index) {
        if (index > committed && index >= tail.base()) {
            committed = index;
        }
    }

    /** Tells what has become committed and is durable here, then the watermark, and forgets what nobody needs in memory. */
    void tell(long keepBytes) {
        long through = Math.min(committed, synced);
        if (through > told && through >= tail.base()) {
            long before = Math.max(told, tail.base());
            told = through;
            toldPosition = tail.position(through);
            effects.committed(told, toldPosition);
            for (long index = before + 1; index <= through; index++) {
                AppendListener listener = tail.takeListener(index);
                if (listener != null) {
                    effects.durable(listener, tail.position(index));
                }
            }
            effects.answered(told);
            tellWatermark(Math.max(tail.timestamp(told), heartbeats.takeThrough(told)));
            tail.shrink(told, keepBytes);
        } else if (told == through) {
            tellWatermark(heartbeats.takeThrough(told));
        }
    }

    private void tellWatermark(long timestamp) {
        if (timestamp > watermark) {
            watermark = timestamp;
            effects.watermark(timestamp);
        }
    }

    /** Nobody will hear from here what becomes of the records that are not committed. */
    void refuseWaiting(AppendRefusal refusal) {
        for (long index = Math.max(told, tail.base()) + 1; index <= tail.last(); index++) {
            AppendListener listener = tail.takeListener(index);
            if (listener != null) {
                effects.refused(listener, refusal);
            }
        }
    }

    /** A heartbeat behind the record at {@code index}, which is held. */
    void heartbeat(long index, long timestamp) {
        heartbeats.add(index, timestamp);
        heartbeatIndex = index;
        heartbeat = timestamp;
    }

    /** Behind which record the last heartbeat stands, or 0. */
    long heartbeatIndex() {
        return heartbeatIndex;
    }

    /** The last one, which holds once everything up to its index is committed; or 0. */
    long heartbeat() {
        return heartbeat;
    }

    /** A leader's writer promised this; false if it does not rise. */
    boolean promise(long timestamp) {
        if (timestamp <= lastTimestamp()) {
            return false;
        }
        promised = timestamp;
        return true;
    }

    /** A new leader admits nothing below what it heard from the one before. */
    void promiseWhatWasHeard() {
        promised = Math.max(heartbeats.highest(), watermark);
    }

    /** Who does not lead any more promises nothing. */
    void forgetPromise() {
        promised = 0;
    }

    /** The highest timestamp used or, while it leads, promised away. */
    long lastTimestamp() {
        return Math.max(promised, state.lastTimestamp());
    }

    LogState state() {
        return state;
    }

    RecordTail tail() {
        return tail;
    }

    RecentAppends recent() {
        return recent;
    }

    long lastIndex() {
        return state.lastIndex();
    }

    long lastTerm() {
        return state.lastTerm();
    }

    long syncedIndex() {
        return synced;
    }

    long committedIndex() {
        return committed;
    }

    /** The position of the last entry that was told to be committed. */
    long toldPosition() {
        return toldPosition;
    }

    long watermark() {
        return watermark;
    }
}
