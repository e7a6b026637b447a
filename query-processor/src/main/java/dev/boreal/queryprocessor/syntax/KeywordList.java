package dev.boreal.queryprocessor.syntax;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The words that mean something of their own, for those who ask which names need quotes. */
public final class KeywordList {
    private static final List<Keyword> KEYWORDS = list();

    private KeywordList() {}

    /**
     * A keyword in small letters.
     *
     * @param category {@code U} may be any name, {@code C} may not name functions and types, {@code T} may only name these,
     *     {@code R} may name nothing
     * @param bareLabel whether it may label a result column without AS
     */
    public record Keyword(String word, char category, boolean bareLabel) {}

    /** All keywords, by name. */
    public static List<Keyword> keywords() {
        return KEYWORDS;
    }

    private static List<Keyword> list() {
        List<Keyword> keywords = new ArrayList<>();
        for (TokenKind kind : TokenKind.values()) {
            if (kind.isKeyword()) {
                keywords.add(new Keyword(kind.name().toLowerCase(Locale.ROOT), letter(kind), kind.bareLabel));
            }
        }
        keywords.sort(Comparator.comparing(Keyword::word));
        return Collections.unmodifiableList(keywords);
    }

    private static char letter(TokenKind kind) {
        return switch (kind.category) {
            case COLUMN_NAME -> 'C';
            case TYPE_OR_FUNCTION_NAME -> 'T';
            case RESERVED -> 'R';
            default -> 'U';
        };
    }
}
