package dev.boreal.queryprocessor.function.text;

import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** {@code SUBSTRING(text SIMILAR pattern ESCAPE e)}: the part of a pattern between two escape-double-quotes. */
final class SqlSubstring {
    private SqlSubstring() {}

    static @Nullable String find(String text, String pattern, String escape) {
        String separator = escape + "\"";
        int first = escape.isEmpty() ? -1 : pattern.indexOf(separator);
        int second = first < 0 ? -1 : pattern.indexOf(separator, first + 2);
        int escapeCharacter = LikePattern.escapeOf(escape);
        if (second < 0) {
            return matcher(text, body(pattern, escapeCharacter)).matches() ? text : null;
        }
        String regex = body(pattern.substring(0, first), escapeCharacter).replace(".*", ".*?")
                + "(" + body(pattern.substring(first + 2, second), escapeCharacter) + ")"
                + body(pattern.substring(second + 2), escapeCharacter);
        Matcher matcher = matcher(text, regex);
        return matcher.matches() ? matcher.group(1) : null;
    }

    private static Matcher matcher(String text, String regex) {
        return RegexTranslation.compile(regex, "").matcher(text);
    }

    private static String body(String pattern, int escape) {
        String whole = SimilarPattern.toRegex(pattern, escape);
        return whole.substring(1, whole.length() - 1);
    }
}
