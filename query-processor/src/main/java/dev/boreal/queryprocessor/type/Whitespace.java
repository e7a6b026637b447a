package dev.boreal.queryprocessor.type;

/** What the C locale calls white space, which is less than Java does. */
final class Whitespace {
    private Whitespace() {}

    static boolean is(int c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && is(text.charAt(start))) {
            start++;
        }
        while (end > start && is(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }
}
