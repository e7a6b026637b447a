package dev.boreal.queryprocessor.syntax;

/** Classes of characters after PostgreSQL's scanner. Everything beyond ASCII is a letter. */
final class Characters {
    private static final int WORD_START = 1;
    private static final int WORD_PART = 2;
    private static final int DIGIT = 4;
    private static final int OPERATOR = 8;
    private static final int SPACE = 16;

    private static final byte[] CLASSES = classes();

    private Characters() {}

    private static byte[] classes() {
        byte[] classes = new byte[128];
        for (int c = 'a'; c <= 'z'; c++) {
            classes[c] = WORD_START | WORD_PART;
            classes[c - 32] = WORD_START | WORD_PART;
        }
        classes['_'] = WORD_START | WORD_PART;
        classes['$'] = WORD_PART;
        for (int c = '0'; c <= '9'; c++) {
            classes[c] = DIGIT | WORD_PART;
        }
        for (char c : "~!@#^&|`?+-*/%<>=".toCharArray()) {
            classes[c] = OPERATOR;
        }
        for (char c : " \t\n\r\f\u000b".toCharArray()) {
            classes[c] = SPACE;
        }
        return classes;
    }

    static boolean isWordStart(char c) {
        return c >= 128 || (CLASSES[c] & WORD_START) != 0;
    }

    static boolean isWordPart(char c) {
        return c >= 128 || (CLASSES[c] & WORD_PART) != 0;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isOperator(char c) {
        return c < 128 && (CLASSES[c] & OPERATOR) != 0;
    }

    static boolean isSpace(char c) {
        return c < 128 && (CLASSES[c] & SPACE) != 0;
    }

    /** The value of a hexadecimal digit, -1 if it is none. */
    static int hexValue(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    /** Folds A to Z alone, as PostgreSQL does in a multi-byte encoding. */
    static char fold(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }
}
