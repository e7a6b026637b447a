package dev.boreal.journal.service;

import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.contracts.journal.PositionedEntry;
import dev.boreal.journal.disk.Disk;
import dev.boreal.journal.disk.JournalCorruptException;
import dev.boreal.journal.disk.JournalInUseException;
import dev.boreal.journal.disk.JournalVersionException;
import dev.boreal.journal.disk.LocalDisk;
import dev.boreal.journal.disk.SegmentLog;
import dev.boreal.journal.disk.TornTail;
import dev.boreal.journal.order.JournalOrder;
import dev.boreal.journal.record.SegmentHeader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal of one replica on one disk.
 *
 * <p>Threads: appends and heartbeats do their work on the caller's thread in well under a microsecond; listeners hear, and
 * live subscribers get entries, on the writer's thread, so they hold up every commit if they block. A subscriber who wants
 * to be slow asks for few entries at a time. {@link #open}, {@link #seal} and {@link #close} wait for the writer's thread and must
 * not be called on it.
 */
public final class DiskJournal implements Journal, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DiskJournal.class);
    private static final String LOCK_FILE = "journal.lock";
    private static final String CLOSED = "the journal is closed";

    private final AutoCloseable lock;
    private final SegmentLog log;
    private final LogEnd end;
    private final HistoryReader history;
    private final Thread writer;
    private final AtomicBoolean closed = new AtomicBoolean();

    private DiskJournal(AutoCloseable lock, SegmentLog log, JournalConfiguration configuration, Executor background) {
        this.lock = lock;
        this.log = log;
        end = new LogEnd(configuration, new JournalOrder(log.state()));
        history = new HistoryReader(log, end, configuration, background);
        writer = Thread.ofPlatform().name("journal-writer").daemon(true).unstarted(new JournalWriter(end, log));
    }

    /**
     * Opens the journal in {@code directory}, or begins one there. Reads and checks all of it.
     *
     * @throws JournalInUseException if another process has it open
     * @throws JournalCorruptException if a part that had been durable is damaged or missing; nothing is changed
     * @throws JournalVersionException if its files have another format
     */
    public static DiskJournal open(Path directory, JournalConfiguration configuration) throws IOException {
        return open(new LocalDisk(directory), configuration);
    }

    /** As {@link #open(Path, JournalConfiguration)}, on any disk. */
    public static DiskJournal open(Disk disk, JournalConfiguration configuration) throws IOException {
        Executor background = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("journal-background-", 0).factory());
        AutoCloseable lock = disk.lock(LOCK_FILE);
        try {
            SegmentLog log =
                    SegmentLog.open(disk, configuration.segmentBytes(), configuration.writeBufferBytes(), background);
            DiskJournal journal = new DiskJournal(lock, log, configuration, background);
            journal.start();
            return journal;
        } catch (IOException | RuntimeException e) {
            closeQuietly(lock);
            throw e;
        }
    }

    private void start() {
        TornTail torn = log.tornTail();
        if (torn != null) {
            LOG.warn(
                    "cut an interrupted write of up to {} bytes, which nobody was told is durable, from {} at byte {}: {}",
                    torn.bytes(),
                    torn.file(),
                    torn.offset(),
                    torn.reason());
        }
        writer.start();
    }

    /** What was cut from the log's end when the journal was opened, or null. */
    public @Nullable TornTail tornTail() {
        return log.tornTail();
    }

    /** Why the journal takes no appends any more, or null while it does. */
    public @Nullable String unavailable() {
        return end.unavailable();
    }

    @Override
    public OpenOutcome open(String owner, long expectedEpoch, Writer newWriter) {
        if (owner.getBytes(StandardCharsets.UTF_8).length > SegmentHeader.MAX_OWNER_BYTES) {
            throw new IllegalArgumentException(
                    "the owner of a journal has a name of at most " + SegmentHeader.MAX_OWNER_BYTES + " bytes");
        }
        DurableMark mark = new DurableMark();
        OpenOutcome outcome = end.open(owner, expectedEpoch, mark);
        if (outcome instanceof OpenOutcome.Opened opened) {
            String failure = mark.await();
            if (!failure.isEmpty()) {
                return new OpenOutcome.Unavailable(failure);
            }
            end.install(opened.epoch(), newWriter);
        }
        return outcome;
    }

    @Override
    public OpenOutcome resume(long epoch, Writer newWriter) {
        return end.resume(epoch, newWriter);
    }

    @Override
    public long currentEpoch() {
        return end.epoch();
    }

    @Override
    public void append(long epoch, JournalEntry entry, AppendListener listener) {
        append(epoch, JournalOrder.ANY_POSITION, entry, listener);
    }

    @Override
    public void appendIf(long epoch, long expectedPosition, JournalEntry entry, AppendListener listener) {
        if (expectedPosition < 0) {
            throw new IllegalArgumentException("expected position " + expectedPosition);
        }
        append(epoch, expectedPosition, entry, listener);
    }

    private void append(long epoch, long expectedPosition, JournalEntry entry, AppendListener listener) {
        AppendRefusal refusal = end.append(epoch, expectedPosition, entry, listener);
        if (refusal != null) {
            listener.onRefused(refusal);
        }
    }

    @Override
    public void heartbeat(long epoch, long timestamp) {
        end.heartbeat(epoch, timestamp);
    }

    @Override
    public void requestAdvance(long timestamp) {
        Writer behind = end.writerBehind(timestamp);
        if (behind != null) {
            behind.advanceRequested(timestamp);
        }
    }

    @Override
    public EntrySubscription subscribe(long afterPosition, EntrySubscriber subscriber) {
        return history.subscribe(afterPosition, subscriber, () -> closed.get() ? CLOSED : null);
    }

    @Override
    public PositionedEntry read(long position) {
        if (closed.get()) {
            throw new IllegalStateException(CLOSED);
        }
        return history.read(position);
    }

    @Override
    public void seal(long epoch) {
        DurableMark mark = new DurableMark();
        String failure = "";
        if (end.seal(epoch, mark)) {
            failure = mark.await();
        } else if (epoch == end.epoch() && epoch != 0) {
            failure = String.valueOf(end.unavailable());
        }
        if (!failure.isEmpty()) {
            throw new IllegalStateException("cannot seal epoch " + epoch + ": " + failure);
        }
    }

    @Override
    public void trim(long position) {
        try {
            log.trim(Math.min(position, end.durablePosition()));
        } catch (IOException e) {
            LOG.warn("cannot delete trimmed journal segments; a restart finds them again", e);
        }
    }

    @Override
    public long lastDurablePosition() {
        return end.durablePosition();
    }

    @Override
    public long firstPosition() {
        return log.firstPosition();
    }

    /** Writes what was accepted, refuses all else, ends every subscription, and lets go of the directory. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        end.close(CLOSED, new DurableMark());
        awaitWriter();
        history.closeAll(CLOSED);
        try {
            log.close();
        } catch (IOException e) {
            LOG.warn("cannot close a journal segment", e);
        }
        closeQuietly(lock);
    }

    private void awaitWriter() {
        boolean interrupted = false;
        while (writer.isAlive() && !writer.equals(Thread.currentThread())) {
            try {
                writer.join();
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
