package dev.boreal.launcher.damage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.boreal.launcher.TestServer;
import dev.boreal.launcher.service.StartFailedException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of a stopped server are removed or damaged, one at a time. The next start says which file it is and what to do, or the
 * rows are there; in no case are there other rows than those that were committed.
 */
class DamagedDataTest {
    private static final int ROWS = 400;
    private static final String RIGHT = ROWS + " rows, sum " + ROWS * (ROWS + 1) / 2;

    private static final Map<String, String> SMALL_SEGMENTS = Map.of("journal.segment.size", "64kB");

    @TempDir
    Path directory;

    @Test
    void saysWhichFileIsDamagedAndWhatToDo() throws Exception {
        fill(SMALL_SEGMENTS);
        Path sound = directory.resolve("sound");
        copy(data(), sound);
        for (String how : new String[] {"removed", "emptied", "cut", "flipped"}) {
            assertThat(afterDamage(sound, "journal", "000000000003.segment", how))
                    .startsWith("refused: ")
                    .contains("000000000003.segment", "byte", "Restore the file");
            assertThat(afterDamage(sound, "storage", "CURRENT", how))
                    .startsWith("refused: ")
                    .contains(data().resolve("storage").toString(), "CURRENT", "rebuilt from the journal");
            // Half a manifest is a manifest: storage goes on from there with the journal.
            assertThat(afterDamage(sound, "storage", "MANIFEST", how)).containsAnyOf("rebuilt from the journal", RIGHT);
            assertThat(afterDamage(sound, "storage", ".sst", how)).contains(".sst");
            assertThat(afterDamage(sound, "storage", "FORMAT", how))
                    .startsWith("refused: ")
                    .contains(data().resolve("storage").toString());
            assertThat(afterDamage(sound, "", "FORMAT", how))
                    .startsWith("refused: ")
                    .contains("FORMAT", "--data");
        }
        copy(sound, data());
        assertThat(outcome()).isEqualTo(RIGHT);
    }

    @Test
    void rebuildsStorageThatWasMovedAwayAndRefusesToBeginAJournalAnew() throws Exception {
        fill(SMALL_SEGMENTS);
        delete(data().resolve("storage"));
        delete(data().resolve("spill"));
        assertThat(outcome()).isEqualTo(RIGHT);
        Path journal = data().resolve("journal");
        Path moved = directory.resolve("moved");
        Files.move(journal, moved);
        assertThat(outcome()).contains("journal is missing", journal.toString(), "Restore");
        assertThat(journal).doesNotExist();
        Files.move(moved, journal);
        assertThat(outcome()).isEqualTo(RIGHT);
    }

    @Test
    void refusesToRebuildStorageFromATrimmedJournal() throws Exception {
        Map<String, String> brief = Map.of("history.retention", "1s", "journal.segment.size", "64kB");
        Path first = data().resolve("journal/000000000001.segment");
        fill(brief);
        try (TestServer server = new TestServer(directory, brief);
                Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            while (Files.exists(first)) {
                statement.execute("UPDATE damage SET text = text WHERE id = 1");
                Thread.sleep(20);
            }
        }
        assertThat(outcome()).isEqualTo(RIGHT);
        delete(data().resolve("storage"));
        assertThat(outcome())
                .startsWith("refused: ")
                .contains("trimmed", data().resolve("storage").toString(), "restore");
    }

    @Test
    void answersAReadOfADamagedBlockByItsFileAndLives() throws Exception {
        fill(SMALL_SEGMENTS);
        Path sst = data().resolve("storage/" + find(data().resolve("storage"), ".sst"));
        damage(sst, "flipped");
        try (TestServer server = new TestServer(directory, SMALL_SEGMENTS);
                Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            SQLException refusal = catchThrowableOfType(
                    SQLException.class, () -> statement.executeQuery("SELECT sum(length(text)) FROM damage"));
            assertThat(refusal.getSQLState()).isEqualTo("58030");
            assertThat(refusal.getMessage()).contains(sst.getFileName().toString());
            assertThat(statement.executeUpdate("INSERT INTO damage VALUES (100000, 'still lives')"))
                    .isEqualTo(1);
        }
    }

    private String afterDamage(Path sound, String under, String name, String how) throws Exception {
        copy(sound, data());
        Path parent = under.isEmpty() ? data() : data().resolve(under);
        damage(parent.resolve(find(parent, name)), how);
        return outcome();
    }

    /** The largest of the files whose name contains the part. */
    private static String find(Path parent, String part) throws IOException {
        try (Stream<Path> files = Files.list(parent)) {
            return files.filter(file -> file.getFileName().toString().contains(part))
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow()
                    .getFileName()
                    .toString();
        }
    }

    private static void damage(Path file, String how) throws IOException {
        long size = Files.size(file);
        switch (how) {
            case "removed" -> Files.delete(file);
            case "emptied" -> Files.write(file, new byte[0]);
            default -> {
                try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
                    if (how.equals("cut")) {
                        bytes.setLength(size / 2);
                    } else {
                        for (long at = size / 3; at < Math.min(size, size / 3 + 8); at++) {
                            bytes.seek(at);
                            int value = bytes.read();
                            bytes.seek(at);
                            bytes.write(~value);
                        }
                    }
                }
            }
        }
    }

    private Path data() {
        return directory.resolve("boreal");
    }

    /** What the next start says, or what a client finds. */
    private String outcome() throws Exception {
        try (TestServer server = new TestServer(directory, SMALL_SEGMENTS)) {
            try (Connection connection = server.connect();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT count(*) || ' rows, sum ' || sum(id) FROM damage WHERE text LIKE 'x%'")) {
                rows.next();
                return rows.getString(1);
            } catch (SQLException e) {
                return e.getSQLState() + " " + e.getMessage();
            }
        } catch (StartFailedException e) {
            return "refused: " + e.getMessage();
        }
    }

    private void fill(Map<String, String> settings) throws Exception {
        try (TestServer server = new TestServer(directory, settings);
                Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE damage (id int PRIMARY KEY, text text)");
            for (int i = 1; i <= ROWS; i++) {
                statement.execute("INSERT INTO damage VALUES (" + i + ", repeat('x', 1000))");
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        delete(to);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
