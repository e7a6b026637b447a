package dev.boreal.launcher.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.clock.Chance;
import dev.boreal.launcher.Progress;
import dev.boreal.launcher.TestServer;
import dev.boreal.launcher.wire.WireClient;
import dev.boreal.launcher.wire.WireClient.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spoils statements: words dropped, doubled, exchanged, taken from other statements. Whatever comes out is answered, by a
 * result or by an error that is the statement's and not the server's (XX000), and the session lives. The number of
 * statements is {@code -Dboreal.fuzz.statements}, 2,000 unless told; {@code ./boreal faults statements 100000} runs more.
 */
class StatementFuzzTest {
    private static final int STATEMENTS = Integer.getInteger("boreal.fuzz.statements", 2_000);
    private static final String INTERNAL_ERROR = "XX000";

    private static final String[] ODDITIES = {
        "NULL",
        "''",
        "-1",
        "0",
        "1.5",
        "1e400",
        "9223372036854775807",
        "-9223372036854775808",
        "99999999999999999999",
        "'NaN'::float8",
        "'infinity'::timestamptz",
        "'x'",
        "'1 day'::interval",
        "'{1,2}'::int[]",
        "ARRAY[NULL]",
        "ROW(1, 'a')",
        "'{\"a\": [1]}'::jsonb",
        "*",
        "(SELECT 1)",
        "(VALUES (1), (2))",
        "(SELECT 1 WHERE false)",
        "EXISTS (SELECT)",
        "$1",
        "$0",
        "DEFAULT",
        "ALL",
        "DISTINCT",
        "OVER ()",
        "count(*)",
        "sum(1) OVER (ORDER BY 1)",
        "generate_series(1, 3)",
        "CASE WHEN true THEN 1 END",
        "::text",
        "::int",
        "[1]",
        "[1:2]",
        ".*",
        "\"\"",
        "\"odd name\"",
        "E'\\u0000'",
        "1 = ANY (ARRAY[1])",
        "LIMIT -1",
        "OFFSET NULL",
        "FOR UPDATE",
        "RETURNING *",
        "ON CONFLICT DO NOTHING",
        "GROUP BY 1",
        "ORDER BY 5",
        "HAVING true",
        "UNION SELECT 1",
        "WITH x AS (SELECT 1)",
        "oid",
        "ctid",
        "xmin",
        "pg_class",
        "information_schema.tables",
        "current_user",
        "now()",
        "random()",
        ";",
        "--",
        "/*",
        "$$",
        "\u00e4",
        "\ud83d\ude00"
    };
    private static final String[] FUNCTIONS = {
        "lower(",
        "length(",
        "abs(",
        "coalesce(",
        "nullif(1, ",
        "max(",
        "array_agg(",
        "count(DISTINCT ",
        "substring(",
        "to_char(",
        "date_trunc('day', ",
        "row_number() OVER (ORDER BY ",
        "EXISTS (",
        "ARRAY(",
        "ARRAY[",
        "ROW(",
        "NOT (",
        "CAST(",
        "extract(year FROM ",
        "position('a' IN ",
        "unnest(",
        "generate_series(1, ",
        "string_agg('a', ",
        "jsonb_build_object('a', ",
        "to_json(",
        "concat_ws(',', ",
        "format('%s %I %L', ",
        "lag(",
        "greatest("
    };

    @TempDir
    Path directory;

    @Test
    void answersEverySpoiledStatementAndLives() throws Exception {
        long seed = Long.getLong("boreal.faults.seed", 42L);
        Chance chance = new Chance(seed);
        List<String> corpus = new ArrayList<>();
        for (StatementFile file : StatementFile.all()) {
            corpus.addAll(file.statements());
        }
        List<String> bugs = new ArrayList<>();
        try (TestServer server = new TestServer(directory)) {
            WireClient client = connect(server);
            Progress progress = new Progress("statements", STATEMENTS);
            for (int i = 0; i < STATEMENTS; i++) {
                progress.at(i);
                String sql = spoil(corpus, chance);
                try {
                    List<Answer> answers = chance.oneIn(2) ? client.simple(sql) : List.of(client.extended(sql));
                    for (Answer answer : answers) {
                        if (answer.sqlState().equals(INTERNAL_ERROR)) {
                            bugs.add(sql + "\n    " + answer.error);
                        }
                    }
                    if (client.status() != 'I') {
                        client.simple("ROLLBACK");
                    }
                } catch (IOException e) {
                    bugs.add(sql + "\n    the connection was lost: " + e.getMessage());
                    client.close();
                    client = connect(server);
                }
            }
            client.close();
        }
        System.out.printf(
                "statements: %,d spoiled statements from seed %d, %,d of them answered as they should not be%n",
                STATEMENTS, seed, bugs.size());
        assertThat(bugs).as("seed %d: %d of %d", seed, bugs.size(), STATEMENTS).isEmpty();
    }

    private static WireClient connect(TestServer server) throws IOException {
        WireClient client = new WireClient(server.port(), "postgres", "postgres");
        client.simple("SET statement_timeout = '2s'");
        return client;
    }

    private static String spoil(List<String> corpus, Chance chance) {
        List<String> words = words(corpus, chance);
        for (int changes = chance.between(0, 3); changes > 0 && !words.isEmpty(); changes--) {
            int at = chance.below(words.size());
            switch (chance.below(7)) {
                case 0 -> words.remove(at);
                case 1 -> words.add(at, words.get(at));
                case 2 -> words.set(at, words.get(chance.below(words.size())));
                case 3 -> {
                    List<String> other = words(corpus, chance);
                    words.set(at, other.get(chance.below(other.size())));
                }
                case 4 -> words.set(at, ODDITIES[chance.below(ODDITIES.length)]);
                case 5 -> {
                    int to = chance.between(at, words.size() - 1) + 1;
                    words.add(to, ")");
                    words.add(at, chance.oneIn(2) ? "(" : FUNCTIONS[chance.below(FUNCTIONS.length)]);
                }
                default -> {
                    String word = words.get(at);
                    words.set(at, word.substring(0, chance.below(word.length() + 1)));
                }
            }
        }
        return String.join(" ", words);
    }

    private static List<String> words(List<String> corpus, Chance chance) {
        return new ArrayList<>(
                Arrays.asList(corpus.get(chance.below(corpus.size())).split("(?<=[(),])|(?=[(),])| ")));
    }
}
