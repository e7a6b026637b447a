package dev.boreal.queryprocessor.type;

/** Reads decimal integers from text and from bytes. */
final class IntegerText {
    private IntegerText() {}

    /** The number, if the bytes are an optional sign and 1 to 18 digits; else {@code Long.MIN_VALUE}: look closer. */
    static long parsePlain(byte[] buffer, int offset, int count) {
        int at = offset;
        int end = offset + count;
        boolean negative = count > 0 && buffer[at] == '-';
        if (negative) {
            at++;
        }
        if (at == end || end - at > 18) {
            return Long.MIN_VALUE;
        }
        long number = 0;
        for (; at < end; at++) {
            int digit = buffer[at] - '0';
            if (digit < 0 || digit > 9) {
                return Long.MIN_VALUE;
            }
            number = number * 10 + digit;
        }
        return negative ? -number : number;
    }

    /** As the input functions of smallint, integer and bigint: an overflow is seen before what follows the digits. */
    static long parse(String text, long min, long max, BasicType type) {
        int at = 0;
        int end = text.length();
        while (at < end && Whitespace.is(text.charAt(at))) {
            at++;
        }
        boolean negative = false;
        if (at < end && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            negative = text.charAt(at++) == '-';
        }
        int firstDigit = at;
        long number = 0;
        for (; at < end; at++) {
            int digit = text.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            if (number < (min + digit) / 10) {
                throw type.outOfRange(text);
            }
            number = number * 10 - digit;
        }
        if (at == firstDigit) {
            throw type.invalidSyntax(text);
        }
        while (at < end && Whitespace.is(text.charAt(at))) {
            at++;
        }
        if (at != end) {
            throw type.invalidSyntax(text);
        }
        if (!negative && number < -max) {
            throw type.outOfRange(text);
        }
        return negative ? number : -number;
    }
}
