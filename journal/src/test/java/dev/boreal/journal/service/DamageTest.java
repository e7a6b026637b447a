package dev.boreal.journal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.journal.PendingAppend;
import dev.boreal.journal.RecordingSubscriber;
import dev.boreal.journal.disk.JournalCorruptException;
import dev.boreal.journal.disk.JournalInUseException;
import dev.boreal.journal.disk.JournalVersionException;
import dev.boreal.journal.disk.TornTail;
import dev.boreal.journal.record.RecordHeader;
import dev.boreal.journal.record.SegmentHeader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cuts, flips and deletes in real files: what an interrupted write could have done is cut, all else is reported. */
class DamageTest {
    private static final JournalConfiguration CONFIGURATION =
            JournalConfiguration.defaults().withSegmentBytes(16 << 10);
    private static final int ENTRIES = 10;
    private static final int PAYLOAD = 20;
    private static final int RECORD = RecordHeader.recordBytes(PAYLOAD);
    private static final int EPOCH_RECORD = RecordHeader.recordBytes("writer".length());
    private static final String FIRST = "000000000001.segment";

    @TempDir
    Path temporary;

    private Path crashed;
    private Path closed;

    /** One journal as a crash leaves it, and as a close does. */
    @BeforeEach
    void writeJournals() throws IOException {
        Path directory = temporary.resolve("original");
        crashed = temporary.resolve("crashed");
        closed = temporary.resolve("closed");
        try (DiskJournal journal = DiskJournal.open(directory, CONFIGURATION)) {
            long epoch = openEpoch(journal);
            for (int i = 1; i <= ENTRIES; i++) {
                append(journal, epoch, i, PAYLOAD);
            }
            copy(directory, crashed);
        }
        copy(directory, closed);
    }

    private static long openEpoch(DiskJournal journal) {
        return ((OpenOutcome.Opened) journal.open("writer", journal.currentEpoch(), timestamp -> {})).epoch();
    }

    private static long append(DiskJournal journal, long epoch, long timestamp, int bytes) {
        PendingAppend pending = new PendingAppend();
        byte[] payload = new byte[bytes];
        java.util.Arrays.fill(payload, (byte) timestamp);
        journal.append(epoch, new JournalEntry(timestamp, payload), pending);
        return pending.durable();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().endsWith(".segment")) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
        }
    }

    private Path damaged(Path from, String name) throws IOException {
        Path copy = temporary.resolve("damaged-" + name);
        copy(from, copy);
        return copy;
    }

    private static long offsetOf(int position) {
        return SegmentHeader.BYTES + EPOCH_RECORD + (long) (position - 1) * RECORD;
    }

    private static void flip(Path file, long offset) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(offset);
            int was = open.read();
            open.seek(offset);
            open.write(was ^ 0x10);
        }
    }

    private static Map<String, Long> checksums(Path directory) throws IOException {
        Map<String, Long> checksums = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().endsWith(".segment")) {
                    CRC32C crc = new CRC32C();
                    crc.update(Files.readAllBytes(file));
                    checksums.put(file.getFileName().toString(), crc.getValue());
                }
            }
        }
        return checksums;
    }

    private static JournalCorruptException openCorrupt(Path directory) throws IOException {
        Map<String, Long> before = checksums(directory);
        Throwable thrown =
                catchThrowable(() -> DiskJournal.open(directory, CONFIGURATION).close());
        assertThat(thrown).isInstanceOf(JournalCorruptException.class).hasMessageContaining("backup");
        assertThat(checksums(directory)).isEqualTo(before);
        return (JournalCorruptException) thrown;
    }

    private static void requireCutToPosition(Path directory, int last) throws IOException {
        try (DiskJournal journal = DiskJournal.open(directory, CONFIGURATION)) {
            assertThat(journal.lastDurablePosition()).isEqualTo(last);
            TornTail torn = Objects.requireNonNull(journal.tornTail());
            assertThat(torn.file()).endsWith(FIRST);
            assertThat(torn.offset()).isEqualTo(offsetOf(last + 1));
            long epoch = openEpoch(journal);
            assertThat(append(journal, epoch, 1_000, PAYLOAD)).isEqualTo(last + 1);
        }
        try (DiskJournal journal = DiskJournal.open(directory, CONFIGURATION)) {
            assertThat(journal.tornTail()).isNull();
            assertThat(journal.read(last + 1).entry().timestamp()).isEqualTo(1_000);
        }
    }

    @Test
    void opensAJournalThatCrashedBetweenWritesWithoutCutting() throws IOException {
        try (DiskJournal journal = DiskJournal.open(crashed, CONFIGURATION)) {
            assertThat(journal.lastDurablePosition()).isEqualTo(ENTRIES);
            assertThat(journal.tornTail()).isNull();
        }
    }

    @Test
    void cutsTheLastWriteWhereverTheFileEndsInIt() throws IOException {
        for (long length = offsetOf(ENTRIES) + 1; length < offsetOf(ENTRIES) + RECORD; length++) {
            Path directory = damaged(crashed, "cut-" + length);
            try (RandomAccessFile open =
                    new RandomAccessFile(directory.resolve(FIRST).toFile(), "rw")) {
                open.setLength(length);
            }
            requireCutToPosition(directory, ENTRIES - 1);
        }
    }

    @Test
    void cutsTheLastWriteWhicheverByteOfItIsWrong() throws IOException {
        for (int at = 0; at < RECORD; at++) {
            Path directory = damaged(crashed, "flip-" + at);
            flip(directory.resolve(FIRST), offsetOf(ENTRIES) + at);
            requireCutToPosition(directory, ENTRIES - 1);
        }
    }

    @Test
    void reportsWhicheverByteIsWrongBeforeTheLastWrite() throws IOException {
        for (int at = 0; at < RECORD; at++) {
            Path directory = damaged(crashed, "flip-" + at);
            flip(directory.resolve(FIRST), offsetOf(ENTRIES - 1) + at);
            JournalCorruptException corrupt = openCorrupt(directory);
            assertThat(corrupt.file()).isEqualTo(directory.resolve(FIRST).toString());
            assertThat(corrupt.offset()).isEqualTo(offsetOf(ENTRIES - 1));
            assertThat(corrupt).hasMessageContaining("position " + (ENTRIES - 2) + " is sound");
        }
    }

    @Test
    void reportsWhicheverByteIsWrongInAJournalThatWasClosed() throws IOException {
        for (int at = 0; at < RECORD; at++) {
            Path directory = damaged(closed, "flip-" + at);
            flip(directory.resolve(FIRST), offsetOf(ENTRIES) + at);
            assertThat(openCorrupt(directory).offset()).isEqualTo(offsetOf(ENTRIES));
        }
    }

    @Test
    void reportsWhicheverByteOfAHeaderIsWrong() throws IOException {
        for (int at = 0; at < 70; at++) {
            Path directory = damaged(crashed, "flip-" + at);
            flip(directory.resolve(FIRST), at);
            assertThat(openCorrupt(directory).offset()).isZero();
        }
    }

    @Test
    void reportsAHeaderThatIsGone() throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(crashed.resolve(FIRST).toFile(), "rw")) {
            open.write(new byte[SegmentHeader.BYTES]);
        }
        assertThat(openCorrupt(crashed)).hasMessageContaining("blank");
    }

    @Test
    void takesNoPayloadForARecord() throws IOException {
        byte[] image = Files.readAllBytes(crashed.resolve(FIRST));
        int used = (int) offsetOf(ENTRIES + 1);
        try (DiskJournal journal = DiskJournal.open(crashed, CONFIGURATION)) {
            long epoch = openEpoch(journal);
            PendingAppend pending = new PendingAppend();
            journal.append(epoch, new JournalEntry(100, java.util.Arrays.copyOf(image, used)), pending);
            pending.durable();
            copy(crashed, temporary.resolve("image"));
        }
        Path directory = temporary.resolve("image");
        flip(directory.resolve(FIRST), offsetOf(ENTRIES + 1) + EPOCH_RECORD + 16);
        try (DiskJournal journal = DiskJournal.open(directory, CONFIGURATION)) {
            assertThat(journal.lastDurablePosition()).isEqualTo(ENTRIES);
            assertThat(journal.tornTail()).isNotNull();
        }
    }

    @Test
    void refusesFilesOfAnotherVersion() throws IOException {
        ByteBuffer preamble = ByteBuffer.wrap(Files.readAllBytes(crashed.resolve(FIRST)), 0, 16);
        preamble.putInt(8, 7);
        CRC32C crc = new CRC32C();
        crc.update(preamble.array(), 0, 12);
        preamble.putInt(12, (int) crc.getValue());
        try (RandomAccessFile open = new RandomAccessFile(crashed.resolve(FIRST).toFile(), "rw")) {
            open.write(preamble.array(), 0, 16);
        }
        assertThatThrownBy(() -> DiskJournal.open(crashed, CONFIGURATION))
                .isInstanceOf(JournalVersionException.class)
                .hasMessageContaining("version 7")
                .hasMessageContaining(FIRST);
    }

    /** Enough segments that there are several full ones. */
    private Path several() throws IOException {
        Path directory = temporary.resolve("several");
        try (DiskJournal journal = DiskJournal.open(directory, CONFIGURATION)) {
            long epoch = openEpoch(journal);
            for (int i = 1; i <= 60; i++) {
                append(journal, epoch, i, 1_000);
            }
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.filter(file -> file.toString().endsWith(".segment")))
                    .hasSizeGreaterThan(4);
        }
        return directory;
    }

    @Test
    void reportsASegmentThatWasDeletedFromTheMiddle() throws IOException {
        Path directory = several();
        Files.delete(directory.resolve("000000000003.segment"));
        assertThat(openCorrupt(directory))
                .hasMessageContaining("000000000003.segment")
                .hasMessageContaining("missing");
    }

    @Test
    void reportsSegmentsThatChangedPlaces() throws IOException {
        Path directory = several();
        Files.move(directory.resolve("000000000002.segment"), directory.resolve("other"));
        Files.move(directory.resolve("000000000003.segment"), directory.resolve("000000000002.segment"));
        Files.move(directory.resolve("other"), directory.resolve("000000000003.segment"));
        assertThat(openCorrupt(directory)).hasMessageContaining("another's name");
    }

    @Test
    void reportsDamageAtTheEndOfASegmentThatIsNotTheLast() throws IOException {
        Path directory = several();
        Path file = directory.resolve("000000000002.segment");
        byte[] bytes = Files.readAllBytes(file);
        int end = bytes.length;
        while (bytes[end - 1] == 0) {
            end--;
        }
        flip(file, end - 1);
        assertThat(openCorrupt(directory).file()).isEqualTo(file.toString());
    }

    @Test
    void endsAStreamWithTheReasonWhenItMeetsDamage() throws IOException {
        Path directory = several();
        try (DiskJournal journal = DiskJournal.open(directory, CONFIGURATION)) {
            flip(directory.resolve("000000000002.segment"), 5_000);
            RecordingSubscriber subscriber = new RecordingSubscriber(0);
            journal.subscribe(0, subscriber).request(1_000);
            assertThat(subscriber.awaitClosed())
                    .contains("000000000002.segment")
                    .contains("damaged at byte");
            assertThat(append(journal, openEpoch(journal), 1_000, 10)).isEqualTo(61);
        }
    }

    @Test
    void keepsASecondJournalOut() throws IOException {
        try (DiskJournal journal = DiskJournal.open(crashed, CONFIGURATION)) {
            assertThatThrownBy(() -> DiskJournal.open(crashed, CONFIGURATION))
                    .isInstanceOf(JournalInUseException.class)
                    .hasMessageContaining(
                            "in use by process " + ProcessHandle.current().pid());
            assertThat(append(journal, openEpoch(journal), 100, 10)).isEqualTo(ENTRIES + 1);
        }
        DiskJournal.open(crashed, CONFIGURATION).close();
    }

    @Test
    void storesEntriesLargerThanASegment() throws IOException {
        Path directory = temporary.resolve("large");
        JournalConfiguration configuration = CONFIGURATION.withMaxEntryBytes(3 << 20);
        byte[] large = new dev.boreal.clock.Chance(3).bytes(3 << 20);
        try (DiskJournal journal = DiskJournal.open(directory, configuration)) {
            long epoch = openEpoch(journal);
            for (int i = 1; i <= 3; i++) {
                append(journal, epoch, i * 10L, 100);
                PendingAppend pending = new PendingAppend();
                journal.append(epoch, new JournalEntry(i * 10L + 1, large), pending);
                assertThat(pending.durable()).isEqualTo(i * 2L);
            }
            PendingAppend pending = new PendingAppend();
            journal.append(epoch, new JournalEntry(100, new byte[(3 << 20) + 1]), pending);
            assertThat(pending.refused()).isEqualTo(new AppendRefusal.TooLarge(3 << 20));
        }
        try (DiskJournal journal = DiskJournal.open(directory, configuration)) {
            for (long position : List.of(2L, 4L, 6L)) {
                assertThat(journal.read(position).entry().payload()).isEqualTo(large);
            }
            RecordingSubscriber subscriber = new RecordingSubscriber(0);
            journal.subscribe(0, subscriber).request(100);
            assertThat(subscriber.awaitEntries(6).violations()).isEmpty();
        }
    }
}
