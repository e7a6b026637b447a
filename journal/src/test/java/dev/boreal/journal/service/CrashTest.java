package dev.boreal.journal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.door.Journal.AppendListener;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.contracts.journal.PositionedEntry;
import dev.boreal.journal.disk.FakeDisk;
import dev.boreal.journal.disk.FakeDisk.End;
import dev.boreal.journal.disk.LogCursor;
import dev.boreal.journal.disk.SegmentLog;
import dev.boreal.journal.order.JournalOrder;
import dev.boreal.journal.order.LogState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Lets the machine die at any operation of its disk, several times in a row, and looks for every acknowledged entry. One
 * thread does all, so that a seed says everything.
 */
class CrashTest {
    private static final int SEEDS = 1_000;
    private static final int LIVES = 4;
    private static final JournalConfiguration CONFIGURATION = JournalConfiguration.defaults();

    /** One journal over several lives of its machine. */
    private static final class History {
        private final Chance chance;
        private final boolean lies;
        private FakeDisk disk;
        /** What was appended at each position, by index: position - 1. */
        private final List<JournalEntry> appended = new ArrayList<>();

        private long acknowledged;
        private long acknowledgedEpoch;
        private long trimmed;
        private int syncsFailed;
        private int tornTails;

        History(long seed, boolean lies) {
            chance = new Chance(seed);
            this.lies = lies;
            disk = new FakeDisk(chance);
        }

        void run() throws IOException {
            for (int life = 0; life < LIVES; life++) {
                if (lies) {
                    disk.lieAboutSync();
                }
                disk.dieAfter(chance.below(120));
                live();
                disk = disk.after(End.values()[chance.below(End.values().length)]);
            }
            try (SegmentLog log = open()) {
                verify(log);
            }
        }

        private SegmentLog open() throws IOException {
            return SegmentLog.open(disk, 16 << 10, 4 << 10, Runnable::run);
        }

        private void live() {
            SegmentLog log;
            try {
                log = open();
                verify(log);
            } catch (dev.boreal.journal.disk.JournalCorruptException e) {
                throw new AssertionError("an honest crash looks like damage", e);
            } catch (IOException died) {
                return;
            }
            tornTails += log.tornTail() == null ? 0 : 1;
            LogEnd end = new LogEnd(CONFIGURATION, new JournalOrder(log.state()));
            JournalWriter writer = new JournalWriter(end, log);
            DurableMark mark = new DurableMark();
            OpenOutcome outcome = end.open("writer of epoch " + (end.epoch() + 1), end.epoch(), mark);
            long epoch = ((OpenOutcome.Opened) outcome).epoch();
            if (!writer.step()) {
                return;
            }
            assertThat(mark.await()).isEmpty();
            acknowledgedEpoch = epoch;
            do {
                for (int i = chance.between(1, 8); i > 0; i--) {
                    append(end, epoch);
                }
                if (chance.oneIn(60)) {
                    disk.failNextSync();
                    syncsFailed++;
                }
            } while (writer.step() && trim(log));
        }

        private void append(LogEnd end, long epoch) {
            int size = chance.oneIn(20) ? chance.between(1_000, 20_000) : chance.between(0, 300);
            JournalEntry entry = new JournalEntry(appended.size() * 10L + 10, chance.bytes(size));
            appended.add(entry);
            AppendRefusal refusal = end.append(epoch, appended.size() - 1L, entry, new AppendListener() {
                @Override
                public void onDurable(long position) {
                    assertThat(position).isEqualTo(acknowledged + 1);
                    acknowledged = position;
                }

                @Override
                public void onRefused(AppendRefusal refused) {
                    assertThat(refused).isInstanceOf(AppendRefusal.Unavailable.class);
                }
            });
            assertThat(refusal).isNull();
        }

        private boolean trim(SegmentLog log) {
            if (chance.oneIn(10) && acknowledged > 0) {
                try {
                    long upTo = acknowledged - chance.below((int) acknowledged);
                    trimmed = Math.max(trimmed, upTo);
                    log.trim(upTo);
                } catch (IOException died) {
                    return false;
                }
            }
            return true;
        }

        private void verify(SegmentLog log) throws IOException {
            LogState state = log.state();
            if (state.lastPosition() < acknowledged || state.epoch() < acknowledgedEpoch) {
                throw new AssertionError("acknowledged up to " + acknowledged + " in epoch " + acknowledgedEpoch
                        + ", found only " + state.lastPosition() + " in epoch " + state.epoch());
            }
            if (log.firstPosition() > trimmed + 1) {
                throw new AssertionError("begins with " + log.firstPosition() + ", trimmed to " + trimmed);
            }
            try (LogCursor cursor = log.cursor(log.firstPosition() - 1)) {
                List<PositionedEntry> found = new ArrayList<>();
                int expected = (int) (state.lastPosition() - log.firstPosition() + 1);
                while (found.size() < expected) {
                    cursor.read(state.lastPosition(), expected, Long.MAX_VALUE, found);
                }
                for (PositionedEntry entry : found) {
                    if (!entry.entry().equals(appended.get((int) entry.position() - 1))) {
                        throw new AssertionError("another entry at position " + entry.position());
                    }
                }
            }
            appended.subList((int) state.lastPosition(), appended.size()).clear();
            acknowledged = state.lastPosition();
        }
    }

    @Test
    void findsEveryAcknowledgedEntryAfterAnyCrash() throws IOException {
        int syncsFailed = 0;
        int tornTails = 0;
        long acknowledged = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            History history = new History(seed, false);
            try {
                history.run();
            } catch (Exception | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
            syncsFailed += history.syncsFailed;
            tornTails += history.tornTails;
            acknowledged += history.acknowledged;
        }
        assertThat(syncsFailed).isGreaterThan(SEEDS / 20);
        assertThat(tornTails).isGreaterThan(SEEDS / 20);
        assertThat(acknowledged).isGreaterThan(SEEDS * 20L);
    }

    @Test
    void catchesAJournalThatAcknowledgesBeforeTheSync() {
        assertThatThrownBy(() -> {
                    for (long seed = 0; seed < SEEDS; seed++) {
                        new History(seed, true).run();
                    }
                })
                .isInstanceOf(AssertionError.class);
    }
}
