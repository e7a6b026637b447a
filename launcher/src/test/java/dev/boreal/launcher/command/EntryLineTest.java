package dev.boreal.launcher.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.PositionedEntry;
import org.junit.jupiter.api.Test;

class EntryLineTest {
    @Test
    void showsPositionEpochTimeAndText() {
        long timestamp = 1_000_000_000_000_000_123L;
        assertThat(EntryLine.of(new PositionedEntry(7, 2, new JournalEntry(timestamp, "grüß dich".getBytes(UTF_8)))))
                .isEqualTo("7\t2\t2001-09-09T01:46:40.000000123Z\tgrüß dich");
    }

    @Test
    void keepsAnEntryOnOneLineWhateverItHolds() {
        assertThat(EntryLine.text("a\tb\nc\\d".getBytes(UTF_8))).isEqualTo("a\\x09b\\x0ac\\\\d");
        assertThat(EntryLine.text(new byte[] {(byte) 0xff, 0, 'a'})).isEqualTo("\\xff\\x00\\x61");
        assertThat(EntryLine.text(new byte[0])).isEmpty();
    }
}
