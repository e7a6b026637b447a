package dev.boreal.examples.strongread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.boreal.clock.SystemClock;
import dev.boreal.examples.GatedJournal;
import dev.boreal.journal.service.DiskJournal;
import dev.boreal.journal.service.JournalConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StrongReadTest {
    private static final SystemClock CLOCK = new SystemClock(0);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final int READERS = 20;

    @TempDir
    Path directory;

    private DiskJournal journal;
    private GatedJournal far;
    private Replica replica;

    @BeforeEach
    void openJournal() throws IOException {
        journal = DiskJournal.open(directory, JournalConfiguration.defaults());
        far = new GatedJournal(journal);
        replica = new Replica(far, CLOCK);
    }

    @AfterEach
    void closeJournal() {
        replica.close();
        journal.close();
    }

    /** A read on a thread of its own. */
    private CompletableFuture<String> readLater(String key) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                answer.complete(replica.read(key, PATIENCE));
            } catch (Replica.UnavailableException | InterruptedException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    private static String awaited(CompletableFuture<String> answer) throws Exception {
        return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void seesEveryWriteAcknowledgedBefore() throws Exception {
        Primary primary = new Primary(journal, "near", CLOCK);
        for (int i = 0; i < 50; i++) {
            primary.put("count", Integer.toString(i));
            assertThat(replica.read("count", PATIENCE)).isEqualTo(Integer.toString(i));
        }
    }

    @Test
    void waitsForWhatItMayNotMiss() throws Exception {
        Primary primary = new Primary(journal, "near", CLOCK);
        primary.put("colour", "blue");
        assertThat(replica.read("colour", PATIENCE)).isEqualTo("blue");
        far.shut();
        primary.put("colour", "red");
        assertThat(replica.peek("colour")).isEqualTo("blue");
        assertThatThrownBy(() -> replica.read("colour", SHORT)).isInstanceOf(Replica.UnavailableException.class);
        CompletableFuture<String> strong = readLater("colour");
        far.open();
        assertThat(awaited(strong)).isEqualTo("red");
    }

    @Test
    void aMarkerServesEverybodyWhoAskedBeforeIt() throws Exception {
        Primary primary = new Primary(journal, "near", CLOCK);
        primary.put("colour", "blue");
        far.shut();
        List<CompletableFuture<String>> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            readers.add(readLater("colour"));
        }
        await().atMost(PATIENCE).until(() -> primary.markers() > 0);
        far.open();
        for (CompletableFuture<String> reader : readers) {
            assertThat(awaited(reader)).isEqualTo("blue");
        }
        assertThat(primary.markers()).isBetween(1L, (long) READERS);
    }

    @Test
    void givesNoAnswerRatherThanAnOldOneWhileNobodyWrites() {
        assertThatThrownBy(() -> replica.read("colour", SHORT))
                .isInstanceOf(Replica.UnavailableException.class)
                .hasMessageContaining("nothing was committed");
    }

    @Test
    void aPrimaryThatWasReplacedAcknowledgesNothing() throws Exception {
        Primary old = new Primary(journal, "near", CLOCK);
        Primary next = new Primary(journal, "next", CLOCK);
        assertThatThrownBy(() -> old.put("colour", "blue"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Fenced");
        next.put("colour", "red");
        assertThat(replica.read("colour", PATIENCE)).isEqualTo("red");
    }
}
