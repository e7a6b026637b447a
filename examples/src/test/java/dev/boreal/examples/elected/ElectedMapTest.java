package dev.boreal.examples.elected;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.boreal.clock.SystemClock;
import dev.boreal.contracts.door.Journal;
import dev.boreal.examples.GatedJournal;
import dev.boreal.journal.service.DiskJournal;
import dev.boreal.journal.service.JournalConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElectedMapTest {
    private static final Duration LEASE = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CLIENTS = 4;
    private static final int INCREMENTS = 25;

    @TempDir
    Path directory;

    private DiskJournal journal;
    private final List<ElectedMap> members = new ArrayList<>();

    @BeforeEach
    void openJournal() throws IOException {
        journal = DiskJournal.open(directory, JournalConfiguration.defaults());
    }

    @AfterEach
    void closeAll() {
        members.forEach(ElectedMap::close);
        journal.close();
    }

    private ElectedMap join(String name, Journal door) {
        ElectedMap member = new ElectedMap(door, name, new SystemClock(0), LEASE);
        members.add(member);
        return member;
    }

    private ElectedMap awaitLeader() {
        return await().pollInterval(Duration.ofMillis(5)).atMost(PATIENCE).until(this::leader, Objects::nonNull);
    }

    private @Nullable ElectedMap leader() {
        return members.stream().filter(ElectedMap::leads).findFirst().orElse(null);
    }

    /** Repeated at whoever leads: a lease may end between two questions, as on a machine that stalls. */
    private void put(String key, String value) throws InterruptedException {
        while (!(awaitLeader().put(key, value) instanceof Answer.Done)) {
            Thread.onSpinWait();
        }
    }

    private @Nullable String get(String key) {
        while (true) {
            if (awaitLeader().get(key) instanceof Answer.Done done) {
                return done.value();
            }
        }
    }

    @Test
    void oneLeadsAndTheOthersFollow() throws Exception {
        List.of("ann", "bob", "cid").forEach(name -> join(name, journal));
        put("colour", "blue");
        assertThat(get("colour")).isEqualTo("blue");
        for (ElectedMap member : members) {
            await().atMost(PATIENCE).until(() -> "blue".equals(member.peek("colour")));
        }
    }

    @Test
    void anotherTakesOverWithEverythingThatWasAcknowledged() throws Exception {
        join("ann", journal);
        put("colour", "blue");
        ElectedMap ann = members.removeFirst();
        join("bob", journal);
        ann.close();
        assertThat(get("colour")).isEqualTo("blue");
        assertThat(ann.get("colour")).isInstanceOf(Answer.NotLeader.class);
    }

    @Test
    void whoIsPausedAnswersNothingOnceAnotherLeads() throws Exception {
        GatedJournal gate = new GatedJournal(journal);
        ElectedMap ann = join("ann", gate);
        put("colour", "blue");
        gate.shut();
        ElectedMap bob = join("bob", journal);
        await().atMost(PATIENCE).until(bob::leads);
        assertThat(ann.get("colour")).isInstanceOf(Answer.NotLeader.class);
        put("colour", "red");
        assertThat(ann.put("colour", "green")).isInstanceOf(Answer.NotLeader.class);
        assertThat(ann.peek("colour")).isEqualTo("blue");
        gate.open();
        assertThat(get("colour")).isEqualTo("red");
    }

    @Test
    void aPausedLeadersAppendIsRefusedWhenItArrives() throws Exception {
        GatedJournal gate = new GatedJournal(journal);
        ElectedMap ann = join("ann", gate);
        awaitLeader();
        List<Answer> late = new ArrayList<>();
        gate.shut();
        Thread client = Thread.ofVirtual().start(() -> {
            try {
                late.add(ann.put("colour", "green"));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        ElectedMap bob = join("bob", journal);
        await().atMost(PATIENCE).until(bob::leads);
        gate.open();
        client.join();
        assertThat(late).singleElement().isInstanceOf(Answer.NotLeader.class);
        assertThat(bob.peek("colour")).isNull();
    }

    @Test
    void changesOnAConditionAreMadeOnce() throws Exception {
        join("ann", journal);
        put("count", "0");
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(Thread.ofVirtual().start(this::increment));
        }
        for (Thread client : clients) {
            client.join();
        }
        assertThat(get("count")).isEqualTo(Integer.toString(CLIENTS * INCREMENTS));
    }

    private void increment() {
        try {
            for (int done = 0; done < INCREMENTS; ) {
                String now = Objects.requireNonNull(get("count"));
                Answer answer = awaitLeader().compareAndSet("count", now, Integer.toString(Integer.parseInt(now) + 1));
                done += answer instanceof Answer.Done ? 1 : 0;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void readsItsOwnCommandsAndNoOthers() {
        assertThat(Command.decode(new Command.Put("a", "b").encode())).isEqualTo(new Command.Put("a", "b"));
        assertThat(Command.decode(new Command.Lease("a", 7).encode())).isEqualTo(new Command.Lease("a", 7));
        assertThatThrownBy(() -> Command.decode(new byte[] {'X'}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no command");
    }
}
