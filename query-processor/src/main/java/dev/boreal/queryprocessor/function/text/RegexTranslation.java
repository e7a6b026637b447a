package dev.boreal.queryprocessor.function.text;

import dev.boreal.contracts.sql.SqlException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * PostgreSQL's advanced regular expressions as java.util.regex ones. What differs and is translated: a dot matches newlines, {@code $}
 * only the end, {@code \m \M \y \Y} are word boundaries, {@code [[:alpha:]]} classes, embedded options, brackets in brackets.
 * Which alternative matches is {@link RegexSearch}'s business.
 */
final class RegexTranslation {
    static final String INVALID_REGULAR_EXPRESSION = "2201B";

    private final String source;
    private final StringBuilder target = new StringBuilder();
    private int flags = Pattern.DOTALL | Pattern.UNICODE_CHARACTER_CLASS;
    private int at;

    private RegexTranslation(String source) {
        this.source = source;
    }

    /** @param options letters as in regexp_replace; g is none of ours */
    static Pattern compile(String source, String options) {
        RegexTranslation translation = new RegexTranslation(source);
        translation.readPrefix();
        boolean literal = translation.readOptions(options);
        String body = source.substring(translation.at);
        try {
            if (literal) {
                return Pattern.compile(Pattern.quote(body), translation.flags);
            }
            translation.translate();
            return Pattern.compile(translation.target.toString(), translation.flags);
        } catch (PatternSyntaxException e) {
            throw new SqlException(
                    INVALID_REGULAR_EXPRESSION,
                    "invalid regular expression: " + e.getDescription().toLowerCase(java.util.Locale.ROOT));
        }
    }

    private void readPrefix() {
        if (source.startsWith("***:")) {
            at = 4;
        }
        if (source.startsWith("***=")) {
            at = 4;
            target.append(Pattern.quote(source.substring(4)));
        }
        if (source.startsWith("(?", at) && at + 2 < source.length() && Character.isLetter(source.charAt(at + 2))) {
            int close = source.indexOf(')', at);
            if (close > 0) {
                readOptions(source.substring(at + 2, close));
                at = close + 1;
            }
        }
    }

    private boolean readOptions(String options) {
        boolean literal = source.startsWith("***=");
        for (int i = 0; i < options.length(); i++) {
            switch (options.charAt(i)) {
                case 'i' -> flags |= Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
                case 'c' -> flags &= ~(Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
                case 'n', 'm' -> flags = (flags & ~Pattern.DOTALL) | Pattern.MULTILINE | Pattern.UNIX_LINES;
                case 'p' -> flags = (flags & ~Pattern.DOTALL) | Pattern.UNIX_LINES;
                case 'w' -> flags |= Pattern.MULTILINE | Pattern.UNIX_LINES | Pattern.DOTALL;
                case 's' -> flags = (flags & ~Pattern.MULTILINE) | Pattern.DOTALL;
                case 'x' -> flags |= Pattern.COMMENTS;
                case 'q' -> literal = true;
                case 't', 'e', 'b' -> {}
                default ->
                    throw new SqlException("22023", "invalid regular expression option: \"" + options.charAt(i) + "\"");
            }
        }
        return literal;
    }

    private void translate() {
        while (at < source.length()) {
            char c = source.charAt(at);
            switch (c) {
                case '[' -> bracket();
                case '\\' -> escape(false);
                case '$' -> {
                    target.append((flags & Pattern.MULTILINE) != 0 ? "$" : "\\z");
                    at++;
                }
                case '{' -> {
                    boolean bound = at + 1 < source.length() && Character.isDigit(source.charAt(at + 1));
                    target.append(bound ? "{" : "\\{");
                    at++;
                }
                default -> {
                    target.append(c);
                    at++;
                }
            }
        }
    }

    private void escape(boolean inBracket) {
        at++;
        if (at == source.length()) {
            throw new SqlException(
                    INVALID_REGULAR_EXPRESSION, "invalid regular expression: invalid escape \\ sequence");
        }
        char c = source.charAt(at++);
        switch (c) {
            case 'm' -> target.append("\\b(?=\\w)");
            case 'M' -> target.append("\\b(?<=\\w)");
            case 'y' -> target.append("\\b");
            case 'Y' -> target.append("\\B");
            case 'A' -> target.append("\\A");
            case 'Z' -> target.append("\\z");
            case 'a' -> target.append("\\x07");
            case 'b' -> target.append("\\x08");
            case 'B' -> target.append("\\\\");
            case 'v' -> target.append("\\x0B");
            case 'U' -> {
                int end = Math.min(at + 8, source.length());
                target.append("\\x{").append(source, at, end).append('}');
                at = end;
            }
            case 'x' -> {
                int end = at;
                while (end < source.length() && Character.digit(source.charAt(end), 16) >= 0) {
                    end++;
                }
                target.append("\\x{").append(source, at, end).append('}');
                at = end;
            }
            case 'd', 'D', 's', 'S', 'w', 'W', 'n', 't', 'r', 'f', 'e', 'u' ->
                target.append('\\').append(c);
            default -> {
                if (Character.isDigit(c) && !inBracket && c != '0') {
                    target.append('\\').append(c);
                } else if (Character.isLetterOrDigit(c)) {
                    throw new SqlException(
                            INVALID_REGULAR_EXPRESSION, "invalid regular expression: invalid escape \\ sequence");
                } else {
                    target.append('\\').append(c);
                }
            }
        }
    }

    private void bracket() {
        if (source.startsWith("[[:<:]]", at) || source.startsWith("[[:>:]]", at)) {
            target.append(source.charAt(at + 3) == '<' ? "\\b(?=\\w)" : "\\b(?<=\\w)");
            at += 7;
            return;
        }
        target.append('[');
        at++;
        if (at < source.length() && source.charAt(at) == '^') {
            target.append('^');
            at++;
        }
        boolean first = true;
        while (true) {
            if (at >= source.length()) {
                throw new SqlException(
                        INVALID_REGULAR_EXPRESSION, "invalid regular expression: brackets [] not balanced");
            }
            char c = source.charAt(at);
            if (c == ']' && !first) {
                target.append(']');
                at++;
                return;
            }
            first = false;
            if (c == '[' && at + 1 < source.length() && ":.=".indexOf(source.charAt(at + 1)) >= 0) {
                namedClass();
            } else if (c == '\\') {
                escape(true);
            } else {
                if ("[]&^#~ ".indexOf(c) >= 0) {
                    target.append('\\');
                }
                target.append(c);
                at++;
            }
        }
    }

    private void namedClass() {
        char kind = source.charAt(at + 1);
        int close = source.indexOf(kind + "]", at + 2);
        if (close < 0) {
            throw new SqlException(INVALID_REGULAR_EXPRESSION, "invalid regular expression: brackets [] not balanced");
        }
        String name = source.substring(at + 2, close);
        at = close + 2;
        if (kind != ':') {
            target.append(Pattern.quote(name));
            return;
        }
        target.append(
                switch (name) {
                    case "alpha" -> "\\p{IsAlphabetic}";
                    case "digit" -> "\\d";
                    case "alnum" -> "\\p{IsAlphabetic}\\d";
                    case "upper" -> "\\p{Lu}";
                    case "lower" -> "\\p{Ll}";
                    case "space" -> "\\s";
                    case "blank" -> " \\t";
                    case "punct" -> "\\p{Punct}";
                    case "cntrl" -> "\\p{Cntrl}";
                    case "graph" -> "\\p{Graph}";
                    case "print" -> "\\p{Print}";
                    case "xdigit" -> "0-9a-fA-F";
                    case "word" -> "\\w";
                    default ->
                        throw new SqlException(
                                INVALID_REGULAR_EXPRESSION, "invalid regular expression: invalid character class");
                });
    }
}
