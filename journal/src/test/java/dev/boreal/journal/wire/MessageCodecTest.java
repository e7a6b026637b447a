package dev.boreal.journal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.journal.order.LogState;
import dev.boreal.journal.record.RecordKind;
import dev.boreal.journal.replica.Message;
import dev.boreal.journal.replica.RecordBatch;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageCodecTest {
    private static final RecordBatch RECORDS = new RecordBatch(
            8, 2, new long[] {3, 4}, new RecordKind[] {RecordKind.ENTRY, RecordKind.TERM}, new JournalEntry[] {
                new JournalEntry(100, new byte[] {1, 2, 3}), new JournalEntry(101, new byte[0])
            });

    private static final List<Message> MESSAGES = List.of(
            new Message.Append(4, 7, 3, RecordBatch.empty(), 5, 0, false),
            new Message.Fetch(4, 9),
            new Message.Acceptance(4, 8, 9, true, false),
            new Message.Acceptance(4, 8, 9, false, true),
            new Message.Prepare(7),
            new Message.Promise(7, 9, 4),
            new Message.Superseded(8),
            new Message.Advance(4, 1_000),
            new Message.Trim(4, 77),
            new Message.Relay("a", "häfen-2", new Message.Fetch(4, 9)));

    @Test
    void decodesWhatItEncoded() {
        for (Message message : MESSAGES) {
            assertThat(MessageCodec.decode(MessageCodec.encode(message))).isEqualTo(message);
        }
    }

    @Test
    void carriesRecords() {
        Message.Append append = new Message.Append(4, 7, 3, RECORDS, 5, 102, true);
        Message.Append decoded = (Message.Append) MessageCodec.decode(MessageCodec.encode(append));
        assertThat(decoded.heartbeat()).isEqualTo(102);
        assertThat(decoded.more()).isTrue();
        RecordBatch records = decoded.records();
        assertThat(records.firstIndex()).isEqualTo(8);
        assertThat(records.size()).isEqualTo(2);
        for (int i = 0; i < 2; i++) {
            assertThat(records.term(i)).isEqualTo(RECORDS.term(i));
            assertThat(records.kind(i)).isEqualTo(RECORDS.kind(i));
            assertThat(records.entry(i)).isEqualTo(RECORDS.entry(i));
        }
    }

    @Test
    void carriesTheBeginningOfALog() {
        LogState base = new LogState(40, 3, 2, "öwner", true, 30, 99);
        Message.Base decoded = (Message.Base) MessageCodec.decode(MessageCodec.encode(new Message.Base(5, base)));
        assertThat(decoded.base().lastIndex()).isEqualTo(40);
        assertThat(decoded.base().lastTerm()).isEqualTo(3);
        assertThat(decoded.base().epoch()).isEqualTo(2);
        assertThat(decoded.base().owner()).isEqualTo("öwner");
        assertThat(decoded.base().isSealed()).isTrue();
        assertThat(decoded.base().lastPosition()).isEqualTo(30);
        assertThat(decoded.base().lastTimestamp()).isEqualTo(99);
    }

    @Test
    void refusesFramesThatAreCutOrForeign() {
        byte[] frame = MessageCodec.encode(new Message.Append(4, 7, 3, RECORDS, 5, 102, true));
        for (int length = 0; length < frame.length; length++) {
            byte[] cut = Arrays.copyOf(frame, length);
            assertThatThrownBy(() -> MessageCodec.decode(cut)).isInstanceOf(IllegalArgumentException.class);
        }
        frame[0] = 9;
        assertThatThrownBy(() -> MessageCodec.decode(frame)).hasMessageContaining("format 9");
    }
}
