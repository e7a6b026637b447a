package dev.boreal.launcher.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.boreal.contracts.cluster.ReplicationMode;
import dev.boreal.contracts.cluster.Role;
import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.door.Journal.EntrySubscriber;
import dev.boreal.contracts.journal.PositionedEntry;
import dev.boreal.launcher.client.JournalConnection;
import dev.boreal.launcher.cluster.MemberSection;
import dev.boreal.launcher.supervision.LocalCluster;
import dev.boreal.launcher.supervision.MemberState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal of real processes, used through its client while the processes are lost one after another. */
class JournalProcessesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int FIRST_PORT = 28_500;
    private static final int PORT_BLOCKS = 200;
    private static final int BLOCK = 10;
    private static final int APPENDS_BETWEEN = 5;

    @TempDir
    Path directory;

    private LocalCluster cluster;

    @AfterEach
    void down() throws Exception {
        cluster.down();
    }

    @Test
    void aQuorumKeepsEveryAcknowledgedEntryWhicheverReplicaIsLost() throws Exception {
        int port = FIRST_PORT + (int) (ProcessHandle.current().pid() % PORT_BLOCKS) * BLOCK;
        cluster = LocalCluster.createJournal(directory.resolve("journal"), 3, ReplicationMode.QUORUM, port);
        cluster.up((role, members) -> {});
        try (JournalConnection connection = JournalConnection.open(cluster.file(), "main")) {
            CountingWriter writer = new CountingWriter(connection.journal());
            writer.start();
            progress(writer);
            lose(replica(true), true, writer);
            lose(replica(false), false, writer);
            lose(replica(true), false, writer);
            writer.stop();
            assertThat(read(connection.journal())).containsAllEntriesOf(writer.acknowledged());
        }
    }

    /** The replica that leads, or one that does not. */
    private MemberSection replica(boolean leading) throws Exception {
        MemberSection[] found = new MemberSection[1];
        await().pollInterval(Duration.ofMillis(50)).atMost(PATIENCE).until(() -> {
            for (MemberSection member : cluster.configuration().members(Role.JOURNAL)) {
                if (note(member).startsWith(leading ? "leads" : "follows")) {
                    found[0] = member;
                }
            }
            return found[0] != null;
        });
        return found[0];
    }

    private String note(MemberSection member) throws Exception {
        MemberState state = cluster.state(member);
        return state.status() == null || !state.isUp() ? "" : state.status().note();
    }

    /** Kills a replica, or stops it in its tracks, until appends go on without it; then brings it back. */
    private void lose(MemberSection victim, boolean killed, CountingWriter writer) throws Exception {
        writer.longestGapNanos();
        if (killed) {
            cluster.kill(List.of(victim));
        } else {
            cluster.pause(List.of(victim));
        }
        progress(writer);
        if (killed) {
            cluster.restart(List.of(victim));
        } else {
            cluster.resume(List.of(victim));
        }
        await().pollInterval(Duration.ofMillis(50)).atMost(PATIENCE).until(this::isWhole);
        progress(writer);
        System.out.printf(
                Locale.ROOT,
                "journal: %s %s, longest wait for an append %d ms%n",
                victim.name(),
                killed ? "killed" : "paused",
                writer.longestGapNanos() / 1_000_000);
    }

    /** Every replica leads or follows, and none learns any more: the next loss may come. */
    private boolean isWhole() throws Exception {
        for (MemberSection member : cluster.configuration().members(Role.JOURNAL)) {
            String note = note(member);
            if (!(note.startsWith("leads") && !note.contains("learning") || note.startsWith("follows journal"))) {
                return false;
            }
        }
        return true;
    }

    private static void progress(CountingWriter writer) {
        int before = writer.acknowledged().size();
        await().pollInterval(Duration.ofMillis(20))
                .atMost(PATIENCE)
                .until(() -> writer.acknowledged().size() >= before + APPENDS_BETWEEN);
    }

    /** All entries by position, from a stream of their own. */
    private static Map<Long, String> read(Journal journal) throws Exception {
        Map<Long, String> entries = new ConcurrentHashMap<>();
        try (var subscription = journal.subscribe(0, new EntrySubscriber() {
            @Override
            public void onEntries(List<PositionedEntry> arrived) {
                for (PositionedEntry entry : arrived) {
                    assertThat(entry.position()).isEqualTo(entries.size() + 1);
                    entries.put(entry.position(), new String(entry.entry().payload(), UTF_8));
                }
            }

            @Override
            public void onWatermark(long timestamp) {}

            @Override
            public void onClosed(String reason) {}
        })) {
            subscription.request(Long.MAX_VALUE);
            long last = journal.lastDurablePosition();
            await().atMost(PATIENCE).until(() -> entries.size() >= last);
        }
        return entries;
    }
}
