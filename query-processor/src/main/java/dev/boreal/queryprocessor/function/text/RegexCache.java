package dev.boreal.queryprocessor.function.text;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The pattern that a call site used last, compiled: nearly always the same one again. Thread-safe. */
final class RegexCache {
    private record Entry(String source, String options, Pattern pattern) {}

    private volatile @Nullable Entry last;

    Pattern pattern(String source, String options) {
        Entry entry = last;
        if (entry == null || !entry.source().equals(source) || !entry.options().equals(options)) {
            entry = new Entry(source, options, RegexTranslation.compile(source, options));
            last = entry;
        }
        return entry.pattern();
    }
}
