package dev.boreal.queryprocessor.type;

/** Prints JSON as jsonb does: one space behind each comma and colon. */
final class JsonText {
    private static final String HEX = "0123456789abcdef";

    private JsonText() {}

    static String format(Jsonb value) {
        StringBuilder out = new StringBuilder();
        append(value, out);
        return out.toString();
    }

    private static void append(Jsonb value, StringBuilder out) {
        switch (value) {
            case Jsonb.JsonString text -> appendQuoted(text.value(), out);
            case Jsonb.JsonArray array -> {
                out.append('[');
                for (int i = 0; i < array.elements().size(); i++) {
                    if (i > 0) {
                        out.append(", ");
                    }
                    append(array.elements().get(i), out);
                }
                out.append(']');
            }
            case Jsonb.JsonObject object -> {
                out.append('{');
                for (int i = 0; i < object.keys().size(); i++) {
                    if (i > 0) {
                        out.append(", ");
                    }
                    appendQuoted(object.keys().get(i), out);
                    out.append(": ");
                    append(object.values().get(i), out);
                }
                out.append('}');
            }
            default -> out.append(value);
        }
    }

    static void appendQuoted(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
