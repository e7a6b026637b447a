package dev.boreal.queryprocessor.execute;

/** Writes JSON as PostgreSQL's EXPLAIN lays it out: two spaces a level, a member per line. */
final class JsonText {
    private final StringBuilder out = new StringBuilder();
    private int depth;
    private boolean first = true;
    private boolean named;

    void beginArray() {
        begin('[');
    }

    void endArray() {
        end(']');
    }

    void beginObject() {
        begin('{');
    }

    void endObject() {
        end('}');
    }

    /** The next value's name in the object. */
    JsonText name(String name) {
        place();
        quote(name);
        out.append(": ");
        named = true;
        return this;
    }

    void string(String value) {
        place();
        quote(value);
    }

    /** @param digits a number as JSON writes it */
    void number(String digits) {
        place();
        out.append(digits);
    }

    private void begin(char bracket) {
        place();
        out.append(bracket);
        depth++;
        first = true;
    }

    private void end(char bracket) {
        depth--;
        line();
        out.append(bracket);
        first = false;
    }

    /** Goes to where the next name or value stands: behind its name, or on a line of its own. */
    private void place() {
        if (named) {
            named = false;
            return;
        }
        if (depth > 0) {
            if (!first) {
                out.append(',');
            }
            line();
        }
        first = false;
    }

    private void line() {
        out.append('\n').repeat("  ", depth);
    }

    private void quote(String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u00")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 15, 16));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
