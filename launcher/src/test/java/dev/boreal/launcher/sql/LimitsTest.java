package dev.boreal.launcher.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.launcher.TestServer;
import dev.boreal.launcher.wire.WireClient;
import dev.boreal.launcher.wire.WireClient.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements that are far too deep or far too long: an answer or a clear refusal, in both protocols, and the session lives. */
class LimitsTest {
    private static final String TOO_COMPLEX = "54001";
    private static final int DEPTH = 100_000;

    @TempDir
    Path directory;

    @Test
    void refusesWhatIsTooDeepAndAnswersWhatIsOnlyLong() throws Exception {
        Map<String, String> statements = new TreeMap<>();
        statements.put("parentheses", "SELECT " + "(".repeat(DEPTH) + "1" + ")".repeat(DEPTH));
        statements.put("open parentheses", "SELECT " + "(".repeat(DEPTH));
        statements.put("not", "SELECT " + "NOT ".repeat(DEPTH) + "true");
        statements.put("minus", "SELECT " + "- ".repeat(DEPTH) + "1");
        statements.put("plus", "SELECT 1" + " + 1".repeat(DEPTH));
        statements.put("and", "SELECT true" + " AND true".repeat(DEPTH));
        statements.put("or", "SELECT false" + " OR id = 3".repeat(DEPTH) + " FROM limits");
        statements.put("where or", "SELECT id FROM limits WHERE id = 1" + " OR id = 3".repeat(DEPTH));
        statements.put("concatenation", "SELECT 'a'" + " || 'b'".repeat(DEPTH));
        statements.put("casts", "SELECT 1" + "::int".repeat(DEPTH));
        statements.put("subscripts", "SELECT ('{1}'::int[])" + "[1]".repeat(DEPTH));
        statements.put("arrays", "SELECT " + "ARRAY[".repeat(DEPTH) + "1" + "]".repeat(DEPTH));
        statements.put("functions", "SELECT " + "abs(".repeat(DEPTH) + "1" + ")".repeat(DEPTH));
        statements.put("case", "SELECT " + "CASE WHEN true THEN ".repeat(DEPTH) + "1" + " END".repeat(DEPTH));
        statements.put("subqueries", "SELECT " + "(SELECT ".repeat(DEPTH) + "1" + ")".repeat(DEPTH));
        statements.put(
                "derived tables", "SELECT * FROM " + "(SELECT * FROM ".repeat(3_000) + "limits" + ") x".repeat(3_000));
        statements.put("unions", "SELECT 1" + " UNION ALL SELECT 1".repeat(20_000));
        statements.put("joins", "SELECT 1 FROM limits" + " CROSS JOIN limits".repeat(DEPTH));
        statements.put("with", "WITH a AS (".repeat(DEPTH) + "SELECT 1");
        statements.put("explain", "EXPLAIN ".repeat(DEPTH) + "SELECT 1");
        statements.put("json", "SELECT '" + "[".repeat(DEPTH) + "'::jsonb");
        statements.put("json objects", "SELECT '" + "{\"a\":".repeat(DEPTH) + "'::json");
        statements.put("array literal", "SELECT '" + "{".repeat(DEPTH) + "'::int[]");
        statements.put("regular expression", "SELECT 'a' ~ '" + "(".repeat(DEPTH) + "'");
        statements.put(
                "regular expression, closed", "SELECT 'aaaa' ~ '" + "(".repeat(5_000) + "a" + ")*".repeat(5_000) + "'");
        statements.put("like", "SELECT repeat('a', 30) LIKE '" + "%a".repeat(40) + "b'");
        statements.put("comments", "SELECT 1 " + "/*".repeat(DEPTH) + "*/".repeat(DEPTH));
        statements.put("identifier", "SELECT 1 AS " + "x".repeat(1_000_000));
        statements.put("literal", "SELECT length('" + "x".repeat(5_000_000) + "')");
        statements.put("number", "SELECT " + "9".repeat(200_000));
        statements.put("in", "SELECT id FROM limits WHERE id IN (1" + ", 5".repeat(50_000) + ")");
        statements.put(
                "values",
                "INSERT INTO limits VALUES (1000, 'x')" + ", (1000, 'y')".repeat(50_000) + " ON CONFLICT DO NOTHING");
        statements.put("columns", "SELECT 1" + ", 1".repeat(DEPTH));
        statements.put("table", "CREATE TABLE wide (a int" + columns(5_000) + ")");
        statements.put("parameter", "SELECT $2147483647");
        statements.put("parameter zero", "SELECT $0");
        statements.put("parameter too large", "SELECT $99999999999999999999");
        statements.put("statements", "SELECT 1;".repeat(20_000));
        statements.put("begin", "BEGIN;".repeat(1_000) + "COMMIT");
        statements.put("savepoints", "BEGIN;" + "SAVEPOINT a;".repeat(20_000) + "COMMIT");
        statements.put("repeat", "SELECT length(repeat('x', 2147483647))");
        statements.put("rpad", "SELECT length(rpad('x', 2147483647, 'y'))");
        statements.put("power", "SELECT 10::numeric ^ 1000000");
        statements.put("factors", "SELECT length((7::numeric ^ 20000)::text)");
        statements.put("series", "SELECT count(*) FROM generate_series(1, 9223372036854775807) WHERE false");
        statements.put(
                "recursion",
                "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r");
        Map<String, String> wrong = new TreeMap<>();
        try (TestServer server = new TestServer(directory)) {
            for (Map.Entry<String, String> statement : statements.entrySet()) {
                for (boolean simple : new boolean[] {true, false}) {
                    String name = statement.getKey() + (simple ? ", simple" : ", extended");
                    String found = verdict(server.port(), statement.getValue(), simple);
                    if (Boolean.getBoolean("boreal.limits.print")) {
                        System.out.println(name + ": " + found);
                    }
                    if (found.startsWith("XX") || found.startsWith("lost")) {
                        wrong.put(name, found);
                    }
                }
            }
            assertThat(verdict(server.port(), statements.getOrDefault("parentheses", ""), true))
                    .startsWith(TOO_COMPLEX);
            assertThat(verdict(server.port(), statements.getOrDefault("functions", ""), false))
                    .startsWith(TOO_COMPLEX);
        }
        assertThat(wrong).isEmpty();
    }

    /** SQLSTATE and message, "fine", or "lost" if the session did not answer. */
    private static String verdict(int port, String sql, boolean simple) throws IOException {
        long began = System.nanoTime();
        try (WireClient client = new WireClient(port, "postgres", "postgres")) {
            client.simple(
                    "CREATE TABLE IF NOT EXISTS limits (id int PRIMARY KEY, t text); SET statement_timeout = '5s'");
            String found = "fine";
            for (Answer answer : simple ? client.simple(sql) : java.util.List.of(client.extended(sql))) {
                if (!answer.error.isEmpty()) {
                    String message = answer.error.getOrDefault('M', "");
                    found = answer.sqlState() + " " + message.substring(0, Math.min(80, message.length()));
                }
            }
            client.simple("ROLLBACK");
            String alive = client.simple("SELECT 41 + 1").getFirst().rows.toString();
            return alive.equals("[[42]]")
                    ? found + " " + (System.nanoTime() - began) / 1_000_000 + " ms"
                    : "lost: " + alive;
        } catch (IOException e) {
            return "lost: " + e;
        }
    }

    private static String columns(int count) {
        StringBuilder columns = new StringBuilder();
        for (int i = 0; i < count; i++) {
            columns.append(", c").append(i).append(" int");
        }
        return columns.toString();
    }
}
