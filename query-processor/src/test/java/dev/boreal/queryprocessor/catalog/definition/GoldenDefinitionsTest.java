package dev.boreal.queryprocessor.catalog.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What PostgreSQL 15 answered to a script of definitions is what Boreal answers. */
final class GoldenDefinitionsTest {

    @Test
    void answersDefinitionsAsPostgresDoes() throws IOException {
        RecordingContext context = new RecordingContext(List.of());
        List<String> actual = new ArrayList<>();
        List<String> expected = golden();
        for (String line : expected) {
            if (!line.startsWith(" ")) {
                actual.add(line);
                actual.addAll(answer(context, line));
            }
        }
        assertThat(actual).containsExactlyElementsOf(expected);
    }

    private static List<String> answer(RecordingContext context, String sql) {
        List<String> lines = new ArrayList<>();
        context.evaluation().notices.clear();
        try {
            String tag = context.execute(sql);
            for (SqlError notice : context.evaluation().notices) {
                print(notice, lines);
            }
            lines.add("  " + tag);
        } catch (SqlException failure) {
            print(failure.error(), lines);
        }
        return lines;
    }

    private static void print(SqlError error, List<String> lines) {
        lines.add("  " + error.severity() + " " + error.sqlState() + " " + error.message());
        if (error.detail() != null) {
            lines.add("  DETAIL " + error.detail().replace("\n", "\n    "));
        }
        if (error.hint() != null) {
            lines.add("  HINT " + error.hint());
        }
    }

    private static List<String> golden() throws IOException {
        try (InputStream in = GoldenDefinitionsTest.class.getResourceAsStream("/definitions.golden")) {
            List<String> lines = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (line.startsWith("    ")) {
                    lines.set(lines.size() - 1, lines.getLast() + "\n" + line);
                } else {
                    lines.add(line);
                }
            }
            return lines;
        }
    }
}
