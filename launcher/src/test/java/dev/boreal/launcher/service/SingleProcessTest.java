package dev.boreal.launcher.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.clock.SystemClock;
import dev.boreal.contracts.transaction.CommitOutcome;
import dev.boreal.launcher.configuration.BorealConfiguration;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SingleProcessTest {
    private static final long HEAP = 256L << 20;

    private final SystemClock clock = new SystemClock(0);

    @TempDir
    Path directory;

    private BorealConfiguration configuration(String... more) {
        Map<String, String> texts = new HashMap<>(Map.of(
                "data.directory",
                directory.resolve("data").toString(),
                "listen.port",
                "0",
                "journal.segment.size",
                "1MB"));
        for (int i = 0; i < more.length; i += 2) {
            texts.put(more[i], more[i + 1]);
        }
        return BorealConfiguration.of(texts, HEAP);
    }

    private SingleProcess start(String... more) throws StartFailedException {
        return SingleProcess.start(
                configuration(more), (storage, adjudicator, clockOfRoom, spill) -> new ClosedSqlService(), step -> {});
    }

    private void write(SingleProcess process, String key, String value) {
        assertThat(Transfers.write(process.adjudicator(), clock.latest(), key, value))
                .isInstanceOf(CommitOutcome.Committed.class);
    }

    private String read(SingleProcess process, String key) {
        byte[] value = process.storage().get(Transfers.bytes(key), clock.latest());
        return value == null ? "nothing" : new String(value, StandardCharsets.UTF_8);
    }

    @Test
    void readsAtOnceWhatWasCommitted() throws Exception {
        try (SingleProcess process = start()) {
            for (int i = 0; i < 200; i++) {
                write(process, "key", "value " + i);
                assertThat(read(process, "key")).isEqualTo("value " + i);
            }
        }
    }

    @Test
    void refusesTheSecondOfTwoConcurrentWriters() throws Exception {
        try (SingleProcess process = start()) {
            long snapshot = clock.latest();
            write(process, "key", "first");
            assertThat(Transfers.write(process.adjudicator(), snapshot, "key", "second"))
                    .isInstanceOf(CommitOutcome.Conflicted.class);
            assertThat(read(process, "key")).isEqualTo("first");
        }
    }

    @Test
    void findsEverythingAfterARestart() throws Exception {
        for (int round = 0; round < 3; round++) {
            try (SingleProcess process = start()) {
                for (int earlier = 0; earlier < round; earlier++) {
                    assertThat(read(process, "round " + earlier)).isEqualTo("done");
                }
                write(process, "round " + round, "done");
            }
        }
    }

    @Test
    void rebuildsStorageFromTheJournal() throws Exception {
        try (SingleProcess process = start()) {
            write(process, "key", "value");
        }
        deleteAll(directory.resolve("data/storage"));
        try (SingleProcess process = start()) {
            assertThat(read(process, "key")).isEqualTo("value");
        }
    }

    @Test
    void refusesADirectoryInUseNamingTheProcess() throws Exception {
        try (SingleProcess process = start()) {
            assertThat(process.port()).isPositive();
            assertThatThrownBy(this::start)
                    .isInstanceOf(StartFailedException.class)
                    .hasMessageContaining(
                            "in use by process " + ProcessHandle.current().pid());
            write(process, "key", "value");
            assertThat(read(process, "key")).isEqualTo("value");
        }
    }

    @Test
    void saysWhatToTypeWhenThePortIsTakenAndLetsGoOfTheDirectory() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThatThrownBy(() -> start("listen.port", Integer.toString(taken.getLocalPort())))
                    .isInstanceOf(StartFailedException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("./boreal start --port");
        }
        start().close();
    }

    @Test
    void saysWhichJournalFileIsDamagedWhereAndChangesNothing() throws Exception {
        try (SingleProcess process = start("journal.segment.size", "16kB")) {
            for (int i = 0; i < 100; i++) {
                write(process, "key " + i, "x".repeat(1000));
            }
        }
        Path segment = directory.resolve("data/journal/000000000001.segment");
        byte[] sound = Files.readAllBytes(segment);
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            file.seek(8_000);
            file.write(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        }
        byte[] damaged = Files.readAllBytes(segment);
        assertThatThrownBy(this::start)
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining(segment.toString())
                .hasMessageContaining("byte")
                .hasMessageContaining("Restore the file");
        assertThat(Files.readAllBytes(segment)).isEqualTo(damaged);
        Files.write(segment, sound);
        try (SingleProcess process = start()) {
            assertThat(read(process, "key 99")).isEqualTo("x".repeat(1000));
        }
    }

    @Test
    void saysThatADataFileIsMissing() throws Exception {
        try (SingleProcess process = start()) {
            write(process, "key", "value");
        }
        Files.delete(directory.resolve("data/storage/CURRENT"));
        assertThatThrownBy(this::start)
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining("CURRENT")
                .hasMessageContaining("rebuilt from the journal");
    }

    @Test
    void closesTheQueryProcessorAndForgetsTheControlFile() throws Exception {
        ClosedSqlService service = new ClosedSqlService();
        SingleProcess process = SingleProcess.start(
                configuration(), (storage, adjudicator, clockOfRoom, spill) -> service, StartListener.SILENT);
        assertThat(process.directory().controlFile().running())
                .satisfies(running -> assertThat(running.port()).isEqualTo(process.port()));
        process.close();
        process.close();
        assertThat(service.closed).isTrue();
        assertThat(process.directory().controlFile().running()).isNull();
    }

    @Test
    void emptiesTheSpillDirectoryAtStart() throws Exception {
        start().close();
        Path left = directory.resolve("data/spill/left-behind");
        Files.writeString(left, "x");
        start().close();
        assertThat(left).doesNotExist();
    }

    @Test
    void keepsWhatIsCommittedConcurrently() throws Exception {
        int writers = 8;
        try (SingleProcess process = start()) {
            List<Thread> threads = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                String name = "writer " + writer;
                threads.add(Thread.ofVirtual().start(() -> {
                    for (int i = 0; i < 100; i++) {
                        write(process, name, "value " + i);
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            for (int writer = 0; writer < writers; writer++) {
                assertThat(read(process, "writer " + writer)).isEqualTo("value 99");
            }
        }
    }

    private static void deleteAll(Path path) throws IOException {
        try (var files = Files.list(path)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(path);
    }
}
