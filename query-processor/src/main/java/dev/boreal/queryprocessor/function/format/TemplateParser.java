package dev.boreal.queryprocessor.function.format;

import dev.boreal.queryprocessor.function.format.Template.Kind;
import dev.boreal.queryprocessor.function.format.Template.Ordinal;
import dev.boreal.queryprocessor.function.format.Template.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Takes a template apart: the longest pattern counts, what is none stands for itself, and so does quoted text. */
final class TemplateParser<K extends Keyword> {
    private final K[] keywords;
    private final boolean modifiers;
    private final String text;
    private final List<Part<K>> parts = new ArrayList<>();
    private int at;

    private TemplateParser(String text, K[] keywords, boolean modifiers) {
        this.text = text;
        this.keywords = keywords;
        this.modifiers = modifiers;
    }

    /** @param modifiers whether patterns may have the prefixes FM and TM and the endings TH and SP: those of dates do */
    static <K extends Keyword> Template<K> parse(String text, K[] keywords, boolean modifiers) {
        TemplateParser<K> parser = new TemplateParser<>(text, keywords, modifiers);
        while (parser.at < text.length()) {
            parser.next();
        }
        return new Template<>(parser.parts);
    }

    private void next() {
        boolean unpadded = modifiers && skip("FM");
        boolean translated = modifiers && !unpadded && skip("TM");
        if (at == text.length()) {
            return;
        }
        K keyword = keyword();
        if (keyword != null) {
            pattern(keyword, unpadded, translated);
        } else if (text.charAt(at) == '"') {
            at++;
            quoted();
        } else {
            if (text.startsWith("\\\"", at)) {
                at++;
            }
            int c = text.codePointAt(at);
            literal(modifiers && isSeparator(c) ? Kind.SEPARATOR : isSpace(c) ? Kind.SPACE : Kind.CHARACTER);
        }
    }

    private void pattern(K keyword, boolean unpadded, boolean translated) {
        int start = at;
        at += keyword.pattern().length();
        String written = text.substring(start, at);
        Ordinal ordinal = Ordinal.NONE;
        if (modifiers && at < text.length()) {
            if (text.startsWith("TH", at)) {
                ordinal = Ordinal.CAPITAL;
                at += 2;
            } else if (text.startsWith("th", at)) {
                ordinal = Ordinal.SMALL;
                at += 2;
            } else if (text.startsWith("SP", at)) {
                at += 2;
            }
        }
        parts.add(new Part<>(Kind.PATTERN, written, keyword, unpadded, translated, ordinal));
    }

    private void quoted() {
        while (at < text.length()) {
            if (text.charAt(at) == '"') {
                at++;
                return;
            }
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            literal(Kind.CHARACTER);
        }
    }

    private void literal(Kind kind) {
        int length = Character.charCount(text.codePointAt(at));
        parts.add(new Part<>(kind, text.substring(at, at + length), null, false, false, Ordinal.NONE));
        at += length;
    }

    private boolean skip(String modifier) {
        if (text.startsWith(modifier, at) || text.startsWith(modifier.toLowerCase(Locale.ROOT), at)) {
            at += modifier.length();
            return true;
        }
        return false;
    }

    private @Nullable K keyword() {
        K longest = null;
        for (K keyword : keywords) {
            if ((longest == null
                            || keyword.pattern().length() > longest.pattern().length())
                    && isHere(keyword)) {
                longest = keyword;
            }
        }
        return longest;
    }

    private boolean isHere(K keyword) {
        String pattern = keyword.pattern();
        if (!text.regionMatches(true, at, pattern, 0, pattern.length())) {
            return false;
        }
        String written = text.substring(at, at + pattern.length());
        String small = pattern.toLowerCase(Locale.ROOT);
        return written.equals(pattern)
                || written.equals(small)
                || (keyword.capitalized() && written.equals(pattern.charAt(0) + small.substring(1)));
    }

    /** A printing ASCII character that is neither letter nor digit. */
    static boolean isSeparator(int c) {
        return c > ' ' && c < 0x7f && !(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9');
    }

    static boolean isSpace(int c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
