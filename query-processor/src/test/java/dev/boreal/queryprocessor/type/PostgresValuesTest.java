package dev.boreal.queryprocessor.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.contracts.sql.SqlException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Text forms against what PostgreSQL 15 answered. Each line of {@code values.tsv} holds: type, arguments of its modifier,
 * a setting, the text that was cast explicitly, then {@code ok} and the text that came out, or SQLSTATE, message, detail and
 * hint.
 */
final class PostgresValuesTest {
    private static final int FEWEST_CASES = 1500;

    @Test
    void readsPrintsAndRefusesAsPostgres() {
        assertAnswers("values.tsv");
    }

    /** Literals put together at random, most of them wrong: what they mean and how they are refused. */
    @Test
    void makesTheSameOfNonsense() {
        assertAnswers("oddities.tsv");
    }

    private static void assertAnswers(String file) {
        List<String> differences = new ArrayList<>();
        List<String[]> cases = AnswerTable.read(file);
        for (String[] columns : cases) {
            for (int i = 0; i < columns.length; i++) {
                columns[i] = unescape(columns[i]);
            }
            String expected = columns[4].equals("ok") ? "ok " + columns[5] : refusal(columns);
            String actual = answer(columns);
            if (!actual.equals(expected)) {
                differences.add(String.join(" | ", columns[0], columns[1], columns[2], columns[3]) + "\n  expected "
                        + expected + "\n  but was  " + actual);
            }
        }
        assertThat(cases).hasSizeGreaterThan(FEWEST_CASES);
        assertThat(differences).isEmpty();
    }

    private static String refusal(String[] columns) {
        StringBuilder out = new StringBuilder(columns[4]);
        for (int i = 5; i < 8; i++) {
            out.append(" / ").append(i < columns.length ? columns[i] : "");
        }
        return out.toString();
    }

    private static String answer(String[] columns) {
        FixedSettings settings = FixedSettings.with(columns[2]);
        try {
            SqlType type = Objects.requireNonNull(TypeRegistry.findByName(columns[0]));
            int modifier = -1;
            if (!columns[1].equals("-")) {
                modifier = type.typeModifierOf(AnswerTable.numbers(columns[1]));
            }
            Object value;
            if (columns[0].equals("interval")) {
                value = type.parseWithModifier(columns[3], modifier, settings);
            } else {
                byte[] bytes = columns[3].getBytes(StandardCharsets.UTF_8);
                value = type.parse(bytes, 0, bytes.length, settings);
                value = type.applyModifier(value, modifier, true);
            }
            return "ok " + type.format(value, settings);
        } catch (SqlException e) {
            return e.error().sqlState() + " / " + e.error().message() + " / "
                    + Objects.requireNonNullElse(e.error().detail(), "") + " / "
                    + Objects.requireNonNullElse(e.error().hint(), "");
        }
    }

    private static String unescape(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                c = switch (text.charAt(++i)) {
                    case 't' -> '\t';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 'v' -> '\u000b';
                    default -> '\\';
                };
            }
            out.append(c);
        }
        return out.toString();
    }
}
