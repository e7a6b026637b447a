package dev.boreal.queryprocessor.function.text;

import dev.boreal.queryprocessor.syntax.Identifiers;

/** Text as SQL identifiers and literals. */
public final class Quoting {
    private Quoting() {}

    /** As an identifier, in double quotes if it needs them. */
    public static String identifier(String name) {
        return Identifiers.quote(name);
    }

    /** As a literal, with a leading E if there are backslashes. */
    public static String literal(String text) {
        StringBuilder result = new StringBuilder(text.length() + 3);
        if (text.indexOf('\\') >= 0) {
            result.append('E');
        }
        result.append('\'');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'' || c == '\\') {
                result.append(c);
            }
            result.append(c);
        }
        return result.append('\'').toString();
    }
}
