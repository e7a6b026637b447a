package dev.boreal.queryprocessor.function.text;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.type.SqlArray;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Splits a written name at its dots: parse_ident, and the names that functions of the catalog take. */
public final class QualifiedNameText {
    private QualifiedNameText() {}

    /** The parts as text[]. */
    static SqlArray parse(String text, boolean strict) {
        return SqlArray.of(TypeRegistry.TEXT.oid(), parts(text, strict).toArray());
    }

    /**
     * The parts, folded unless quoted.
     *
     * @param strict whether something after the last part is an error
     * @throws SqlException 22023
     */
    public static List<String> parts(String text, boolean strict) {
        List<String> parts = new ArrayList<>();
        int at = skipSpace(text, 0);
        while (true) {
            StringBuilder part = new StringBuilder();
            at = readPart(text, at, part);
            parts.add(part.toString());
            at = skipSpace(text, at);
            if (at < text.length() && text.charAt(at) == '.') {
                at = skipSpace(text, at + 1);
            } else if (at < text.length() && strict) {
                throw invalid(text);
            } else {
                return parts;
            }
        }
    }

    private static int readPart(String text, int start, StringBuilder part) {
        int at = start;
        if (at < text.length() && text.charAt(at) == '"') {
            at++;
            while (true) {
                int quote = text.indexOf('"', at);
                if (quote < 0) {
                    throw invalid(text);
                }
                part.append(text, at, quote);
                at = quote + 1;
                if (at >= text.length() || text.charAt(at) != '"') {
                    break;
                }
                part.append('"');
                at++;
            }
            if (part.isEmpty()) {
                throw invalid(text);
            }
            return at;
        }
        while (at < text.length() && isNamePart(text.charAt(at), at == start)) {
            at++;
        }
        if (at == start) {
            throw invalid(text);
        }
        part.append(text.substring(start, at).toLowerCase(Locale.ROOT));
        return at;
    }

    private static boolean isNamePart(char c, boolean first) {
        return Character.isLetter(c) || c == '_' || c >= 0x80 || (!first && (Character.isDigit(c) || c == '$'));
    }

    private static int skipSpace(String text, int start) {
        int at = start;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static SqlException invalid(String text) {
        return new SqlException(SqlState.INVALID_PARAMETER_VALUE, "string is not a valid identifier: \"" + text + "\"");
    }
}
