package dev.boreal.queryprocessor.catalog;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.queryprocessor.syntax.Identifiers;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads a name out of a string, as regclass and pg_get_serial_sequence do: {@code Schema."Table"}. */
public final class NameText {
    private static final String INVALID_NAME = "42602";

    private NameText() {}

    /** Folds what is not quoted. 42602 for anything but identifiers and dots. */
    public static QualifiedName parse(String text) {
        List<String> parts = new ArrayList<>();
        int at = skipSpace(text, 0);
        while (true) {
            int end;
            if (at < text.length() && text.charAt(at) == '"') {
                end = endOfQuoted(text, at);
                parts.add(Identifiers.truncate(text.substring(at + 1, end - 1).replace("\"\"", "\"")));
            } else {
                end = endOfWord(text, at);
                if (end == at) {
                    throw invalid();
                }
                parts.add(Identifiers.truncate(text.substring(at, end).toLowerCase(Locale.ROOT)));
            }
            at = skipSpace(text, end);
            if (at == text.length()) {
                return new QualifiedName(List.copyOf(parts), 0);
            }
            if (text.charAt(at) != '.') {
                throw invalid();
            }
            at = skipSpace(text, at + 1);
        }
    }

    private static int endOfQuoted(String text, int start) {
        int at = start + 1;
        while (at < text.length()) {
            if (text.charAt(at) == '"') {
                if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
                    at++;
                } else if (at == start + 1) {
                    throw invalid();
                } else {
                    return at + 1;
                }
            }
            at++;
        }
        throw invalid();
    }

    private static int endOfWord(String text, int start) {
        int at = start;
        while (at < text.length()
                && text.charAt(at) != '.'
                && text.charAt(at) != '"'
                && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int skipSpace(String text, int start) {
        int at = start;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static SqlException invalid() {
        return new SqlException(INVALID_NAME, "invalid name syntax");
    }
}
