package dev.boreal.launcher.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.cluster.Role;
import dev.boreal.launcher.TestServer;
import dev.boreal.launcher.crash.Ledger;
import dev.boreal.launcher.supervision.LocalCluster;
import dev.boreal.launcher.supervision.MemberState;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real cluster of 18 processes in three zones, hurt under write load. The number of losses is
 * {@code -Dboreal.cluster.kills}, and without that the test is left out: it takes minutes, and an idle machine.
 * {@code ./boreal faults cluster} inflicts 200.
 */
@EnabledIfSystemProperty(named = "boreal.cluster.kills", matches = "[0-9]+", disabledReason = "needs an idle machine")
class ClusterTest {
    private static final int KILLS = Integer.getInteger("boreal.cluster.kills", 10);
    private static final long SEED = Long.getLong("boreal.faults.seed", 20_260_102L);
    private static final int ZONES = 3;
    private static final int FIRST_PORT = 20_000;
    private static final int PORT_BLOCKS = 200;
    private static final int BLOCK = 40;
    private static final int WRITERS = 3;
    private static final int COMMITS_BETWEEN = 10;
    private static final int ONE_IN_PAUSES = 4;
    private static final long PAUSE_MILLIS = 3_000;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    private LocalCluster cluster;
    private final Chance chance = new Chance(SEED);
    private final List<ClusterWriter> writers = new ArrayList<>();

    @BeforeEach
    void up() throws Exception {
        int port = FIRST_PORT + (int) (ProcessHandle.current().pid() % PORT_BLOCKS) * BLOCK;
        cluster = LocalCluster.create(directory.resolve("cluster"), ZONES, port);
        cluster.up((role, members) -> {});
    }

    @AfterEach
    void down() throws Exception {
        for (ClusterWriter writer : writers) {
            writer.stop();
        }
        cluster.down();
    }

    @Test
    void keepsEveryAcknowledgedCommitWhicheverProcessIsLost() throws Exception {
        List<Integer> ports = ports();
        create(ports.getFirst());
        for (int id = 1; id <= WRITERS; id++) {
            ClusterWriter writer = new ClusterWriter(id, SEED + id, ports);
            writers.add(writer);
            writer.start();
        }
        progress();
        long slowestNanos = 0;
        for (int round = 0; round < KILLS; round++) {
            MemberSection victim = victim(round);
            slowestNanos = Math.max(slowestNanos, lose(victim));
        }
        for (ClusterWriter writer : writers) {
            writer.stop();
            writer.verifyNoSurprise();
        }
        verify(ports);
        assertThat(cluster.down()).isEqualTo(cluster.configuration().members().size());
        cluster.up((role, members) -> {});
        verify(ports);
        long commits = writers.stream().mapToLong(ClusterWriter::commits).sum();
        System.out.printf(
                Locale.ROOT,
                "cluster: %d losses, %d commits kept; service back after %d ms at most%n",
                KILLS,
                commits,
                slowestNanos / 1_000_000);
    }

    private List<Integer> ports() {
        return cluster.configuration().members(Role.QUERY_PROCESSOR).stream()
                .map(MemberSection::clientPort)
                .toList();
    }

    private static void create(int port) throws SQLException {
        try (Connection connection = DriverManager.getConnection(TestServer.url(port))) {
            Ledger.create(connection, WRITERS);
        }
    }

    /** One of each role in turn, then anybody. */
    private MemberSection victim(int round) {
        Role[] roles = Role.values();
        List<MemberSection> among = round < roles.length
                ? cluster.configuration().members(roles[round])
                : cluster.configuration().members();
        return among.get(chance.below(among.size()));
    }

    /** Kills a member, or stops it in its tracks for a while; returns how long some writer had to wait for a commit. */
    private long lose(MemberSection victim) throws Exception {
        writers.forEach(ClusterWriter::forgetGap);
        boolean paused = chance.below(ONE_IN_PAUSES) == 0;
        if (paused) {
            cluster.pause(victim);
            Thread.sleep(PAUSE_MILLIS);
        } else {
            cluster.kill(victim);
        }
        progress();
        if (paused) {
            cluster.resume(victim);
        } else {
            cluster.restart(victim);
        }
        progress();
        awaitWhole();
        long gap =
                writers.stream().mapToLong(ClusterWriter::longestGapNanos).max().orElseThrow();
        System.out.printf(
                Locale.ROOT,
                "cluster: %s %s, longest wait for a commit %d ms%n",
                victim.name(),
                paused ? "paused" : "killed",
                gap / 1_000_000);
        return gap;
    }

    /** Every writer commits some more. */
    private void progress() {
        for (ClusterWriter writer : writers) {
            long before = writer.commits();
            await().pollInterval(Duration.ofMillis(20)).atMost(PATIENCE).until(() -> {
                writer.verifyNoSurprise();
                return writer.commits() >= before + COMMITS_BETWEEN;
            });
        }
    }

    /** Every member is up, and every replica of the journal has its place in the plan again: the next loss may come. */
    private void awaitWhole() {
        await().pollInterval(Duration.ofMillis(100)).atMost(PATIENCE).until(() -> {
            for (MemberSection member : cluster.configuration().members()) {
                MemberState state = cluster.state(member);
                if (!state.isUp() || member.role() == Role.JOURNAL && !keepsTheJournal(state)) {
                    return false;
                }
            }
            return true;
        });
    }

    private static boolean keepsTheJournal(MemberState state) {
        String note = state.status() == null ? "" : state.status().note();
        return note.startsWith("leads") && !note.contains("learning") || note.startsWith("follows");
    }

    private void verify(List<Integer> ports) throws SQLException {
        for (int port : ports) {
            try (Connection connection = DriverManager.getConnection(TestServer.url(port))) {
                for (ClusterWriter writer : writers) {
                    int id = writer.ledger().id();
                    writer.ledger().settle(Ledger.lastOf(connection, id));
                    Ledger.verify(connection, id, writer.ledger().acknowledged());
                }
                Ledger.verifyMoney(connection);
            }
        }
    }
}
