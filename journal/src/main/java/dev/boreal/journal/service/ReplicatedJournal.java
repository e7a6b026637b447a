package dev.boreal.journal.service;

import dev.boreal.contracts.door.ControlPlane;
import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.door.PeerNetwork;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.contracts.journal.PositionedEntry;
import dev.boreal.journal.disk.Disk;
import dev.boreal.journal.disk.LocalDisk;
import dev.boreal.journal.disk.SegmentLog;
import dev.boreal.journal.disk.StandingFile;
import dev.boreal.journal.order.JournalOrder;
import dev.boreal.journal.record.SegmentHeader;
import dev.boreal.journal.replica.ReplicaConfiguration;
import dev.boreal.journal.replica.ReplicaCore;
import dev.boreal.journal.replica.ReplicaEffects.OpenListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One replica of a journal: a {@link ReplicaCore} with threads, a disk, a network and the register. Who appends must find the
 * replica that leads ({@link dev.boreal.journal.client.ReplicatedJournalClient} does); subscriptions, reads and requests for an advance
 * are served by any, for what it knows to be committed. Here <i>durable</i> means committed: on all members of the chain, or on a majority.
 *
 * <p>Threads: listeners hear, and live subscribers get entries, on the thread that takes the replica's turns; they hold it up if they block.
 * {@link #open}, {@link #resume} and {@link #seal} wait for the replicas and must not be called there.
 */
public final class ReplicatedJournal implements Journal, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicatedJournal.class);
    private static final String LOCK_FILE = "journal.lock";
    private static final String CLOSED = "the journal is closed";
    private static final long ANSWER_SECONDS = 5;

    private final AutoCloseable lock;
    private final SegmentLog log;
    private final StandingFile standing;
    private final CommittedEnd end = new CommittedEnd();
    private final HistoryReader history;
    private final ReplicaInbox inbox;
    private final ReplicaDisk disk;
    private final ReplicaLoop loop;
    private final @Nullable ScheduledExecutorService ownThread;
    private final Thread diskThread;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile String unavailable = CLOSED;
    private volatile @Nullable Keeper keeper;
    private volatile @Nullable Thread ending;

    private ReplicatedJournal(
            String journal,
            String self,
            AutoCloseable lock,
            SegmentLog log,
            StandingFile standing,
            JournalConfiguration configuration,
            ReplicaConfiguration replica,
            PeerNetwork network,
            Executor background,
            @Nullable ScheduledExecutorService givenThread) {
        this.lock = lock;
        this.log = log;
        this.standing = standing;
        history = new HistoryReader(log, end, configuration, background);
        ownThread = givenThread == null ? newThread(journal) : null;
        inbox = new ReplicaInbox(configuration.queueEntries(), configuration.queueBytes());
        disk = new ReplicaDisk(log, standing, inbox, this::fail);
        loop = new ReplicaLoop(
                self,
                replica.withQueue(configuration.queueEntries(), configuration.queueBytes())
                        .withMaxEntryBytes(configuration.maxEntryBytes()),
                standing.standing(),
                log,
                inbox,
                disk,
                end,
                network,
                background,
                givenThread == null ? Objects.requireNonNull(ownThread) : givenThread,
                this::fail);
        diskThread = Thread.ofPlatform()
                .name("journal-" + journal + "-disk")
                .daemon(true)
                .unstarted(disk);
    }

    private static ScheduledExecutorService newThread(String journal) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("journal-" + journal).daemon(true).factory());
    }

    /**
     * Opens a replica's log, or begins one, and takes its part as the register's plan of the journal says, now and whenever it
     * changes. Without a plan it waits for one. Reads and checks all of the log.
     *
     * @param journal its name: the plan stands under {@code journals/NAME}
     * @param self the replica's name in plans, in the register under {@code members/} and on the network
     * @param configuration of log and queues
     * @param replica of the protocol; its sizes of queue and entries are those of {@code configuration}
     * @param network to the other replicas; this replica listens to it
     * @param thread takes the replica's turns, with one thread; best the one that the network's frames come and go on. Stays
     *     open
     */
    public static ReplicatedJournal open(
            String journal,
            String self,
            Path directory,
            JournalConfiguration configuration,
            ReplicaConfiguration replica,
            PeerNetwork network,
            ControlPlane controlPlane,
            ScheduledExecutorService thread)
            throws IOException {
        return open(journal, self, new LocalDisk(directory), configuration, replica, network, controlPlane, thread);
    }

    /** As above, on any disk, and with a thread of its own. */
    public static ReplicatedJournal open(
            String journal,
            String self,
            Disk disk,
            JournalConfiguration configuration,
            ReplicaConfiguration replica,
            PeerNetwork network,
            ControlPlane controlPlane)
            throws IOException {
        return open(journal, self, disk, configuration, replica, network, controlPlane, null);
    }

    private static ReplicatedJournal open(
            String journal,
            String self,
            Disk disk,
            JournalConfiguration configuration,
            ReplicaConfiguration replica,
            PeerNetwork network,
            ControlPlane controlPlane,
            @Nullable ScheduledExecutorService thread)
            throws IOException {
        Executor background = Executors.newThreadPerTaskExecutor(Thread.ofVirtual()
                .name("journal-" + journal + "-background-", 0)
                .factory());
        AutoCloseable lock = disk.lock(LOCK_FILE);
        try {
            SegmentLog log =
                    SegmentLog.open(disk, configuration.segmentBytes(), configuration.writeBufferBytes(), background);
            StandingFile standing = StandingFile.open(disk);
            ReplicatedJournal opened = new ReplicatedJournal(
                    journal, self, lock, log, standing, configuration, replica, network, background, thread);
            opened.start(journal, network, controlPlane);
            return opened;
        } catch (IOException | RuntimeException e) {
            closeQuietly(lock);
            throw e;
        }
    }

    private void start(String journal, PeerNetwork network, ControlPlane controlPlane) {
        if (log.tornTail() != null) {
            LOG.warn("cut an interrupted write, of which nobody was told that it is durable: {}", log.tornTail());
        }
        diskThread.start();
        ReplicaCore core = loop.core();
        network.listen(new PeerNetwork.PeerListener() {
            @Override
            public void onConnected(String peer) {
                inbox.task(() -> core.connected(peer, System.nanoTime()));
            }

            @Override
            public void onFrame(String peer, byte[] frame) {
                inbox.frame(peer, frame);
            }

            @Override
            public void onDisconnected(String peer) {
                inbox.task(() -> core.disconnected(peer));
            }
        });
        loop.start();
        Keeper watching = new Keeper(
                journal,
                controlPlane,
                plan -> inbox.task(() -> core.plan(plan, System.nanoTime())),
                () -> ask(() -> core.sight(System.nanoTime())));
        keeper = watching;
        Thread.ofPlatform().name("journal-" + journal + "-keeper").daemon(true).start(watching);
    }

    /** Asks in a turn; null if there are none any more. */
    private <T> @Nullable T ask(java.util.function.Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (!inbox.task(() -> answer.complete(question.get()))) {
            return null;
        }
        try {
            return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** How the replica stands. May wait a moment for its turn. */
    public ReplicaStatus status() {
        ReplicaStatus now = ended.get() ? null : ask(() -> loop.look(null));
        return now == null ? loop.lastStatus() : now;
    }

    /** Why the replica does nothing any more, or null while it does. */
    public @Nullable String unavailable() {
        return ended.get() ? unavailable : null;
    }

    @Override
    public OpenOutcome open(String owner, long expectedEpoch, Writer writer) {
        if (owner.getBytes(StandardCharsets.UTF_8).length > SegmentHeader.MAX_OWNER_BYTES) {
            throw new IllegalArgumentException(
                    "the owner of a journal has a name of at most " + SegmentHeader.MAX_OWNER_BYTES + " bytes");
        }
        return await(listener -> loop.core().open(owner, expectedEpoch, writer, listener, System.nanoTime()));
    }

    @Override
    public OpenOutcome resume(long epoch, Writer writer) {
        return await(listener -> loop.core().resume(epoch, writer, listener, System.nanoTime()));
    }

    private OpenOutcome await(Consumer<OpenListener> what) {
        CompletableFuture<OpenOutcome> answer = new CompletableFuture<>();
        if (!inbox.task(() -> what.accept(answer::complete))) {
            return new OpenOutcome.Unavailable(unavailable);
        }
        try {
            return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return new OpenOutcome.Unavailable("the journal's replicas did not answer in " + ANSWER_SECONDS + " s");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new OpenOutcome.Unavailable("interrupted");
        }
    }

    /** As this replica knows it. */
    @Override
    public long currentEpoch() {
        return loop.epoch();
    }

    @Override
    public void append(long epoch, JournalEntry entry, AppendListener listener) {
        put(epoch, JournalOrder.ANY_POSITION, entry, listener);
    }

    @Override
    public void appendIf(long epoch, long expectedPosition, JournalEntry entry, AppendListener listener) {
        if (expectedPosition < 0) {
            throw new IllegalArgumentException("expected position " + expectedPosition);
        }
        put(epoch, expectedPosition, entry, listener);
    }

    private void put(long epoch, long expectedPosition, JournalEntry entry, AppendListener listener) {
        switch (inbox.append(epoch, expectedPosition, entry, entry.payload().length, listener)) {
            case DONE -> {}
            case FULL -> listener.onRefused(new AppendRefusal.Overloaded());
            case CLOSED -> listener.onRefused(new AppendRefusal.Unavailable(unavailable, false));
        }
    }

    @Override
    public void heartbeat(long epoch, long timestamp) {
        inbox.heartbeat(epoch, timestamp);
    }

    @Override
    public void requestAdvance(long timestamp) {
        if (end.watermark() < timestamp) {
            inbox.task(() -> loop.core().requestAdvance(timestamp));
        }
    }

    @Override
    public EntrySubscription subscribe(long afterPosition, EntrySubscriber subscriber) {
        return history.subscribe(afterPosition, subscriber, () -> ended.get() ? unavailable : null);
    }

    @Override
    public PositionedEntry read(long position) {
        if (closed.get()) {
            throw new IllegalStateException(CLOSED);
        }
        return history.read(position);
    }

    /** Throws IllegalStateException if this replica does not lead or could not make it durable. */
    @Override
    public void seal(long epoch) {
        DurableMark mark = new DurableMark();
        if (!inbox.task(() -> loop.core().seal(epoch, mark))) {
            throw new IllegalStateException("cannot seal epoch " + epoch + ": " + unavailable);
        }
        String failure = mark.await(ANSWER_SECONDS, TimeUnit.SECONDS);
        if (!failure.isEmpty()) {
            throw new IllegalStateException("cannot seal epoch " + epoch + ": " + failure);
        }
    }

    @Override
    public void trim(long position) {
        inbox.task(() -> loop.core().trim(position));
    }

    @Override
    public long lastDurablePosition() {
        return end.durablePosition();
    }

    @Override
    public long firstPosition() {
        return log.firstPosition();
    }

    /** The disk or the core failed: this replica takes no further part, so the others cut it out. */
    private void fail(Throwable cause) {
        String message = "this replica of the journal failed, and does nothing until it is restarted: " + cause;
        LOG.error(message, cause);
        end(message);
    }

    private void end(String message) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        unavailable = message;
        ReplicaInbox.Batch left = inbox.close();
        loop.stop();
        disk.close();
        Keeper watching = keeper;
        if (watching != null) {
            watching.close();
        }
        ending = Thread.ofVirtual().name("journal-end").start(() -> finish(message, left));
    }

    /** When the replica's last turn is over, nobody but this one touches its core. */
    private void finish(String message, ReplicaInbox.Batch left) {
        loop.awaitEnd();
        AppendRefusal unwritten = new AppendRefusal.Unavailable(message, false);
        for (int i = 0; i < left.size(); i++) {
            if (left.kind(i) == ReplicaInbox.Kind.APPEND) {
                loop.refused((AppendListener) left.other(i), unwritten);
            }
        }
        loop.core().refuseWaiting(message);
        history.closeAll(message);
    }

    /** Leaves the others alone with the journal, and lets go of the directory. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        end(CLOSED);
        loop.awaitEnd();
        join(diskThread);
        Thread finishing = ending;
        if (finishing != null) {
            join(finishing);
        }
        try {
            log.close();
            standing.close();
        } catch (IOException e) {
            LOG.warn("cannot close the journal's files", e);
        }
        if (ownThread != null) {
            ownThread.shutdown();
        }
        closeQuietly(lock);
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive() && !thread.equals(Thread.currentThread())) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            LOG.warn("cannot unlock the journal's directory", e);
        }
    }
}
