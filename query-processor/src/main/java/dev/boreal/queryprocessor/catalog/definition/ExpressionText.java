package dev.boreal.queryprocessor.catalog.definition;

import dev.boreal.queryprocessor.syntax.Identifiers;
import org.jspecify.annotations.Nullable;

/**
 * Looks into the canonical SQL of stored expressions without binding it: which names stand in it, and the same text with a
 * column renamed. A word counts as a column unless it is called, qualified as a function or type, or a cast's type.
 */
public final class ExpressionText {
    private ExpressionText() {}

    public static boolean mentions(@Nullable String sql, String name) {
        return sql != null && !replace(sql, name, name + "\0").equals(sql);
    }

    /** Whether a query's text takes all columns of something, instead of naming them. */
    static boolean hasStar(String sql) {
        for (int at = sql.indexOf('*'); at >= 0; at = sql.indexOf('*', at + 1)) {
            String before = sql.substring(0, at).stripTrailing();
            if (before.endsWith(",")
                    || before.endsWith(".")
                    || before.endsWith("SELECT")
                    || before.endsWith("DISTINCT")
                    || before.endsWith("ALL")) {
                return true;
            }
        }
        return false;
    }

    static String rename(String sql, String from, String to) {
        return replace(sql, from, Identifiers.quote(to));
    }

    private static String replace(String sql, String name, String replacement) {
        StringBuilder out = new StringBuilder(sql.length() + 16);
        int at = 0;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            int end;
            if (c == '\'') {
                end = endOfQuoted(sql, at, '\'');
                out.append(sql, at, end);
            } else if (c == '"') {
                end = endOfQuoted(sql, at, '"');
                String word = sql.substring(at + 1, end - 1).replace("\"\"", "\"");
                out.append(word.equals(name) && isColumn(sql, at, end) ? replacement : sql.substring(at, end));
            } else if (isWordStart(c)) {
                end = at + 1;
                while (end < sql.length() && (isWordStart(sql.charAt(end)) || isDigit(sql.charAt(end)))) {
                    end++;
                }
                String word = sql.substring(at, end);
                out.append(word.equals(name) && isColumn(sql, at, end) ? replacement : word);
            } else {
                end = at + 1;
                out.append(c);
            }
            at = end;
        }
        return out.toString();
    }

    private static boolean isColumn(String sql, int start, int end) {
        boolean cast = start >= 2 && sql.charAt(start - 1) == ':' && sql.charAt(start - 2) == ':';
        boolean called = end < sql.length() && (sql.charAt(end) == '(' || sql.charAt(end) == '.');
        return !cast && !called;
    }

    private static boolean isWordStart(char c) {
        return c == '_' || c == '$' || Character.isLetter(c);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int endOfQuoted(String sql, int start, char quote) {
        int at = start + 1;
        while (at < sql.length()) {
            if (sql.charAt(at) == quote) {
                if (at + 1 >= sql.length() || sql.charAt(at + 1) != quote) {
                    return at + 1;
                }
                at++;
            }
            at++;
        }
        return sql.length();
    }
}
