package dev.boreal.queryprocessor.syntax;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds a keyword in a text without making a string: an open-addressed table over the folded letters. */
final class Keywords {
    private static final int SIZE = 2048;
    private static final TokenKind[] KINDS = new TokenKind[SIZE];
    private static final char[][] SPELLINGS = new char[SIZE][];
    private static final int LONGEST;

    static {
        int longest = 0;
        for (TokenKind kind : TokenKind.values()) {
            if (kind.isKeyword()) {
                char[] spelling = kind.name().toLowerCase(Locale.ROOT).toCharArray();
                int slot = hash(new String(spelling), 0, spelling.length);
                while (KINDS[slot] != null) {
                    slot = (slot + 1) & (SIZE - 1);
                }
                KINDS[slot] = kind;
                SPELLINGS[slot] = spelling;
                longest = Math.max(longest, spelling.length);
            }
        }
        LONGEST = longest;
    }

    private Keywords() {}

    private static int hash(String text, int start, int end) {
        int hash = end - start;
        for (int i = start; i < end; i++) {
            hash = hash * 31 + (text.charAt(i) | 0x20);
        }
        return (hash ^ (hash >>> 11)) & (SIZE - 1);
    }

    static @Nullable TokenKind find(String text, int start, int end) {
        int length = end - start;
        if (length > LONGEST) {
            return null;
        }
        int slot = hash(text, start, end);
        while (true) {
            TokenKind kind = KINDS[slot];
            if (kind == null) {
                return null;
            }
            char[] spelling = SPELLINGS[slot];
            if (spelling.length == length && matches(text, start, spelling)) {
                return kind;
            }
            slot = (slot + 1) & (SIZE - 1);
        }
    }

    private static boolean matches(String text, int start, char[] spelling) {
        for (int i = 0; i < spelling.length; i++) {
            if (Characters.fold(text.charAt(start + i)) != spelling[i]) {
                return false;
            }
        }
        return true;
    }
}
