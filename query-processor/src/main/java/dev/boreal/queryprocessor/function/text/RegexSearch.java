package dev.boreal.queryprocessor.function.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The matches of a regular expression in a text, one after another. Where alternatives match from the same place, the longest match
 * counts, as POSIX wants it; java.util.regex would take the first alternative. A pattern with a lazy quantifier keeps Java's choice.
 */
final class RegexSearch {
    private final String text;
    private final Matcher first;
    private final @Nullable Matcher longer;
    private final ReadLimit read;
    private Matcher match;
    private int next;

    RegexSearch(Pattern pattern, String text) {
        this.text = text;
        first = pattern.matcher(text);
        read = new ReadLimit(text);
        longer = hasAlternatives(pattern.pattern())
                ? pattern.matcher(read).useAnchoringBounds(false).useTransparentBounds(true)
                : null;
        match = first;
    }

    private static boolean hasAlternatives(String pattern) {
        boolean lazy =
                pattern.contains("*?") || pattern.contains("+?") || pattern.contains("??") || pattern.contains("}?");
        return !lazy && pattern.indexOf('|') >= 0;
    }

    /** Goes to the first match from an index on. */
    boolean find(int from) {
        next = from;
        return find();
    }

    /** Goes to the next match. */
    boolean find() {
        if (next > text.length() || !first.find(next)) {
            return false;
        }
        match = longer == null || first.end() == text.length() ? first : longest(longer);
        next = match.end() == match.start() ? match.end() + 1 : match.end();
        return true;
    }

    /** No match from here can end behind the last character that was read in the vain search for the longest of all. */
    private Matcher longest(Matcher matcher) {
        int start = first.start();
        read.last = -1;
        if (matcher.region(start, text.length()).matches()) {
            return matcher;
        }
        for (int end = Math.min(read.last + 1, text.length() - 1); end > first.end(); end--) {
            if (matcher.region(start, end).matches()) {
                return matcher;
            }
        }
        return first;
    }

    int start() {
        return match.start();
    }

    int end() {
        return match.end();
    }

    int groupCount() {
        return match.groupCount();
    }

    /** Where a group begins, -1 if it took no part. */
    int start(int group) {
        return match.start(group);
    }

    int end(int group) {
        return match.end(group);
    }

    String group() {
        return text.substring(match.start(), match.end());
    }

    @Nullable String group(int group) {
        return match.start(group) < 0 ? null : text.substring(match.start(group), match.end(group));
    }

    /** A text that remembers how far it was read. */
    private static final class ReadLimit implements CharSequence {
        private final String text;
        private int last = -1;

        ReadLimit(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (index > last) {
                last = index;
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
