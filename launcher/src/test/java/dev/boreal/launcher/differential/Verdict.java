package dev.boreal.launcher.differential;

import dev.boreal.launcher.wire.WireClient.Answer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether two servers said the same to one statement, and if not, what each said. */
final class Verdict {
    private static final int LONGEST = 400;
    private static final Pattern ORDERED = Pattern.compile("\\border\\s+by\\b|^\\s*(explain|show|fetch|copy)\\b");

    private Verdict() {}

    /** Null if both said the same. */
    static @Nullable String difference(String sql, List<Answer> expected, List<Answer> actual) {
        String left = describe(sql, expected);
        String right = describe(sql, actual);
        return left.equals(right)
                ? null
                : sql + "\n    PostgreSQL: " + shorten(left) + "\n    Boreal:     " + shorten(right) + messages(actual);
    }

    /** Columns with their types, rows and tag of every answer; rows are sorted unless the statement orders them. */
    static String describe(String sql, List<Answer> answers) {
        boolean ordered = ORDERED.matcher(sql.toLowerCase(Locale.ROOT)).find();
        StringBuilder text = new StringBuilder();
        for (Answer answer : answers) {
            if (!answer.error.isEmpty()) {
                text.append("ERROR ").append(answer.sqlState()).append("; ");
                continue;
            }
            if (answer.fields != null) {
                answer.fields.forEach(field -> text.append(field.name())
                        .append(':')
                        .append(field.typeOid())
                        .append(field.typeModifier() == -1 ? "" : "/" + field.typeModifier())
                        .append(' '));
                List<String> rows = new ArrayList<>();
                answer.rows.forEach(row -> rows.add(row.toString()));
                if (!ordered) {
                    rows.sort(Comparator.naturalOrder());
                }
                text.append(rows).append(' ');
            }
            text.append(answer.tag).append("; ");
        }
        return text.toString();
    }

    private static String messages(List<Answer> answers) {
        StringBuilder text = new StringBuilder();
        for (Answer answer : answers) {
            if (!answer.error.isEmpty()) {
                text.append(" (")
                        .append(shorten(answer.error.getOrDefault('M', "")))
                        .append(')');
            }
        }
        return text.toString();
    }

    private static String shorten(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
