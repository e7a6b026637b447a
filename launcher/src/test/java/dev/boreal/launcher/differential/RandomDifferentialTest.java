package dev.boreal.launcher.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.launcher.TestServer;
import dev.boreal.launcher.wire.WireClient;
import dev.boreal.launcher.wire.WireClient.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@link RandomExpressions} on PostgreSQL and on Boreal. The order in which parts of an expression are evaluated is nobody's promise:
 * where one fails, the other may fail otherwise, or say NULL because of another part.
 */
class RandomDifferentialTest {
    private static final int EXPRESSIONS = 3_000;
    private static final long SEED = 22;

    @Test
    void evaluatesExpressionsAsPostgreSqlDoes(@TempDir Path directory) throws Exception {
        RandomExpressions expressions = new RandomExpressions(SEED);
        List<String> differences = new ArrayList<>();
        try (RealPostgres postgres = new RealPostgres(directory);
                TestServer boreal = new TestServer(directory);
                WireClient expected = new WireClient(postgres.port(), "postgres", "postgres");
                WireClient actual = new WireClient(boreal.port(), "postgres", "postgres")) {
            for (int i = 0; i < EXPRESSIONS; i++) {
                String query = "SELECT " + expressions.next();
                List<Answer> wanted = run(expected, query, i);
                List<Answer> given = run(actual, query, i);
                String difference = Verdict.difference(query, wanted, given);
                if (difference != null && !isOfOrder(wanted.getFirst(), given.getFirst())) {
                    differences.add(difference);
                }
            }
        }
        assertThat(differences).as(String.join("\n", differences)).isEmpty();
    }

    private static List<Answer> run(WireClient client, String query, int number) throws IOException {
        return number % 2 == 0 ? client.simple(query) : List.of(client.extended(query));
    }

    private static boolean isOfOrder(Answer wanted, Answer given) {
        boolean wantedFails = !wanted.error.isEmpty();
        boolean givenFails = !given.error.isEmpty();
        return wantedFails && givenFails ? true : wantedFails ? isNull(given) : givenFails && isNull(wanted);
    }

    private static boolean isNull(Answer answer) {
        return answer.rows.size() == 1 && answer.rows.getFirst().getFirst() == null;
    }
}
