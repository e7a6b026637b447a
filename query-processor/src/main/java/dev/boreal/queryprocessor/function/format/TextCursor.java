package dev.boreal.queryprocessor.function.format;

/** A position in the text that a template reads. */
final class TextCursor {
    private final String text;
    private int at;

    TextCursor(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    /** 0 at the end. */
    char current() {
        return charAt(at);
    }

    /** The character before this one, 0 at the start. */
    char previous() {
        return at == 0 ? 0 : charAt(at - 1);
    }

    char charAt(int index) {
        return index < text.length() ? text.charAt(index) : 0;
    }

    int position() {
        return at;
    }

    void moveTo(int position) {
        at = position;
    }

    void skip() {
        if (!atEnd()) {
            at += Character.charCount(text.codePointAt(at));
        }
    }

    /** Skips white space and tells how much. */
    int skipSpaces() {
        int start = at;
        while (!atEnd() && TemplateParser.isSpace(text.charAt(at))) {
            at++;
        }
        return at - start;
    }

    boolean startsWithIgnoreCase(String prefix) {
        return text.regionMatches(true, at, prefix, 0, prefix.length());
    }

    int remaining() {
        return text.length() - at;
    }

    String slice(int from, int to) {
        return text.substring(from, Math.min(to, text.length()));
    }
}
