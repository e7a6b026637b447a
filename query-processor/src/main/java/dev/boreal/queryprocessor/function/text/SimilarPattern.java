package dev.boreal.queryprocessor.function.text;

/** SIMILAR TO: the SQL standard's patterns as regular expressions. */
final class SimilarPattern {
    private SimilarPattern() {}

    /** @param escape the escape character, -1 for none */
    static String toRegex(String pattern, int escape) {
        StringBuilder regex = new StringBuilder("^(?:");
        boolean bracket = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == escape && i + 1 < pattern.length()) {
                regex.append('\\').append(pattern.charAt(++i));
            } else if (bracket) {
                regex.append(c == '\\' ? "\\\\" : String.valueOf(c));
                bracket = c != ']';
            } else if (c == '[') {
                regex.append(c);
                bracket = true;
            } else if (c == '%') {
                regex.append(".*");
            } else if (c == '_') {
                regex.append('.');
            } else if (c == '(') {
                regex.append("(?:");
            } else if (c == '\\' || c == '.' || c == '^' || c == '$') {
                regex.append('\\').append(c);
            } else {
                regex.append(c);
            }
        }
        return regex.append(")$").toString();
    }
}
