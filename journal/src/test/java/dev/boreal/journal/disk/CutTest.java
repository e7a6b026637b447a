package dev.boreal.journal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.door.Journal.AppendListener;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.journal.order.AppendQueue;
import dev.boreal.journal.order.LogState;
import dev.boreal.journal.record.RecordKind;
import dev.boreal.journal.replica.Standing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A log that takes records back and begins anew, on a machine that dies at any operation of its disk. */
class CutTest {
    private static final int SEEDS = 100;
    private static final AppendListener NOBODY = new AppendListener() {
        @Override
        public void onDurable(long position) {}

        @Override
        public void onRefused(AppendRefusal refusal) {}
    };

    /** A record as it should be found. */
    private record Expected(long index, long term, RecordKind kind, JournalEntry entry) {}

    private static final class History {
        private final Chance chance;
        private FakeDisk disk;
        private List<Expected> durable = new ArrayList<>();
        private List<Expected> asked = new ArrayList<>();
        private boolean anewPossible;
        private long term = 1;
        private int cuts;

        History(long seed) {
            chance = new Chance(seed);
            disk = new FakeDisk(chance);
        }

        void run() throws IOException {
            for (int life = 0; life < 5; life++) {
                disk.dieAfter(chance.below(80));
                try (SegmentLog log = open()) {
                    requireOneOfBoth(log);
                    live(log);
                } catch (JournalCorruptException e) {
                    throw new AssertionError("an honest crash looks like damage", e);
                } catch (IOException died) {
                    assertThat(died).hasMessageContaining("machine");
                }
                disk = disk.after(FakeDisk.End.values()[chance.below(FakeDisk.End.values().length)]);
            }
            try (SegmentLog log = open()) {
                requireOneOfBoth(log);
            }
        }

        private SegmentLog open() throws IOException {
            return SegmentLog.open(disk, 16 << 10, 4 << 10, Runnable::run);
        }

        private void live(SegmentLog log) throws IOException {
            if (log.state().epoch() == 0) {
                write(log, RecordKind.EPOCH, 1);
            }
            while (true) {
                switch (chance.below(6)) {
                    case 0 -> cut(log);
                    case 1 -> anew(log);
                    default -> write(log, RecordKind.ENTRY, chance.between(1, 6));
                }
            }
        }

        private void write(SegmentLog log, RecordKind kind, int count) throws IOException {
            AppendQueue queue = new AppendQueue();
            LogState state = log.state();
            asked = new ArrayList<>(durable);
            for (int i = 0; i < count; i++) {
                long timestamp = state.lastTimestamp() + (kind == RecordKind.ENTRY ? 1 : 0);
                JournalEntry entry =
                        new JournalEntry(timestamp, chance.bytes(chance.below(kind == RecordKind.ENTRY ? 3_000 : 20)));
                long index = state.nextIndex(kind);
                long position = state.nextPosition(kind);
                long epoch = state.nextEpoch(kind);
                assertThat(state.follow(kind, index, term, position, epoch, timestamp, "x"))
                        .isNull();
                queue.add(kind, term, position, epoch, 0, entry, NOBODY);
                asked.add(new Expected(index, term, kind, entry));
            }
            int from = 0;
            while (from < queue.size()) {
                int to = log.fit(queue, from);
                log.write(queue, from, to);
                durable = new ArrayList<>(asked.subList(0, durable.size() + to - from));
                from = to;
            }
        }

        private void cut(SegmentLog log) throws IOException {
            long first = log.firstIndex() - 1;
            long index = log.lastIndex() - chance.below((int) (log.lastIndex() - first) + 1);
            asked = new ArrayList<>(durable);
            asked.removeIf(expected -> expected.index > index);
            log.cutAfter(index);
            durable = asked;
            term++;
            cuts++;
            if (log.state().epoch() == 0) {
                write(log, RecordKind.EPOCH, 1);
            }
        }

        private void anew(SegmentLog log) throws IOException {
            if (!chance.oneIn(5)) {
                return;
            }
            LogState end = log.state();
            LogState base = new LogState(
                    end.lastIndex() + 100,
                    term,
                    end.epoch(),
                    "x",
                    end.isSealed(),
                    end.lastPosition() + 90,
                    end.lastTimestamp() + 1_000);
            asked = new ArrayList<>();
            anewPossible = true;
            log.beginAnew(base);
            durable = asked;
            anewPossible = false;
        }

        /** The log is as it was before the last operation, or as it should be after it, or in between when that wrote. */
        private void requireOneOfBoth(SegmentLog log) throws IOException {
            List<Expected> found = new ArrayList<>();
            log.copy(
                    log.firstIndex() - 1,
                    log.lastIndex(),
                    Long.MAX_VALUE,
                    (index, recordTerm, kind, time, payload) ->
                            found.add(new Expected(index, recordTerm, kind, new JournalEntry(time, payload))));
            boolean isBefore = found.equals(durable);
            boolean isAfter = found.equals(asked) || found.isEmpty() && anewPossible;
            boolean isBetween = found.size() >= durable.size()
                    && found.size() <= asked.size()
                    && found.equals(asked.subList(0, found.size()));
            if (!isBefore && !isAfter && !isBetween) {
                throw new AssertionError(
                        "found " + indexes(found) + ", durable " + indexes(durable) + ", asked for " + indexes(asked));
            }
            for (Expected expected : found) {
                assertThat(log.notes().terms().termAt(expected.index)).isEqualTo(expected.term);
            }
            durable = found;
            asked = found;
            anewPossible = false;
        }

        private static String indexes(List<Expected> records) {
            return records.isEmpty()
                    ? "nothing"
                    : records.getFirst().index + " to " + records.getLast().index + " of term "
                            + records.getLast().term;
        }
    }

    @Test
    void isTheWholeLogOrTheCutOneAfterAnyCrash() throws IOException {
        int cuts = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            History history = new History(seed);
            try {
                history.run();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
            cuts += history.cuts;
        }
        assertThat(cuts).isGreaterThan(SEEDS);
    }

    @Test
    void keepsTheLastStandingThatWasWritten() throws IOException {
        for (long seed = 0; seed < SEEDS; seed++) {
            Chance chance = new Chance(seed);
            FakeDisk disk = new FakeDisk(chance);
            long written = 0;
            long asked = 0;
            for (int life = 0; life < 4; life++) {
                disk.dieAfter(chance.below(12));
                try (StandingFile file = StandingFile.open(disk)) {
                    assertThat(file.standing().term()).isBetween(written, asked);
                    while (true) {
                        asked++;
                        file.write(new Standing(asked, asked % 2 == 0));
                        written = asked;
                    }
                } catch (IOException died) {
                    disk = disk.after(FakeDisk.End.values()[chance.below(FakeDisk.End.values().length)]);
                }
            }
            try (StandingFile file = StandingFile.open(disk)) {
                Standing found = file.standing();
                assertThat(found.term()).isBetween(written, asked);
                assertThat(found.complete()).isEqualTo(found.term() > 0 && found.term() % 2 == 0);
            }
        }
    }
}
