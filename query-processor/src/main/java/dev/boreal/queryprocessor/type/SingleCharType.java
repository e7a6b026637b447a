package dev.boreal.queryprocessor.type;

import java.nio.charset.StandardCharsets;

/**
 * "char", with the quotes: one byte, which the system catalogs use as an enumeration. The zero byte is the empty text; a
 * byte that is no character by itself is written in octal.
 */
final class SingleCharType extends StringType {
    SingleCharType() {
        super(18, "char", "\"char\"", 1, 'Z', false, 1002, true);
    }

    @Override
    public Object parse(String text, TypeContext context) {
        if (text.length() == 4 && text.charAt(0) == '\\' && isOctal(text)) {
            int code = Integer.parseInt(text, 1, 4, 8);
            return code == 0 ? "" : code < 0x80 ? Character.toString(code) : text;
        }
        if (text.isEmpty() || text.charAt(0) < 0x80) {
            return text.isEmpty() ? text : text.substring(0, 1);
        }
        int first = text.substring(0, text.offsetByCodePoints(0, 1)).getBytes(StandardCharsets.UTF_8)[0] & 0xff;
        return "\\" + Integer.toOctalString(first);
    }

    private static boolean isOctal(String text) {
        return text.charAt(1) >= '0'
                && text.charAt(1) <= '3'
                && isOctalDigit(text.charAt(2))
                && isOctalDigit(text.charAt(3));
    }

    private static boolean isOctalDigit(char c) {
        return c >= '0' && c <= '7';
    }
}
