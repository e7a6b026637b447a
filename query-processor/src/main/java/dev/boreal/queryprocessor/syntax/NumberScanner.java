package dev.boreal.queryprocessor.syntax;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Reads one number: decimal, hexadecimal, octal or binary integers with underscores between digits, fractions and exponents. */
final class NumberScanner {
    private final String sql;
    private final int start;
    private int at;
    private boolean integer = true;
    private boolean underscores;
    private @Nullable String complaint;
    private @Nullable String value;

    NumberScanner(String sql, int start) {
        this.sql = sql;
        this.start = start;
        this.at = start;
    }

    /** Reads the number and returns the offset behind it, or behind what is wrong with it. */
    int scan() {
        if (charAt(at) == '0') {
            int radix = radixOf(charAt(at + 1));
            if (radix != 0) {
                return scanPrefixed(radix);
            }
        }
        digits();
        if (charAt(at) == '.' && charAt(at + 1) != '.') {
            integer = false;
            at++;
            digits();
        }
        exponent();
        if (complaint == null) {
            refuseJunk();
        }
        if (complaint == null) {
            value = integer ? decimalInteger() : plainText();
        }
        return at;
    }

    boolean isInteger() {
        return integer;
    }

    /** What is wrong, null if nothing. */
    @Nullable String complaint() {
        return complaint;
    }

    /** The number's text if it differs from the source, else null. */
    @Nullable String value() {
        return value;
    }

    private static int radixOf(char c) {
        return switch (c) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            default -> 0;
        };
    }

    private int scanPrefixed(int radix) {
        at += 2;
        StringBuilder digits = new StringBuilder();
        while (true) {
            int next = charAt(at) == '_' ? at + 1 : at;
            int digit = Characters.hexValue(charAt(next));
            if (digit < 0 || digit >= radix) {
                break;
            }
            digits.append(charAt(next));
            at = next + 1;
        }
        if (digits.isEmpty()) {
            if (charAt(at) == '_') {
                at++;
            }
            complaint = "invalid " + (radix == 16 ? "hexadecimal" : radix == 8 ? "octal" : "binary") + " integer";
            return at;
        }
        refuseJunk();
        if (complaint == null) {
            value = new BigInteger(digits.toString(), radix).toString();
            integer = fitsInteger(value);
        }
        return at;
    }

    private void digits() {
        while (true) {
            if (Characters.isDigit(charAt(at))) {
                at++;
            } else if (charAt(at) == '_'
                    && at > start
                    && Characters.isDigit(charAt(at - 1))
                    && Characters.isDigit(charAt(at + 1))) {
                underscores = true;
                at++;
            } else {
                return;
            }
        }
    }

    private void exponent() {
        if ((charAt(at) | 0x20) != 'e') {
            return;
        }
        char following = charAt(at + 1);
        boolean signed = following == '+' || following == '-';
        if (Characters.isDigit(signed ? charAt(at + 2) : following)) {
            integer = false;
            at += signed ? 2 : 1;
            digits();
        } else if (signed) {
            at += 2;
            complaint = "trailing junk after numeric literal";
        }
    }

    private void refuseJunk() {
        if (at < sql.length() && Characters.isWordStart(sql.charAt(at))) {
            while (at < sql.length() && Characters.isWordPart(sql.charAt(at))) {
                at++;
            }
            complaint = "trailing junk after numeric literal";
        }
    }

    private @Nullable String decimalInteger() {
        String text = plainText();
        int from = start;
        while (from < at - 1 && sql.charAt(from) == '0') {
            from++;
        }
        if (at - from < 10) {
            return text;
        }
        integer = fitsInteger(text == null ? sql.substring(start, at) : text);
        return text;
    }

    private static boolean fitsInteger(String digits) {
        return new BigInteger(digits).bitLength() <= 31;
    }

    private @Nullable String plainText() {
        return underscores ? sql.substring(start, at).replace("_", "") : null;
    }

    private char charAt(int offset) {
        return offset < sql.length() ? sql.charAt(offset) : '\0';
    }
}
