package dev.boreal.queryprocessor.function.format;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A template taken apart, from left to right. */
record Template<K extends Keyword>(List<Part<K>> parts) {
    Template {
        parts = List.copyOf(parts);
    }

    /** What a part that is no pattern is: reading treats them differently. */
    enum Kind {
        PATTERN,
        SPACE,
        SEPARATOR,
        CHARACTER
    }

    /** A pattern's ordinal ending: {@code 1ST} or {@code 1st}. */
    enum Ordinal {
        NONE,
        CAPITAL,
        SMALL
    }

    /**
     * @param text of a pattern as it is written, of another part its one character
     * @param keyword of a pattern
     * @param unpadded it has the prefix FM
     * @param translated it has the prefix TM
     */
    record Part<K extends Keyword>(
            Kind kind, String text, @Nullable K keyword, boolean unpadded, boolean translated, Ordinal ordinal) {

        boolean isSmall() {
            return Character.isLowerCase(text.charAt(0));
        }

        /** {@code Month}, not {@code MONTH} or {@code month}. */
        boolean isCapitalized() {
            return !isSmall() && text.length() > 1 && Character.isLowerCase(text.charAt(1));
        }
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }
}
