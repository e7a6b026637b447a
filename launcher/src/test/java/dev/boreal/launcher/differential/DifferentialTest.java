package dev.boreal.launcher.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.launcher.TestServer;
import dev.boreal.launcher.wire.WireClient;
import dev.boreal.launcher.wire.WireClient.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs every statement on PostgreSQL and on Boreal and compares rows, types, tags and SQLSTATEs. What differs on
 * purpose, or not yet as it should, stands in {@code known-differences.txt} with its reason; a difference that is not
 * listed fails the test, and so does one that is listed and gone. The differences found are written to {@code
 * target/differential}.
 */
class DifferentialTest {
    private static final Path KNOWN = StatementFile.DIRECTORY.resolve("known-differences.txt");
    /** Before statements that differ on some machines, or soon no longer. */
    private static final String SOMETIMES = "sometimes ";

    private static final Path REPORTS = Path.of("target", "differential");

    @TempDir
    static Path directory;

    private static @Nullable RealPostgres postgres;
    private static @Nullable TestServer boreal;
    private static Set<String> known = Set.of();
    private static final Set<String> sometimes = new HashSet<>();

    @BeforeAll
    static void start() throws Exception {
        postgres = new RealPostgres(directory);
        boreal = new TestServer(directory);
        known = new LinkedHashSet<>(Files.readAllLines(KNOWN));
        known.removeIf(line -> line.isBlank() || line.startsWith("#"));
        for (String line : List.copyOf(known)) {
            if (line.startsWith(SOMETIMES)) {
                known.remove(line);
                sometimes.add(line.substring(SOMETIMES.length()));
            }
        }
        Files.createDirectories(REPORTS);
    }

    @AfterAll
    static void stop() throws Exception {
        if (boreal != null) {
            boreal.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    static List<StatementFile> files() throws IOException {
        return StatementFile.all();
    }

    @ParameterizedTest
    @MethodSource("files")
    void answersTheSimpleProtocolAsPostgreSqlDoes(StatementFile file) throws Exception {
        compare(file, "simple");
    }

    @ParameterizedTest
    @MethodSource("files")
    void answersTheExtendedProtocolAsPostgreSqlDoes(StatementFile file) throws Exception {
        compare(file, "extended");
    }

    private static void compare(StatementFile file, String protocol) throws IOException {
        List<String> unexpected = new ArrayList<>();
        Set<String> found = new LinkedHashSet<>();
        Set<String> run = new HashSet<>();
        List<String> report = new ArrayList<>();
        int same = 0;
        try (Session expected = new Session(postgres.port(), protocol);
                Session actual = new Session(boreal.port(), protocol)) {
            int number = 0;
            for (String statement : file.statements()) {
                number++;
                if (protocol.equals("extended") && !isForExtended(statement)) {
                    continue;
                }
                run.add(file.name() + ": " + statement);
                String difference = Verdict.difference(statement, expected.run(statement), actual.run(statement));
                if (difference == null) {
                    same++;
                    continue;
                }
                String place = protocol + " " + file.name() + " " + number + "\n" + difference;
                report.add(place);
                String key = file.name() + ": " + statement;
                found.add(key);
                if (!known.contains(key) && !sometimes.contains(key)) {
                    unexpected.add(place);
                }
            }
            expected.clean();
            actual.clean();
        }
        report.addFirst(same + " same, " + found.size() + " different");
        Files.write(REPORTS.resolve(file.name() + "." + protocol + ".txt"), report);
        assertThat(unexpected)
                .as(unexpected.size() + " new differences in " + file)
                .isEmpty();
        List<String> gone = known.stream()
                .filter(key -> run.contains(key) && !found.contains(key))
                .toList();
        assertThat(gone).as("listed in %s, and gone", KNOWN).isEmpty();
    }

    /** The extended protocol takes one statement at a time, and a COPY from the client needs the client's data. */
    private static boolean isForExtended(String statement) {
        return !statement.contains(";") && !statement.toLowerCase(Locale.ROOT).startsWith("copy");
    }

    /** A connection that is made anew when the server hung up on it, so that one bug does not hide the others. */
    private static final class Session implements AutoCloseable {
        private final int port;
        private final String protocol;
        private WireClient client;

        Session(int port, String protocol) throws IOException {
            this.port = port;
            this.protocol = protocol;
            client = connect();
        }

        private WireClient connect() throws IOException {
            return new WireClient(port, "postgres", "postgres");
        }

        List<Answer> run(String statement) throws IOException {
            try {
                return protocol.equals("simple") ? client.simple(statement) : List.of(client.extended(statement));
            } catch (IOException e) {
                client.close();
                client = connect();
                Answer lost = new Answer();
                lost.error.put('C', "lost");
                lost.error.put('M', "the connection was lost: " + e.getMessage());
                return List.of(lost);
            }
        }

        /** Leaves nothing for the next file. */
        void clean() throws IOException {
            client.simple("ROLLBACK");
            List<Answer> tables = client.simple("SELECT relname, relkind FROM pg_class c JOIN pg_namespace n ON n.oid ="
                    + " c.relnamespace WHERE nspname = 'public' AND relkind IN ('r', 'v', 'S')");
            for (Answer answer : tables) {
                for (List<@Nullable String> row : answer.rows) {
                    String kind = "v".equals(row.get(1)) ? "VIEW" : "S".equals(row.get(1)) ? "SEQUENCE" : "TABLE";
                    client.simple("DROP " + kind + " IF EXISTS \"" + row.getFirst() + "\" CASCADE");
                }
            }
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }
}
