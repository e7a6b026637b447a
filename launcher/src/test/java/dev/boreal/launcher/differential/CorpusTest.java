package dev.boreal.launcher.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.launcher.wire.WireClient;
import dev.boreal.launcher.wire.WireClient.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The statements themselves, on PostgreSQL: that they are many, and that those mean to succeed do. */
class CorpusTest {
    private static final int LEAST_STATEMENTS = 1_500;
    private static final String FAILS = "/* fails */";

    @TempDir
    Path directory;

    @Test
    void succeedsOnPostgreSqlUnlessMarked() throws Exception {
        List<String> surprises = new ArrayList<>();
        int statements = 0;
        try (RealPostgres postgres = new RealPostgres(directory)) {
            for (StatementFile file : StatementFile.all()) {
                try (WireClient client = new WireClient(postgres.port(), "postgres", "postgres")) {
                    for (String statement : file.statements()) {
                        statements++;
                        List<Answer> answers = client.simple(statement);
                        boolean failed = answers.stream().anyMatch(answer -> !answer.error.isEmpty());
                        if (failed != statement.toLowerCase(Locale.ROOT).startsWith(FAILS)) {
                            surprises.add(file + ": " + statement + "\n    "
                                    + answers.stream()
                                            .map(answer -> answer.tag + answer.error)
                                            .toList());
                        }
                    }
                }
            }
        }
        assertThat(surprises).as(surprises.size() + " surprises").isEmpty();
        assertThat(statements).isGreaterThanOrEqualTo(LEAST_STATEMENTS);
    }
}
