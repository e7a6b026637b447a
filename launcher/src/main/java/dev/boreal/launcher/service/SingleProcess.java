package dev.boreal.launcher.service;

import dev.boreal.adjudicator.service.JournaledAdjudicator;
import dev.boreal.adjudicator.service.TenureOutcome;
import dev.boreal.clock.SystemClock;
import dev.boreal.clock.SystemTimer;
import dev.boreal.contracts.door.Adjudicator;
import dev.boreal.contracts.door.SqlService;
import dev.boreal.contracts.door.Storage;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.read.ReadRefused;
import dev.boreal.crossbar.service.MergedCrossbar;
import dev.boreal.journal.service.DiskJournal;
import dev.boreal.launcher.configuration.BorealConfiguration;
import dev.boreal.launcher.disk.ControlFile;
import dev.boreal.launcher.disk.DataDirectory;
import dev.boreal.launcher.disk.DataDirectoryException;
import dev.boreal.pgwire.service.PgWireServer;
import dev.boreal.storage.service.StorageRoom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every room in one process, each handed the doors of those that it needs:
 *
 * <pre>
 * clients → pgwire → query processor → adjudicator → journal → crossbar → storage → query processor → clients
 * </pre>
 *
 * Started from the journal outwards and stopped the other way round, so that whoever runs has what it needs. One thread
 * starts; any thread may close.
 */
public final class SingleProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SingleProcess.class);
    private static final long LEAST_FREE_BYTES = 4L << 20;

    private final Deque<Stoppable> running = new ArrayDeque<>();
    private final DataDirectory directory;
    private final DiskJournal journal;
    private final JournaledAdjudicator adjudicator;
    private final StorageRoom storage;
    private final PgWireServer server;
    private boolean closed;

    /** What was started, under the name that people know it by. */
    private record Stoppable(String name, AutoCloseable room) {}

    private SingleProcess(BorealConfiguration configuration, QueryProcessorFactory factory, StartListener progress)
            throws StartFailedException {
        boolean started = false;
        try {
            progress.onStep("opening " + configuration.directory());
            directory =
                    keep("data directory", DataDirectory.open(configuration.directory(), neededBytes(configuration)));
            SystemClock clock = new SystemClock(configuration.clockErrorNanos());
            SystemTimer timer = keep("timer", new SystemTimer("boreal-timer"));
            progress.onStep("checking the journal");
            journal = keep("journal", DiskJournal.open(directory.journal(), configuration.journal()));
            adjudicator = keep("adjudicator", adjudicator(configuration, clock, timer));
            MergedCrossbar crossbar = keep("crossbar", new MergedCrossbar(List.of(journal), configuration.crossbar()));
            progress.onStep("opening storage");
            storage = keep(
                    "storage", StorageRoom.open(directory.storage(), configuration.storage(), KeyRange.ALL, crossbar));
            catchUp(clock, progress);
            keep("caretaker", new Caretaker(journal, adjudicator, storage, configuration.retention()));
            progress.onStep("opening the catalog");
            SqlService queryProcessor = factory.create(storage, adjudicator, clock, emptySpill(directory.spill()));
            if (queryProcessor instanceof AutoCloseable closeable) {
                keep("query processor", closeable);
            }
            server = keep("clients", PgWireServer.start(configuration.pgwire(), queryProcessor));
            ControlFile control = directory.controlFile();
            control.write(configuration.pgwire().address().getAddress().getHostAddress(), server.port());
            keep("control file", control::delete);
            started = true;
        } catch (IOException | DataDirectoryException | RuntimeException e) {
            throw new StartFailedException(StartFailures.describe(e, configuration), e);
        } finally {
            if (!started) {
                close();
            }
        }
    }

    /**
     * Starts everything and returns when clients can connect.
     *
     * @throws StartFailedException saying what is wrong; nothing is left running
     */
    public static SingleProcess start(
            BorealConfiguration configuration, QueryProcessorFactory factory, StartListener progress)
            throws StartFailedException {
        return new SingleProcess(configuration, factory, progress);
    }

    private <T extends AutoCloseable> T keep(String name, T room) {
        running.push(new Stoppable(name, room));
        return room;
    }

    private static long neededBytes(BorealConfiguration configuration) {
        boolean fresh = !Files.exists(configuration.directory().resolve("FORMAT"));
        return LEAST_FREE_BYTES + (fresh ? configuration.journal().segmentBytes() : 0);
    }

    private JournaledAdjudicator adjudicator(BorealConfiguration configuration, SystemClock clock, SystemTimer timer) {
        TenureOutcome outcome = JournaledAdjudicator.open(
                journal, configuration.adjudicator().name(), configuration.adjudicator(), clock, timer);
        return switch (outcome) {
            case TenureOutcome.Began began -> began.adjudicator();
            case TenureOutcome.Refused refused -> throw new IllegalStateException(refused.message());
        };
    }

    /** Waits until storage has applied what the journal holds: the first reader shall not be the one who waits. */
    private void catchUp(SystemClock clock, StartListener progress) {
        long target = clock.latest();
        boolean told = false;
        while (!storage.tryReach(target)) {
            if (!told) {
                progress.onStep("applying the journal to storage");
                told = true;
            }
            try {
                storage.awaitReach(target);
            } catch (ReadRefused e) {
                String failure = storage.failure();
                if (e.reason() != ReadRefused.Reason.TIMED_OUT || failure != null) {
                    throw e;
                }
                progress.onStep("applying the journal to storage, at position "
                        + storage.persistedPositions().position(0) + " of " + journal.lastDurablePosition());
            }
        }
    }

    private static Path emptySpill(Path spill) throws IOException {
        Files.createDirectories(spill);
        try (Stream<Path> left = Files.list(spill)) {
            for (Path file : left.toList()) {
                Files.delete(file);
            }
        }
        return spill;
    }

    public int port() {
        return server.port();
    }

    public DataDirectory directory() {
        return directory;
    }

    /** The door to commits, for whoever shares the process. */
    public Adjudicator adjudicator() {
        return adjudicator;
    }

    /** The door to rows, for whoever shares the process. */
    public Storage storage() {
        return storage;
    }

    /** Stops in the reverse order of the start; a room that fails to stop does not keep the others from it. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (Stoppable stoppable : running) {
            try {
                stoppable.room().close();
            } catch (Exception e) {
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                LOG.error("cannot stop {} cleanly", stoppable.name(), e);
            }
        }
    }
}
