package dev.boreal.journal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.journal.PendingAppend;
import dev.boreal.journal.disk.FakeDisk;
import dev.boreal.journal.service.DiskJournal;
import dev.boreal.journal.service.JournalConfiguration;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientQuestionsTest {
    private final Map<String, DiskJournal> replicas = new LinkedHashMap<>();
    private final CountDownLatch awake = new CountDownLatch(1);
    private final Doors doors = new Doors(() -> List.of("a", "b", "c"), replicas::get);

    /** Replica b has one entry, c has three. */
    @BeforeEach
    void open() throws IOException {
        for (String name : List.of("a", "b", "c")) {
            DiskJournal journal = DiskJournal.open(
                    new FakeDisk(new Chance(1)), JournalConfiguration.defaults().withSegmentBytes(64 << 10));
            long epoch = ((OpenOutcome.Opened) journal.open("writer", 0, timestamp -> {})).epoch();
            for (int i = 1; i <= (name.equals("a") ? 0 : name.equals("b") ? 1 : 3); i++) {
                PendingAppend pending = new PendingAppend();
                journal.append(epoch, new JournalEntry(i, new byte[0]), pending);
                pending.durable();
            }
            replicas.put(name, journal);
        }
    }

    @AfterEach
    void close() {
        awake.countDown();
        replicas.values().forEach(DiskJournal::close);
    }

    private ClientQuestions questions(String leader) {
        return new ClientQuestions(doors, () -> leader, () -> leader);
    }

    /** Replica a answers only when it is awake. */
    private Function<Journal, Long> question() {
        DiskJournal paused = replicas.get("a");
        return door -> {
            if (door.equals(paused)) {
                try {
                    awake.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return door.lastDurablePosition();
        };
    }

    @Test
    void tellsTheHighestWithoutTheOneThatStandsStillAndTriesThatLastUntilItSpeaks() throws InterruptedException {
        ClientQuestions questions = new ClientQuestions(doors, () -> null, () -> null);
        assertThat(questions.highest(question())).isEqualTo(3);
        assertThat(doors.order("a")).containsExactly("b", "c", "a");
        assertThat(questions.highest(question())).isEqualTo(3);
        awake.countDown();
        while (!doors.isSpeaking("a")) {
            Thread.sleep(1);
        }
        assertThat(doors.order("c")).containsExactly("c", "a", "b");
    }

    @Test
    void asksEverybodyWhenTheLeaderStandsStill() {
        assertThat(questions("a").highest(question())).isEqualTo(3);
    }

    @Test
    void believesTheLeaderAlone() {
        assertThat(questions("b").highest(question())).isEqualTo(1);
    }

    @Test
    void takesTheNextAnswerWhereTheFirstOneDoesNotCome() {
        assertThat(questions("a").first(question())).isEqualTo(1);
    }

    @Test
    void tellsWhyTheFirstOneCouldNotWhenNoneCan() {
        assertThatThrownBy(() -> questions("b").first(door -> {
                    throw new IllegalStateException("planned at " + door.lastDurablePosition());
                }))
                .hasMessage("planned at 1");
        ClientQuestions nobody = new ClientQuestions(new Doors(List::of, replicas::get), () -> null, () -> null);
        assertThatThrownBy(() -> nobody.first(question())).hasMessageContaining("no replica");
        assertThat(nobody.highest(question())).isZero();
    }
}
