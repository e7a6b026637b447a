package dev.boreal.transport.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.contracts.door.Journal.EntrySubscription;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.PositionedEntry;
import dev.boreal.contracts.wire.JournalAnswers;
import dev.boreal.transport.link.ServerStream;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntryStreamTest {
    private static final int LARGE = 1 << 20;

    private final List<Long> requests = new ArrayList<>();
    private final EntryStream entries = new EntryStream(7, 0, new IdleStream(), () -> true);
    private long position;

    /** Takes nothing by itself. */
    private static final class IdleStream implements ServerStream {
        @Override
        public String member() {
            return "somebody";
        }

        @Override
        public EventLoop loop() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void wake() {}

        @Override
        public void wakeWithin(long nanos) {}

        @Override
        public void close(String reason) {}
    }

    private final class Source implements EntrySubscription {
        @Override
        public void request(long more) {
            requests.add(more);
        }

        @Override
        public void close() {}
    }

    private void deliver(int bytes) {
        position++;
        entries.onEntries(List.of(new PositionedEntry(position, 1, new JournalEntry(10 * position, new byte[bytes]))));
    }

    private int send() {
        JournalAnswers.Builder message = JournalAnswers.newBuilder();
        entries.addTo(message);
        return message.getAnswersList().stream()
                .mapToInt(answer -> answer.getEntries().getEntriesCount())
                .sum();
    }

    @Test
    void holdsFewLargeEntriesAndAsksForTheRestWhenThereIsRoom() {
        entries.begin(new Source());
        entries.grant(Long.MAX_VALUE);
        assertThat(requests).containsExactly(1024L);
        while (!entries.isFull()) {
            deliver(LARGE);
        }
        assertThat(position).isEqualTo(4);
        assertThat(send()).isEqualTo(1);
        assertThat(entries.isFull()).isFalse();
        assertThat(requests).containsExactly(1024L, 0L);
        assertThat(send() + send() + send()).isEqualTo(3);
        assertThat(requests).containsExactly(1024L, 0L);
    }

    @Test
    void asksForTheNextPortionWhenHalfOfTheLastIsOnTheStream() {
        entries.begin(new Source());
        entries.grant(Long.MAX_VALUE);
        for (int i = 0; i < 1024; i++) {
            assertThat(entries.isFull()).isFalse();
            deliver(200);
        }
        assertThat(send()).isEqualTo(1024);
        assertThat(requests).containsExactly(1024L, 1024L);
    }
}
