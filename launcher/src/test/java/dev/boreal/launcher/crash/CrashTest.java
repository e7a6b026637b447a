package dev.boreal.launcher.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.clock.Chance;
import dev.boreal.launcher.Progress;
import dev.boreal.launcher.ServerProcess;
import dev.boreal.launcher.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the server with SIGKILL at random moments under write load and looks what is there afterwards. The number of
 * kills is {@code -Dboreal.crash.rounds}, 3 unless told; {@code ./boreal faults crash 50} runs fifty.
 */
class CrashTest {
    private static final int ROUNDS = Integer.getInteger("boreal.crash.rounds", 3);
    private static final long SEED = Long.getLong("boreal.faults.seed", 20_260_101L);
    private static final int WRITERS = 4;
    private static final int LEAST_LIFE_MILLIS = 50;
    private static final int MOST_LIFE_MILLIS = 1_500;

    @TempDir
    Path directory;

    @Test
    void keepsEveryAcknowledgedCommitAndNothingHalf() throws Exception {
        Chance chance = new Chance(SEED);
        Path data = directory.resolve("data");
        List<LedgerWriter> writers = new ArrayList<>();
        try (ServerProcess server = ServerProcess.start(data);
                Connection connection = DriverManager.getConnection(TestServer.url(server.port()))) {
            Ledger.create(connection, WRITERS);
        }
        for (int id = 1; id <= WRITERS; id++) {
            writers.add(new LedgerWriter(id, new Chance(SEED + id)));
        }
        long slowestNanos = 0;
        long totalNanos = 0;
        Progress progress = new Progress("kills", ROUNDS);
        for (int round = 0; round <= ROUNDS; round++) {
            progress.at(round);
            long began = System.nanoTime();
            try (ServerProcess server = ServerProcess.start(data);
                    Connection connection = DriverManager.getConnection(TestServer.url(server.port()))) {
                Ledger.firstAnswer(connection);
                long took = System.nanoTime() - began;
                slowestNanos = Math.max(slowestNanos, took);
                totalNanos += took;
                for (LedgerWriter writer : writers) {
                    writer.settle(Ledger.lastOf(connection, writer.id()));
                    Ledger.verify(connection, writer.id(), writer.acknowledged());
                }
                Ledger.verifyMoney(connection);
                if (round < ROUNDS) {
                    load(server, writers, chance.between(LEAST_LIFE_MILLIS, MOST_LIFE_MILLIS));
                } else {
                    connection.close();
                    server.stop();
                }
            }
        }
        long commits = 0;
        for (LedgerWriter writer : writers) {
            commits += writer.acknowledged();
        }
        System.out.printf(
                "crash: %d kills, %d commits kept; exec to first answer %d ms on average, %d ms at most%n",
                ROUNDS, commits, totalNanos / 1_000_000 / (ROUNDS + 1), slowestNanos / 1_000_000);
        assertThat(commits).isPositive();
    }

    private static void load(ServerProcess server, List<LedgerWriter> writers, int lifeMillis)
            throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (LedgerWriter writer : writers) {
            threads.add(Thread.ofPlatform().start(() -> writer.run(server.port())));
        }
        Thread.sleep(lifeMillis);
        server.kill();
        for (Thread thread : threads) {
            thread.join();
        }
        for (LedgerWriter writer : writers) {
            SQLException surprise = writer.surprise();
            if (surprise != null) {
                throw new AssertionError("writer " + writer.id() + " did not expect this", surprise);
            }
        }
    }
}
