package dev.boreal.queryprocessor.syntax;

/** Folds, truncates and quotes names as PostgreSQL does. */
public final class Identifiers {
    /** Bytes of UTF-8 that a name may have. */
    public static final int MAXIMUM_BYTES = 63;

    private Identifiers() {}

    /** The name that an unquoted word means: A to Z folded, cut to 63 bytes. */
    static String fold(String text, int start, int end) {
        int i = start;
        while (i < end) {
            char c = text.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                return truncate(foldFrom(text, start, end));
            }
            i++;
        }
        return truncate(text.substring(start, end));
    }

    private static String foldFrom(String text, int start, int end) {
        char[] folded = new char[end - start];
        for (int i = start; i < end; i++) {
            folded[i - start] = Characters.fold(text.charAt(i));
        }
        return new String(folded);
    }

    /** Cuts a name to 63 bytes of UTF-8 without cutting a character. */
    public static String truncate(String name) {
        if (name.length() * 3 <= MAXIMUM_BYTES) {
            return name;
        }
        int bytes = 0;
        int i = 0;
        while (i < name.length()) {
            int codePoint = name.codePointAt(i);
            bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
            if (bytes > MAXIMUM_BYTES) {
                return name.substring(0, i);
            }
            i += Character.charCount(codePoint);
        }
        return name;
    }

    /** The name as SQL: quoted unless it is a plain lower-case word and no keyword but an unreserved one. */
    public static String quote(String name) {
        if (isPlain(name)) {
            TokenKind keyword = Keywords.find(name);
            if (keyword == null || keyword.category == TokenKind.Category.UNRESERVED) {
                return name;
            }
        }
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static boolean isPlain(String name) {
        if (name.isEmpty()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || c == '_';
            if (!letter && (i == 0 || !Characters.isDigit(c))) {
                return false;
            }
        }
        return true;
    }
}
