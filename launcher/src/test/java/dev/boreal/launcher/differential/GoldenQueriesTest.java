package dev.boreal.launcher.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.launcher.TestServer;
import dev.boreal.launcher.wire.WireClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Queries with aggregates and window functions, and what PostgreSQL 15 answered to each: {@code aggregates.tsv} holds a query and its
 * answer in a line. It needs no PostgreSQL to run.
 */
class GoldenQueriesTest {
    private static final Path TABLE = StatementFile.DIRECTORY.resolve("aggregates.tsv");

    @Test
    void answersAsPostgreSqlDid(@TempDir Path directory) throws Exception {
        List<String> differences = new ArrayList<>();
        List<String> lines = Files.readAllLines(TABLE);
        try (TestServer server = new TestServer(directory);
                WireClient client = new WireClient(server.port(), "postgres", "postgres")) {
            for (String line : lines) {
                int tab = line.indexOf('\t');
                String query = line.substring(0, tab);
                String answer = Verdict.describe(query, client.simple(query)).replace("\n", "\\n");
                if (!answer.equals(line.substring(tab + 1))) {
                    differences.add(query + "\n    expected " + line.substring(tab + 1) + "\n    answered " + answer);
                }
            }
        }
        assertThat(differences).as(String.join("\n", differences)).isEmpty();
        assertThat(lines).hasSizeGreaterThan(900);
    }
}
