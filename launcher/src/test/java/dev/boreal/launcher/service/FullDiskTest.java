package dev.boreal.launcher.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.boreal.clock.SystemClock;
import dev.boreal.contracts.transaction.CommitOutcome;
import dev.boreal.launcher.configuration.BorealConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk of 24 MiB that fills up. Skipped where the test may not mount one. */
class FullDiskTest {
    private static final long HEAP = 128L << 20;
    private static final int VALUE_LENGTH = 10_000;

    private final SystemClock clock = new SystemClock(0);

    @TempDir
    Path directory;

    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        mounted = run("mount", "-t", "tmpfs", "-o", "size=24m", "boreal-test", directory.toString());
        assumeTrue(mounted, "this user may not mount a file system");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(run("umount", "-l", directory.toString())).isTrue();
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }

    private SingleProcess start(String segment) throws StartFailedException {
        return SingleProcess.start(
                BorealConfiguration.of(
                        Map.of(
                                "data.directory",
                                directory.resolve("data").toString(),
                                "listen.port",
                                "0",
                                "journal.segment.size",
                                segment),
                        HEAP),
                (storage, adjudicator, clockOfRoom, spill) -> new ClosedSqlService(),
                StartListener.SILENT);
    }

    @Test
    void refusesCommitsKeepsAnsweringReadsAndLosesNothing() throws Exception {
        Path ballast = directory.resolve("ballast");
        Files.write(ballast, new byte[4 << 20]);
        int acknowledged = 0;
        try (SingleProcess process = start("1MB")) {
            CommitOutcome outcome = write(process, acknowledged);
            long firstCommit = ((CommitOutcome.Committed) outcome).timestamp();
            while (outcome instanceof CommitOutcome.Committed) {
                acknowledged++;
                outcome = write(process, acknowledged);
            }
            assertThat(outcome).isInstanceOfAny(CommitOutcome.Refused.class, CommitOutcome.Indeterminate.class);
            assertThat(write(process, acknowledged)).isInstanceOf(CommitOutcome.Refused.class);
            assertThat(acknowledged).isPositive();
            assertThat(process.storage().get(key(0), firstCommit)).hasSize(VALUE_LENGTH);
        }
        Files.delete(ballast);
        try (SingleProcess process = start("1MB")) {
            for (int i = 0; i < acknowledged; i++) {
                assertThat(process.storage().get(key(i), clock.latest()))
                        .as("acknowledged write %d of %d", i, acknowledged)
                        .hasSize(VALUE_LENGTH);
            }
            assertThat(write(process, acknowledged)).isInstanceOf(CommitOutcome.Committed.class);
        }
    }

    @Test
    void saysAtTheStartThatThereIsNoRoom() {
        assertThatThrownBy(() -> start("64MB"))
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining("MiB free")
                .hasMessageContaining("--data");
    }

    private CommitOutcome write(SingleProcess process, int number) {
        return Transfers.write(process.adjudicator(), clock.latest(), keyText(number), "x".repeat(VALUE_LENGTH));
    }

    private static String keyText(int number) {
        return "key " + number;
    }

    private static byte[] key(int number) {
        return keyText(number).getBytes(StandardCharsets.UTF_8);
    }
}
