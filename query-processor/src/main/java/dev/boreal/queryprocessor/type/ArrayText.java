package dev.boreal.queryprocessor.type;

/** Prints arrays: {1,2,NULL}, {"a b",c}, [0:1]={x,y}. */
final class ArrayText {
    private ArrayText() {}

    static String format(SqlArray array, SqlType element, TypeContext context) {
        if (array.size() == 0) {
            return "{}";
        }
        StringBuilder out = new StringBuilder();
        appendBounds(array, out);
        int[] dimensions = array.dimensions();
        int last = dimensions.length - 1;
        int[] index = new int[dimensions.length];
        int depth = 0;
        for (Object item : array.elements()) {
            for (; depth <= last; depth++) {
                out.append('{');
            }
            if (item == null) {
                out.append("NULL");
            } else {
                appendElement(element.format(item, context), out);
            }
            int d = last;
            while (d >= 0 && ++index[d] == dimensions[d]) {
                index[d--] = 0;
                out.append('}');
            }
            depth = d + 1;
            if (d >= 0) {
                out.append(',');
            }
        }
        return out.toString();
    }

    private static void appendBounds(SqlArray array, StringBuilder out) {
        boolean needed = false;
        for (int lowerBound : array.lowerBounds()) {
            needed |= lowerBound != 1;
        }
        if (needed) {
            for (int i = 0; i < array.dimensions().length; i++) {
                int lowerBound = array.lowerBounds()[i];
                out.append('[')
                        .append(lowerBound)
                        .append(':')
                        .append(lowerBound + array.dimensions()[i] - 1)
                        .append(']');
            }
            out.append('=');
        }
    }

    private static void appendElement(String text, StringBuilder out) {
        if (!needsQuotes(text)) {
            out.append(text);
            return;
        }
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            out.append(c);
        }
        out.append('"');
    }

    private static boolean needsQuotes(String text) {
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '"', '\\', '{', '}', ',', ' ', '\t', '\n', '\r', '\f', '\u000b' -> {
                    return true;
                }
                default -> {}
            }
        }
        return text.isEmpty() || text.equalsIgnoreCase("NULL");
    }
}
