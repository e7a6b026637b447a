package dev.boreal.adjudicator;

import dev.boreal.adjudicator.conflict.ConflictWindow;
import dev.boreal.adjudicator.conflict.WriteFootprint;
import dev.boreal.adjudicator.order.TimestampOrder;
import dev.boreal.adjudicator.tenure.LostTransactions;
import dev.boreal.adjudicator.tenure.Renewal;
import dev.boreal.adjudicator.tenure.StagedChunks;
import dev.boreal.adjudicator.tenure.Tenure;
import dev.boreal.adjudicator.tenure.TenureEntry;
import dev.boreal.contracts.transaction.CommitOutcome;
import dev.boreal.contracts.transaction.CommitOutcome.RefusalReason;
import dev.boreal.contracts.transaction.CommitRequest;
import dev.boreal.contracts.transaction.Conflict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One tenure over one range, as a step function: each step takes what happened and the latest possible time, and gives
 * back what to do. Not thread-safe: one lock or thread owns it, and performs the effects in the order decided.
 *
 * <p>The rule (DESIGN §4): a request conflicts if a conflicting access was committed in {@code (t_start, t_commit)}.
 * Since {@code t_commit} is above everything issued before, that is everything remembered above {@code t_start}.
 *
 * <p>A commit is remembered when the journal took it, which is before it is durable. Should the journal fail it after
 * that, the memory of a commit that never happened remains: a false conflict for snapshots below its timestamp, which a
 * retry, starting above it, does not meet again. The other way round, remembering when durable, would let two
 * conflicting commits travel at once.
 */
public final class AdjudicatorCore {
    private final AdjudicatorConfiguration configuration;
    private final Tenure tenure;
    private final ConflictWindow window;
    private final TimestampOrder order;
    private final StagedChunks chunks;
    private final Renewal renewal;
    private final LostTransactions lost = new LostTransactions();

    /** One that nobody can succeed while it lives: its tenure has no end and needs no record. */
    public AdjudicatorCore(AdjudicatorConfiguration configuration, Tenure tenure) {
        this(configuration, tenure, Renewal.unlimited());
    }

    /** One that decides as long as its renewals become durable. */
    public AdjudicatorCore(AdjudicatorConfiguration configuration, Tenure tenure, Renewal renewal) {
        this.configuration = configuration;
        this.renewal = renewal;
        this.tenure = tenure;
        this.window = new ConflictWindow(configuration, tenure.notBefore());
        this.order = new TimestampOrder(
                tenure.notBefore(), configuration.maximumLead().toNanos());
        this.chunks = new StagedChunks(tenure.journalEnd());
        this.order.limitTo(renewal.notAfter());
    }

    /**
     * May it commit, and when.
     *
     * @param own the footprint of the request's own record
     * @param now the latest possible time
     * @param lead how far ahead of it to issue
     */
    public Decision decide(CommitRequest request, WriteFootprint own, long now, long lead) {
        CommitOutcome refusal = refusal(request);
        if (refusal != null) {
            return new Decision.Answer(refusal);
        }
        List<WriteFootprint> footprints = footprints(request, own);
        if (footprints == null) {
            return refuse(
                    RefusalReason.SNAPSHOT_TOO_OLD,
                    "a part of the transaction was sent ahead too long ago, or to another adjudicator");
        }
        Conflict conflict = window.check(request);
        if (conflict != null) {
            return new Decision.Answer(new CommitOutcome.Conflicted(conflict));
        }
        long timestamp = order.next(now, lead, request.snapshot());
        return timestamp == 0 ? lapsed() : new Decision.Append(timestamp, footprints);
    }

    private @Nullable CommitOutcome refusal(CommitRequest request) {
        if (!tenure.accepts(request.epoch())) {
            return new CommitOutcome.Refused(
                    RefusalReason.STALE_EPOCH,
                    "the sender knows epoch " + request.epoch() + ", this is epoch " + tenure.epoch());
        }
        if (request.snapshot() < window.floor()) {
            return new CommitOutcome.Refused(
                    RefusalReason.SNAPSHOT_TOO_OLD,
                    "the transaction's snapshot " + request.snapshot() + " is older than what adjudicator "
                            + configuration.name() + " remembers (" + window.floor() + ")");
        }
        if (lost.contains(request.transactionId())) {
            return new CommitOutcome.Refused(
                    RefusalReason.NEVER_COMMITTED, "its sender was told already that it did not commit");
        }
        if (isTooLarge(request)) {
            return new CommitOutcome.Refused(RefusalReason.TOO_LARGE, tooLarge());
        }
        return null;
    }

    private @Nullable List<WriteFootprint> footprints(CommitRequest request, WriteFootprint own) {
        long[] positions = request.record().chunkPositions();
        if (positions.length == 0) {
            return List.of(own);
        }
        List<WriteFootprint> footprints = chunks.footprints(request.transactionId(), positions);
        if (footprints != null) {
            footprints.add(own);
        }
        return footprints;
    }

    /** The journal took the record that {@link #decide} let pass last. */
    public void appended(CommitRequest request, Decision.Append append) {
        window.remember(request, append.footprints(), append.timestamp());
    }

    /**
     * A chunk wants to go ahead of its commit: its timestamp, or a refusal. If the journal does not take it, say so with
     * {@link #chunkAbandoned}.
     *
     * @param durablePosition the journal's last durable position
     */
    public Decision stage(
            long transactionId, WriteFootprint keys, long bytes, long durablePosition, long now, long lead) {
        long before = chunks.bytesOf(transactionId);
        if (bytes > configuration.maximumTransactionBytes() - before) {
            return refuse(RefusalReason.TOO_LARGE, tooLarge());
        }
        long timestamp = order.next(now, lead, 0);
        if (timestamp == 0) {
            return lapsed();
        }
        chunks.staging(timestamp, durablePosition, transactionId, bytes, keys);
        return new Decision.Append(timestamp, new ArrayList<>());
    }

    private boolean isTooLarge(CommitRequest request) {
        long bytes = request.record().bytes().length;
        long staged = request.record().chunkPositions().length == 0 ? 0 : chunks.bytesOf(request.transactionId());
        return bytes > configuration.maximumTransactionBytes() - staged;
    }

    private String tooLarge() {
        return "the transaction is larger than " + configuration.maximumTransactionBytes() + " bytes";
    }

    private Decision lapsed() {
        return refuse(
                RefusalReason.NOT_LEADER,
                "the tenure of adjudicator " + configuration.name() + " ended at " + order.limit()
                        + " and is not renewed");
    }

    private static Decision refuse(RefusalReason reason, String message) {
        return new Decision.Answer(new CommitOutcome.Refused(reason, message));
    }

    public void chunkStaged(long timestamp, long position) {
        chunks.staged(timestamp, position);
    }

    public void chunkAbandoned(long timestamp) {
        chunks.abandoned(timestamp);
    }

    /** A commit that names chunks is durable at {@code position}. */
    public void chunksCommitted(CommitRequest request, long position) {
        chunks.committed(request.record().chunkPositions(), position);
    }

    /** See {@link StagedChunks#trimmable}. */
    public long trimmable(long persisted) {
        return chunks.trimmable(persisted);
    }

    /** The watermark to promise when somebody waits for {@code requested}; 0 if there is nothing new to promise. */
    public long promise(long requested, long now, long lead) {
        return order.promise(requested, now, lead);
    }

    /** What to promise just before the entry at {@code timestamp} goes to the journal: all that lies below is settled. */
    public long promiseBefore(long timestamp) {
        return order.before(timestamp);
    }

    /** The record that renews the tenure, to be appended at once, or null if that is not due. */
    public @Nullable TenureEntry renew(long now) {
        return renewal.isDue(now) ? renewal.written(order.nextOfTenure(now)) : null;
    }

    /**
     * A record of the tenure whether or not it is due. What was appended before is durable when it is. Only for a tenure
     * that has an end.
     */
    public TenureEntry mark(long now) {
        return renewal.written(order.nextOfTenure(now));
    }

    /** The record that gives the tenure back. Nothing is issued or promised afterwards. */
    public TenureEntry giveBack(long now) {
        TenureEntry last = renewal.givenBack(order.nextOfTenure(now));
        order.limitTo(renewal.notAfter());
        return last;
    }

    public void tenureDurable(TenureEntry entry) {
        renewal.durable(entry);
        order.limitTo(renewal.notAfter());
    }

    public void tenureRefused(TenureEntry entry) {
        renewal.refused(entry);
    }

    /**
     * From now on the transaction is refused if it is asked to commit: its sender asks what became of it. False if too
     * many are refused so already.
     */
    public boolean refuseFromNowOn(long transactionId, long snapshot) {
        return lost.add(transactionId, snapshot);
    }

    /** The journal has seen this timestamp: issue only above it. */
    public void skipTo(long timestamp) {
        order.skipTo(timestamp);
    }

    /** Frees memory of what nobody may ask for any more. */
    public void expire(long now) {
        window.expire(now);
        order.skipTo(window.floor());
        chunks.expire(window.floor());
        lost.expire(window.floor());
    }

    public Tenure tenure() {
        return tenure;
    }

    /** Nothing is issued or promised above this. */
    public long notAfter() {
        return order.limit();
    }

    public long floor() {
        return window.floor();
    }

    public long lastTimestamp() {
        return order.last();
    }

    /** How many (key, mode) pairs are remembered. */
    public long remembered() {
        return window.remembered();
    }

    /** What the memory of commits takes. */
    public long memoryBytes() {
        return window.arrayBytes();
    }
}
