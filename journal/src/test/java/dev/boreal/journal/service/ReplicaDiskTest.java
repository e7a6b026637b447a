package dev.boreal.journal.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.journal.disk.FakeDisk;
import dev.boreal.journal.disk.SegmentLog;
import dev.boreal.journal.disk.StandingFile;
import dev.boreal.journal.record.RecordKind;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReplicaDiskTest {
    private static final String FIRST = "000000000001.segment";

    private final FakeDisk files = new FakeDisk(new Chance(1));
    private final ReplicaInbox inbox = new ReplicaInbox(1000, 1 << 20);
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private SegmentLog log;
    private ReplicaDisk disk;
    private Thread thread;

    @BeforeEach
    void begin() throws Exception {
        log = SegmentLog.open(files, 1 << 20, 1 << 16, Runnable::run);
        disk = new ReplicaDisk(log, StandingFile.open(files), inbox, failures::add);
        thread = Thread.ofPlatform().daemon(true).start(disk);
        awaitRest();
    }

    @AfterEach
    void end() throws Exception {
        disk.close();
        thread.join();
        log.close();
    }

    private void write(int records) {
        for (int i = 0; i < records; i++) {
            disk.write(1, RecordKind.TERM, 0, 0, new JournalEntry(0, new byte[10]));
        }
    }

    private void awaitRest() throws InterruptedException {
        while (!isAtRest()) {
            Thread.sleep(1);
        }
    }

    /** Other waits, as for a class to be loaded, do not count. */
    private boolean isAtRest() {
        return thread.getState() == Thread.State.WAITING
                && Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("take"));
    }

    /** What the replica is told of what is durable. */
    private int told() {
        return inbox.take(ReplicaInbox.emptyBatch()).size();
    }

    private void awaitTold() throws InterruptedException {
        while (told() == 0) {
            assertThat(failures).isEmpty();
            Thread.sleep(1);
        }
    }

    @Test
    void fewRecordsAreDurableWhenTheCallReturns() {
        write(2);
        disk.go();
        assertThat(told()).isEqualTo(1);
        assertThat(log.lastIndex()).isEqualTo(2);
    }

    @Test
    void manyRecordsAreLeftToTheThread() throws Exception {
        try (FakeDisk.Gate gate = files.holdSyncs(FIRST)) {
            write(100);
            disk.go();
            gate.awaitHeld();
            // What comes meanwhile waits behind them, few or not.
            write(1);
            disk.go();
            assertThat(told()).isZero();
        }
        awaitTold();
    }

    @Test
    void aSlowSyncSendsTheNextToTheThreadUntilOneIsShortAgain() throws Exception {
        try (FakeDisk.Gate gate = files.holdSyncs(FIRST)) {
            write(100);
            disk.go();
            gate.awaitHeld();
            Thread.sleep(2);
        }
        awaitTold();
        awaitRest();
        try (FakeDisk.Gate gate = files.holdSyncs(FIRST)) {
            write(1);
            disk.go(); // would wait for the gate if it were written here
            gate.awaitHeld();
        }
        awaitTold();
    }

    @Test
    void nothingIsWrittenAfterAFailure() {
        files.failNextSync(FIRST);
        write(1);
        disk.go();
        assertThat(failures).hasSize(1);
        write(1);
        disk.go();
        assertThat(told()).isZero();
        assertThat(failures).hasSize(1);
    }
}
