package dev.boreal.controlplane.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.clock.Chance;
import dev.boreal.controlplane.paxos.Ballot;
import dev.boreal.controlplane.paxos.Decree;
import dev.boreal.controlplane.paxos.LogRecord;
import dev.boreal.controlplane.paxos.PaxosCore;
import dev.boreal.controlplane.paxos.PaxosEffects;
import dev.boreal.controlplane.paxos.PaxosSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecreeLogFileTest {
    private static final String FIRST_FILE = "decrees-0000000000000001";

    private static LogRecord accepted(long slot) {
        byte[] bytes = new byte[(int) (slot * 37 % 300)];
        return new LogRecord.Accepted(new Ballot(slot, "a"), slot, new Decree.Command(bytes));
    }

    private static DecreeLogFile open(Disk disk) throws IOException {
        return DecreeLogFile.open(disk, "cluster", "a");
    }

    /** A checkpoint as a core makes it. */
    private static LogRecord checkpoint() {
        PaxosCore core =
                new PaxosCore("a", List.of("a"), List.of(), PaxosSettings.defaults(), List.of(), new Chance(1), 0);
        core.checkpoint(new byte[] {1, 2, 3}, 0);
        PaxosEffects effects = core.takeEffects();
        return effects.records().getLast();
    }

    @Test
    void everyKindOfRecordIsFoundAgain(@TempDir Path directory) throws IOException {
        List<LogRecord> records = List.of(
                checkpoint(),
                new LogRecord.Promised(new Ballot(3, "b")),
                new LogRecord.Accepted(new Ballot(3, "b"), 7, new Decree.AddMember("d", 1)),
                new LogRecord.Learned(8, new Decree.Filler()),
                new LogRecord.DecidedThrough(8));
        try (DecreeLogFile log = open(new LocalDisk(directory))) {
            assertThat(log.found()).isEmpty();
            log.append(records);
            log.sync();
        }
        try (DecreeLogFile log = open(new LocalDisk(directory))) {
            assertThat(log.found()).isEqualTo(records);
            assertThat(log.cutBytes()).isZero();
        }
    }

    @Test
    void whatWasSyncedIsFoundInOrderAfterAnyPowerLoss() throws IOException {
        for (long seed = 0; seed < 300; seed++) {
            Chance chance = new Chance(seed);
            FakeDisk disk = new FakeDisk();
            List<LogRecord> written = new ArrayList<>();
            int durable = 0;
            for (int life = 0; life < 4; life++) {
                DecreeLogFile log = open(disk);
                assertThat(log.found())
                        .hasSizeBetween(durable, written.size())
                        .isEqualTo(written.subList(0, log.found().size()));
                written = new ArrayList<>(log.found());
                durable = written.size();
                for (int i = chance.below(20); i > 0; i--) {
                    List<LogRecord> batch = new ArrayList<>();
                    for (int j = chance.below(4); j >= 0; j--) {
                        batch.add(accepted(written.size() + batch.size() + 1));
                    }
                    log.append(batch);
                    written.addAll(batch);
                    if (chance.oneIn(3)) {
                        log.sync();
                        durable = written.size();
                    }
                }
                disk = disk.afterPowerLoss(chance);
            }
        }
    }

    @Test
    void whatASyncDidNotKeepIsWrittenAgainBeforeItIsCalledDurable() throws IOException {
        FakeDisk disk = new FakeDisk();
        DecreeLogFile log = open(disk);
        log.append(List.of(accepted(1)));
        log.sync();
        disk.failSyncs();
        log.append(List.of(accepted(2)));
        assertThatThrownBy(log::sync).isInstanceOf(IOException.class);

        FakeDisk restarted = disk.afterKill();
        assertThat(open(restarted).found()).containsExactly(accepted(1), accepted(2));
        assertThat(open(restarted.afterPowerLoss(new Chance(1))).found()).containsExactly(accepted(1), accepted(2));
    }

    @Test
    void aCheckpointTakesThePlaceOfEverythingBefore() throws IOException {
        LogRecord checkpoint = checkpoint();
        FakeDisk disk = new FakeDisk();
        DecreeLogFile log = open(disk);
        log.append(List.of(accepted(1), accepted(2)));
        log.sync();
        log.append(List.of(accepted(3), checkpoint, accepted(4)));
        log.append(List.of(accepted(5)));
        log.sync();

        for (long seed = 0; seed < 20; seed++) {
            DecreeLogFile next = open(disk.afterPowerLoss(new Chance(seed)));
            assertThat(next.found()).containsExactly(checkpoint, accepted(4), accepted(5));
        }
        assertThat(disk.list()).containsExactly("decrees-0000000000000002");
    }

    @Test
    void damageBeforeTheLastSyncIsReportedWithFileAndByte() throws IOException {
        FakeDisk disk = new FakeDisk();
        DecreeLogFile log = open(disk);
        int start = disk.size(FIRST_FILE);
        log.append(List.of(accepted(1), accepted(2)));
        log.sync();
        int durable = disk.size(FIRST_FILE);
        log.append(List.of(accepted(3)));
        log.sync();

        for (int offset = start; offset < durable; offset++) {
            FakeDisk damaged = disk.afterPowerLoss(new Chance(offset));
            damaged.flip(FIRST_FILE, offset, offset % 8);
            assertThatThrownBy(() -> open(damaged))
                    .isInstanceOf(LogCorruptException.class)
                    .hasMessageContaining("fake/" + FIRST_FILE)
                    .hasMessageContaining("damaged at byte")
                    .hasMessageContaining("add it under a new name");
            assertThat(damaged.size(FIRST_FILE)).isEqualTo(disk.size(FIRST_FILE));
        }
    }

    @Test
    void aFlippedHeaderIsReported() throws IOException {
        FakeDisk disk = new FakeDisk();
        open(disk);
        for (int offset = 0; offset < disk.size(FIRST_FILE); offset++) {
            FakeDisk damaged = disk.afterPowerLoss(new Chance(offset));
            damaged.flip(FIRST_FILE, offset, 3);
            assertThatThrownBy(() -> open(damaged))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(FIRST_FILE);
        }
    }

    @Test
    void aLogOfAnotherMemberIsRefused() throws IOException {
        FakeDisk disk = new FakeDisk();
        open(disk).close();
        assertThatThrownBy(() -> DecreeLogFile.open(disk, "cluster", "b"))
                .hasMessageContaining("cluster/a")
                .hasMessageContaining("its own directory");
        assertThatThrownBy(() -> DecreeLogFile.open(disk, "elsewhere", "a")).hasMessageContaining("cluster/a");
        open(disk).close();
    }

    @Test
    void twoProcessesDoNotShareALog(@TempDir Path directory) throws IOException {
        try (DecreeLogFile log = open(new LocalDisk(directory))) {
            assertThat(log.found()).isEmpty();
            assertThatThrownBy(() -> open(new LocalDisk(directory)))
                    .hasMessageContaining(
                            "in use by process " + ProcessHandle.current().pid());
        }
    }
}
