package dev.boreal.queryprocessor.syntax;

/** Text under construction, with the indentation of PostgreSQL's deparser. */
final class SqlText {
    private static final int DEEPEST_INDENT = 40;

    private final StringBuilder text = new StringBuilder();
    /** Whether clauses go on lines of their own. */
    private final boolean lines;

    private int indent;

    SqlText(boolean lines) {
        this.lines = lines;
    }

    SqlText add(String part) {
        text.append(part);
        return this;
    }

    SqlText add(char part) {
        text.append(part);
        return this;
    }

    SqlText add(int number) {
        text.append(number);
        return this;
    }

    SqlText name(String name) {
        text.append(Identifiers.quote(name));
        return this;
    }

    SqlText string(String contents) {
        boolean escapes = contents.indexOf('\\') >= 0;
        text.append(escapes ? "E'" : "'");
        for (int i = 0; i < contents.length(); i++) {
            char c = contents.charAt(i);
            if (c == '\'' || c == '\\') {
                text.append(c);
            }
            text.append(c);
        }
        text.append('\'');
        return this;
    }

    void deepen(int columns) {
        indent += columns;
    }

    boolean hasLines() {
        return lines;
    }

    /** Begins a clause: on a new line, indented by the level plus so many columns, or after what is there. */
    void clause(String keyword, int extra) {
        if (lines) {
            int end = text.length();
            while (end > 0 && text.charAt(end - 1) == ' ') {
                end--;
            }
            text.setLength(end);
            text.append('\n');
            text.repeat(' ', Math.clamp((long) indent + extra, 0, DEEPEST_INDENT));
        }
        text.append(keyword);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
