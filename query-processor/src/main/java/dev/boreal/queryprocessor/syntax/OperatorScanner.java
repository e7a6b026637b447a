package dev.boreal.queryprocessor.syntax;

/** Where an operator ends and which one it is. */
final class OperatorScanner {
    /** Characters that no operator of the SQL standard has. */
    private static final String UNUSUAL = "~!@#^&|`?%";

    private OperatorScanner() {}

    /** The offset behind the operator that begins at the offset; the text must be followed by a character that is none. */
    static int end(char[] text, int start, int length) {
        int stop = start;
        while (stop < length && Characters.isOperator(text[stop]) && !commentBegins(text, stop)) {
            stop++;
        }
        return withoutTrailingSigns(text, start, stop);
    }

    private static boolean commentBegins(char[] text, int offset) {
        char c = text[offset];
        char following = text[offset + 1];
        return (c == '-' && following == '-') || (c == '/' && following == '*');
    }

    /** A name of several characters may end in + or - only if it has a character that no SQL operator has. */
    private static int withoutTrailingSigns(char[] text, int start, int stop) {
        if (stop - start < 2 || !isSign(text[stop - 1])) {
            return stop;
        }
        for (int i = stop - 2; i >= start; i--) {
            if (UNUSUAL.indexOf(text[i]) >= 0) {
                return stop;
            }
        }
        int cut = stop;
        while (cut - start > 1 && isSign(text[cut - 1])) {
            cut--;
        }
        return cut;
    }

    private static boolean isSign(char c) {
        return c == '+' || c == '-';
    }

    static TokenKind kind(char[] text, int start, int stop) {
        return switch (stop - start) {
            case 1 -> ofOne(text[start]);
            case 2 -> ofTwo(text[start], text[start + 1]);
            default -> TokenKind.OTHER_OPERATOR;
        };
    }

    private static TokenKind ofOne(char c) {
        return switch (c) {
            case '+' -> TokenKind.PLUS;
            case '-' -> TokenKind.MINUS;
            case '*' -> TokenKind.STAR;
            case '/' -> TokenKind.SLASH;
            case '%' -> TokenKind.PERCENT;
            case '^' -> TokenKind.CIRCUMFLEX;
            case '<' -> TokenKind.LESS;
            case '>' -> TokenKind.GREATER;
            case '=' -> TokenKind.EQUAL;
            default -> TokenKind.OTHER_OPERATOR;
        };
    }

    private static TokenKind ofTwo(char first, char second) {
        if (second == '=') {
            return switch (first) {
                case '<' -> TokenKind.LESS_EQUAL;
                case '>' -> TokenKind.GREATER_EQUAL;
                case '!' -> TokenKind.NOT_EQUAL;
                default -> TokenKind.OTHER_OPERATOR;
            };
        }
        if (second == '>') {
            return first == '<'
                    ? TokenKind.NOT_EQUAL
                    : first == '=' ? TokenKind.EQUALS_GREATER : TokenKind.OTHER_OPERATOR;
        }
        return TokenKind.OTHER_OPERATOR;
    }
}
