package dev.boreal.queryprocessor.type;

import java.nio.charset.StandardCharsets;

/** name: text of at most 63 bytes; what is longer is cut at a character. */
final class NameType extends StringType {
    private static final int MAX_BYTES = 63;

    NameType() {
        super(19, "name", "name", 64, 'S', false, 1003, true);
    }

    @Override
    public Object parse(String text, TypeContext context) {
        return truncate(text);
    }

    static String truncate(String text) {
        if (text.length() * 3 <= MAX_BYTES) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MAX_BYTES) {
            return text;
        }
        int end = MAX_BYTES;
        while ((bytes[end] & 0xc0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}
