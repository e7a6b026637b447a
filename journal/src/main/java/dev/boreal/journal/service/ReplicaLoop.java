package dev.boreal.journal.service;

import dev.boreal.contracts.cluster.JournalPlan;
import dev.boreal.contracts.door.Journal.AppendListener;
import dev.boreal.contracts.door.Journal.Writer;
import dev.boreal.contracts.door.PeerNetwork;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.journal.disk.SegmentLog;
import dev.boreal.journal.order.LogState;
import dev.boreal.journal.record.RecordKind;
import dev.boreal.journal.replica.CopyRequest;
import dev.boreal.journal.replica.Message;
import dev.boreal.journal.replica.RecordBatch;
import dev.boreal.journal.replica.ReplicaConfiguration;
import dev.boreal.journal.replica.ReplicaCore;
import dev.boreal.journal.replica.ReplicaEffects;
import dev.boreal.journal.replica.Standing;
import dev.boreal.journal.wire.MessageCodec;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A replica's turns, each of which takes everything that waits, steps the core with each, starts the disk, and then sends. So
 * while it works the next inputs gather, and go out in one message. Turns are taken one at a time on the given executor's
 * one thread: where that is the loop of the replica's streams, what comes in goes out again without a change of threads.
 */
final class ReplicaLoop implements ReplicaEffects {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaLoop.class);

    private final ReplicaInbox inbox;
    private final ReplicaDisk disk;
    private final SegmentLog log;
    private final CommittedEnd end;
    private final PeerNetwork network;
    private final Executor background;
    private final Consumer<Throwable> failed;
    private final ReplicaConfiguration configuration;
    private final ReplicaCore core;
    private volatile long epoch;
    private volatile ReplicaStatus status;
    private final ScheduledExecutorService thread;
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private ReplicaInbox.Batch batch = ReplicaInbox.emptyBatch();
    private @Nullable ScheduledFuture<?> ticks;
    private volatile @Nullable Thread turning;
    private final Runnable diskAfterSending;
    private boolean forwards;
    private volatile boolean stopping;

    ReplicaLoop(
            String self,
            ReplicaConfiguration configuration,
            Standing standing,
            SegmentLog log,
            ReplicaInbox inbox,
            ReplicaDisk disk,
            CommittedEnd end,
            PeerNetwork network,
            Executor background,
            ScheduledExecutorService thread,
            Consumer<Throwable> failed) {
        this.inbox = inbox;
        this.thread = thread;
        this.disk = disk;
        this.log = log;
        this.end = end;
        this.network = network;
        this.background = background;
        this.failed = failed;
        this.configuration = configuration;
        LogState state = log.state();
        core = new ReplicaCore(
                self,
                configuration,
                standing,
                state,
                log.notes().terms(),
                log.notes().recentAppends(),
                this);
        disk.listen(core::synced);
        diskAfterSending = () -> thread.execute(this::startDisk);
        epoch = state.epoch();
        status = look(null);
    }

    void start() {
        long pause = Math.max(1, configuration.pulseNanos() / 2);
        ticks = thread.scheduleWithFixedDelay(this::turn, pause, pause, TimeUnit.NANOSECONDS);
        inbox.listen(this::askForTurn);
        askForTurn();
    }

    private void askForTurn() {
        try {
            thread.execute(this::turn);
        } catch (RejectedExecutionException e) {
            fail(e);
        }
    }

    private void turn() {
        if (stopping) {
            return;
        }
        turning = Thread.currentThread();
        try {
            batch = inbox.take(batch);
            step();
        } catch (Throwable t) {
            fail(t);
        } finally {
            turning = null;
        }
    }

    private void fail(Throwable cause) {
        stopping = true;
        failed.accept(cause);
    }

    private void step() {
        long now = System.nanoTime();
        for (int i = 0; i < batch.size(); i++) {
            switch (batch.kind(i)) {
                case APPEND ->
                    core.append(batch.first(i), batch.second(i), (JournalEntry) batch.object(i), (AppendListener)
                            batch.other(i));
                case HEARTBEAT -> core.heartbeat(batch.first(i), batch.second(i));
                case FRAME -> receive((String) batch.object(i), (byte[]) batch.other(i), now);
                case TASK -> ((Runnable) batch.object(i)).run();
            }
        }
        core.awaited(end.isAwaited());
        core.tick(now);
        forwards = false;
        core.flush();
        if (forwards) {
            // What others wait for leaves first, in the tasks that are waiting by now and those that they add.
            thread.execute(diskAfterSending);
        } else {
            disk.go();
        }
        epoch = core.epoch();
    }

    private void startDisk() {
        if (!stopping) {
            disk.go();
        }
    }

    private void receive(String peer, byte[] frame, long now) {
        Message message;
        try {
            message = MessageCodec.decode(frame);
        } catch (IllegalArgumentException e) {
            LOG.warn("ignores a frame of {} bytes from {}: {}", frame.length, peer, e.getMessage());
            return;
        }
        core.receive(peer, message, now);
    }

    /** There is no turn after the one that is being taken. */
    void stop() {
        stopping = true;
        try {
            thread.execute(this::end);
        } catch (RejectedExecutionException e) {
            end();
        }
    }

    private void end() {
        ScheduledFuture<?> ticking = ticks;
        if (ticking != null) {
            ticking.cancel(false);
        }
        over.complete(null);
    }

    /** Waits until the last turn is over, except during a turn. */
    void awaitEnd() {
        if (!Thread.currentThread().equals(turning)) {
            over.join();
        }
    }

    /** For turns only. */
    ReplicaCore core() {
        return core;
    }

    long epoch() {
        return epoch;
    }

    /** For turns only. */
    ReplicaStatus look(@Nullable String unavailable) {
        JournalPlan plan = core.plan();
        status = new ReplicaStatus(
                plan,
                core.leader(),
                core.leads(),
                core.term(),
                core.epoch(),
                core.lastIndex(),
                core.committedIndex(),
                end.durablePosition(),
                end.watermark(),
                unavailable);
        return status;
    }

    /** How it stood when somebody looked last. */
    ReplicaStatus lastStatus() {
        return status;
    }

    @Override
    public void write(long term, RecordKind kind, long position, long recordEpoch, JournalEntry entry) {
        disk.write(term, kind, position, recordEpoch, entry);
    }

    @Override
    public void cutAfter(long index) {
        LOG.info("takes back the records behind index {}, which another leader's replace", index);
        disk.cutAfter(index, core::cut);
    }

    @Override
    public void beginAnew(LogState base) {
        LOG.info("begins anew behind index {}, position {}", base.lastIndex(), base.lastPosition());
        disk.beginAnew(base, () -> core.begunAnew(base));
    }

    @Override
    public void stand(Standing standing) {
        disk.stand(standing, () -> core.stood(standing));
    }

    @Override
    public void send(String peer, Message message) {
        forwards |= message instanceof Message.Append append && append.records().size() > 0;
        network.send(peer, MessageCodec.encode(message));
    }

    @Override
    public void copy(CopyRequest request) {
        background.execute(() -> {
            try {
                RecordBatch records = new BatchReader(configuration.frameBytes()).read(log, request);
                if (records == null) {
                    LogState base = log.base();
                    inbox.task(() -> core.trimmedBefore(request, base, System.nanoTime()));
                } else {
                    inbox.task(() -> core.copied(request, records, System.nanoTime()));
                }
            } catch (IOException | RuntimeException e) {
                LOG.error(
                        "cannot read the journal behind index {} for {}, which will ask again",
                        request.afterIndex(),
                        request.peer(),
                        e);
                inbox.task(() -> core.copyFailed(request));
            }
        });
    }

    @Override
    public void committed(long index, long position) {
        end.committed(position);
    }

    @Override
    public void answered(long index) {
        end.deliver(index, core.tail());
    }

    @Override
    public void watermark(long timestamp) {
        end.watermark(timestamp);
    }

    @Override
    public void durable(AppendListener listener, long position) {
        try {
            listener.onDurable(position);
        } catch (Throwable t) {
            LOG.error("an append listener failed to hear that position {} is durable", position, t);
        }
    }

    @Override
    public void refused(AppendListener listener, AppendRefusal refusal) {
        try {
            listener.onRefused(refusal);
        } catch (Throwable t) {
            LOG.error("an append listener failed to hear of a refusal", t);
        }
    }

    @Override
    public void opened(OpenListener listener, OpenOutcome outcome) {
        listener.answered(outcome);
    }

    @Override
    public void advanceRequested(Writer writer, long timestamp) {
        try {
            writer.advanceRequested(timestamp);
        } catch (RuntimeException e) {
            LOG.error("a journal's writer failed to hear that somebody waits for {}", timestamp, e);
        }
    }

    @Override
    public void trim(long position) {
        background.execute(() -> {
            try {
                log.trim(position);
            } catch (IOException e) {
                LOG.warn("cannot delete trimmed journal segments; a restart finds them again", e);
            }
        });
    }
}
