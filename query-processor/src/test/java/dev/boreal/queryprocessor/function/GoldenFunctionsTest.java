package dev.boreal.queryprocessor.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tables of an expression and what PostgreSQL 15 answers, {@code \N} for NULL: {@code golden.tsv} for all functions, where
 * set-returning calls stand as arrays, {@code templates.tsv} for to_char and its kin.
 */
class GoldenFunctionsTest {

    @ParameterizedTest
    @ValueSource(strings = {"golden.tsv", "templates.tsv"})
    void answersAsPostgresqlDoes(String table) throws IOException {
        List<String> differences = differences(table);
        assertThat(differences).as(String.join("\n", differences)).isEmpty();
    }

    private static List<String> differences(String table) throws IOException {
        List<String> differences = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(GoldenFunctionsTest.class.getResourceAsStream(table)),
                StandardCharsets.UTF_8))) {
            int lines = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                int tab = line.indexOf('\t');
                String expected = line.substring(tab + 1);
                String answer = shown(line.substring(0, tab));
                if (!answer.equals(expected)) {
                    differences.add(line.substring(0, tab) + "\n    expected " + expected + "\n    answered " + answer);
                }
                lines++;
            }
            assertThat(lines).isGreaterThan(100);
        }
        return differences;
    }

    private static String shown(String sql) {
        @Nullable String answer = ConstantExpression.evaluate(sql);
        return answer == null
                ? "\\N"
                : answer.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
    }
}
