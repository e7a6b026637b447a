package dev.boreal.queryprocessor.syntax;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds a keyword in a text without making a string: an open-addressed table over the folded letters. */
final class Keywords {
    private static final int SIZE = 2048;
    private static final TokenKind[] KINDS = new TokenKind[SIZE];
    private static final char[][] SPELLINGS = new char[SIZE][];
    private static final int[] HASHES = new int[SIZE];

    static {
        for (TokenKind kind : TokenKind.values()) {
            if (kind.isKeyword()) {
                char[] spelling = kind.name().toLowerCase(Locale.ROOT).toCharArray();
                int hash = hash(spelling);
                int slot = slot(hash);
                while (KINDS[slot] != null) {
                    slot = (slot + 1) & (SIZE - 1);
                }
                KINDS[slot] = kind;
                SPELLINGS[slot] = spelling;
                HASHES[slot] = hash;
            }
        }
    }

    private Keywords() {}

    /** The hash of a word with one more character, whatever its case. */
    static int extendHash(int hash, char c) {
        return hash * 31 + (c | 0x20);
    }

    private static int hash(char[] word) {
        int hash = 0;
        for (char c : word) {
            hash = extendHash(hash, c);
        }
        return hash;
    }

    private static int slot(int hash) {
        return (hash ^ (hash >>> 11)) & (SIZE - 1);
    }

    static @Nullable TokenKind find(String word) {
        char[] characters = word.toCharArray();
        return find(characters, 0, characters.length, hash(characters));
    }

    /** The keyword that a part of a text is, given its hash. */
    static @Nullable TokenKind find(char[] text, int start, int end, int hash) {
        int length = end - start;
        int slot = slot(hash);
        while (true) {
            TokenKind kind = KINDS[slot];
            if (kind == null) {
                return null;
            }
            char[] spelling = SPELLINGS[slot];
            if (HASHES[slot] == hash && spelling.length == length && matches(text, start, spelling)) {
                return kind;
            }
            slot = (slot + 1) & (SIZE - 1);
        }
    }

    private static boolean matches(char[] text, int start, char[] spelling) {
        for (int i = 0; i < spelling.length; i++) {
            if (Characters.fold(text[start + i]) != spelling[i]) {
                return false;
            }
        }
        return true;
    }
}
