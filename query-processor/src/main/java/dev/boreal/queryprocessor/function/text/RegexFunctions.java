package dev.boreal.queryprocessor.function.text;

import static dev.boreal.queryprocessor.function.Arguments.integer;
import static dev.boreal.queryprocessor.function.Arguments.invalid;
import static dev.boreal.queryprocessor.function.Arguments.text;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.CallTypes;
import dev.boreal.queryprocessor.function.FunctionProvider;
import dev.boreal.queryprocessor.function.ScalarFunction;
import dev.boreal.queryprocessor.function.SingleColumn;
import dev.boreal.queryprocessor.function.TableFunction;
import dev.boreal.queryprocessor.type.SqlArray;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** regexp_replace, regexp_match and their kin. */
public final class RegexFunctions implements FunctionProvider {
    /** A body that has its call site's cache of compiled patterns. */
    private interface Body {
        @Nullable Object apply(RegexCache cache, @Nullable Object[] arguments);
    }

    /** As {@link Body}, of a set-returning function. */
    private interface Rows {
        List<@Nullable Object> rows(RegexCache cache, @Nullable Object[] arguments);
    }

    @Override
    public void register(Bindings bindings) {
        bindings.scalarOf(
                        "regexp_replace(text,text,text)", scalar((cache, a) -> replace(pattern(cache, a, -1), a, 1, 1)))
                .scalarOf("regexp_replace(text,text,text,text)", scalar(RegexFunctions::replaceWithFlags))
                .scalarOf(
                        "regexp_replace(text,text,text,int4,int4,text), regexp_replace(text,text,text,int4,int4),"
                                + " regexp_replace(text,text,text,int4)",
                        scalar(RegexFunctions::replaceNth))
                .scalarOf(
                        "regexp_match(text,text), regexp_match(text,text,text)",
                        scalar((cache, a) -> firstMatch(pattern(cache, a, 2), text(a, 0))))
                .tableOf(
                        "regexp_matches(text,text), regexp_matches(text,text,text)",
                        table((cache, a) -> allMatches(pattern(cache, a, 2), text(a, 0), global(a, 2))))
                .scalarOf(
                        "regexp_split_to_array(text,text), regexp_split_to_array(text,text,text)",
                        scalar((cache, a) -> SqlArray.of(
                                TypeRegistry.TEXT.oid(),
                                split(pattern(cache, a, 2), text(a, 0)).toArray())))
                .tableOf(
                        "regexp_split_to_table(text,text), regexp_split_to_table(text,text,text)",
                        table((cache, a) -> split(pattern(cache, a, 2), text(a, 0))))
                .scalarOf(
                        "regexp_like(text,text), regexp_like(text,text,text)",
                        scalar((cache, a) ->
                                pattern(cache, a, 2).matcher(text(a, 0)).find()))
                .scalarOf(
                        "regexp_count(text,text), regexp_count(text,text,int4), regexp_count(text,text,int4,text)",
                        scalar((cache, a) -> count(pattern(cache, a, 3), text(a, 0), start(a, 2))))
                .scalarOf(
                        "regexp_instr(text,text), regexp_instr(text,text,int4), regexp_instr(text,text,int4,int4),"
                                + " regexp_instr(text,text,int4,int4,int4), regexp_instr(text,text,int4,int4,int4,text),"
                                + " regexp_instr(text,text,int4,int4,int4,text,int4)",
                        scalar(RegexFunctions::position))
                .scalarOf(
                        "regexp_substr(text,text), regexp_substr(text,text,int4), regexp_substr(text,text,int4,int4),"
                                + " regexp_substr(text,text,int4,int4,text), regexp_substr(text,text,int4,int4,text,int4)",
                        scalar(RegexFunctions::substring))
                .scalarOf(
                        "substring(text,text)",
                        scalar((cache, a) -> firstGroup(cache.pattern(text(a, 1), ""), text(a, 0))));
    }

    private static Function<CallTypes, ScalarFunction> scalar(Body body) {
        return types -> {
            RegexCache cache = new RegexCache();
            return (context, arguments) -> body.apply(cache, arguments);
        };
    }

    private static Function<CallTypes, TableFunction> table(Rows body) {
        return types -> {
            RegexCache cache = new RegexCache();
            return (context, arguments) -> {
                Iterator<@Nullable Object> values = body.rows(cache, arguments).iterator();
                return new SingleColumn(values);
            };
        };
    }

    /** The pattern in argument 1 with the flags of another argument, if there is one. */
    private static Pattern pattern(RegexCache cache, @Nullable Object[] arguments, int flags) {
        String options = flags > 0 && flags < arguments.length ? text(arguments, flags) : "";
        return cache.pattern(text(arguments, 1), options.replace("g", ""));
    }

    private static boolean global(@Nullable Object[] arguments, int flags) {
        return flags < arguments.length && text(arguments, flags).indexOf('g') >= 0;
    }

    private static int start(@Nullable Object[] arguments, int index) {
        if (index >= arguments.length) {
            return 0;
        }
        int start = integer(arguments, index);
        if (start < 1) {
            throw invalid("invalid value for parameter \"start\": " + start);
        }
        String text = text(arguments, 0);
        int length = text.codePointCount(0, text.length());
        return start > length + 1 ? text.length() + 1 : text.offsetByCodePoints(0, start - 1);
    }

    private static Object replaceWithFlags(RegexCache cache, @Nullable Object[] arguments) {
        String flags = text(arguments, 3);
        if (!flags.isEmpty() && Character.isDigit(flags.charAt(0))) {
            throw new SqlException(
                    SqlError.error("22023", "invalid regular expression option: \"" + flags.charAt(0) + "\"")
                            .withHint(
                                    "If you meant to use regexp_replace() with a start parameter, cast the fourth argument to integer explicitly."));
        }
        Pattern pattern = cache.pattern(text(arguments, 1), flags.replace("g", ""));
        return replace(pattern, arguments, 1, flags.indexOf('g') >= 0 ? 0 : 1);
    }

    private static Object replaceNth(RegexCache cache, @Nullable Object[] arguments) {
        int nth = arguments.length > 4 ? integer(arguments, 4) : 1;
        if (nth < 0) {
            throw invalid("invalid value for parameter \"n\": " + nth);
        }
        return replace(pattern(cache, arguments, 5), arguments, integer(arguments, 3), nth);
    }

    /** @param nth which match to replace, 0 for all */
    private static String replace(Pattern pattern, @Nullable Object[] arguments, int start, int nth) {
        String text = text(arguments, 0);
        String replacement = text(arguments, 2);
        int from = start == 1 ? 0 : start(arguments, 3);
        StringBuilder result = new StringBuilder();
        RegexSearch matcher = new RegexSearch(pattern, text);
        int copied = 0;
        int seen = 0;
        boolean found = from <= text.length() && matcher.find(from);
        while (found) {
            seen++;
            if (nth == 0 || seen == nth) {
                result.append(text, copied, matcher.start());
                expand(replacement, matcher, result);
                copied = matcher.end();
            }
            if (nth != 0 && seen >= nth) {
                break;
            }
            found = matcher.find();
        }
        return result.append(text, copied, text.length()).toString();
    }

    private static void expand(String replacement, RegexSearch matcher, StringBuilder result) {
        for (int i = 0; i < replacement.length(); i++) {
            char c = replacement.charAt(i);
            if (c != '\\' || i + 1 == replacement.length()) {
                result.append(c);
                continue;
            }
            char next = replacement.charAt(++i);
            if (next == '&') {
                result.append(matcher.group());
            } else if (next >= '1' && next <= '9') {
                String group = next - '0' <= matcher.groupCount() ? matcher.group(next - '0') : null;
                result.append(group == null ? "" : group);
            } else if (next == '\\') {
                result.append('\\');
            } else {
                result.append('\\').append(next);
            }
        }
    }

    private static SqlArray groups(RegexSearch matcher) {
        if (matcher.groupCount() == 0) {
            return SqlArray.of(TypeRegistry.TEXT.oid(), matcher.group());
        }
        @Nullable Object[] groups = new Object[matcher.groupCount()];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = matcher.group(i + 1);
        }
        return SqlArray.of(TypeRegistry.TEXT.oid(), groups);
    }

    private static @Nullable Object firstMatch(Pattern pattern, String text) {
        RegexSearch matcher = new RegexSearch(pattern, text);
        return matcher.find() ? groups(matcher) : null;
    }

    private static List<@Nullable Object> allMatches(Pattern pattern, String text, boolean all) {
        List<@Nullable Object> matches = new ArrayList<>();
        RegexSearch matcher = new RegexSearch(pattern, text);
        while (matcher.find()) {
            matches.add(groups(matcher));
            if (!all) {
                break;
            }
        }
        return matches;
    }

    private static List<@Nullable Object> split(Pattern pattern, String text) {
        List<@Nullable Object> parts = new ArrayList<>();
        RegexSearch matcher = new RegexSearch(pattern, text);
        int from = 0;
        while (matcher.find()) {
            boolean empty = matcher.end() == matcher.start();
            boolean atEdge = matcher.start() == text.length() || matcher.start() == from;
            if (empty && (atEdge || isInsideCharacter(text, matcher.start()))) {
                continue;
            }
            parts.add(text.substring(from, matcher.start()));
            from = matcher.end();
        }
        parts.add(text.substring(from));
        return parts;
    }

    /** Between the two halves of a character beyond the basic plane. */
    private static boolean isInsideCharacter(String text, int index) {
        return Character.isLowSurrogate(text.charAt(index)) && Character.isHighSurrogate(text.charAt(index - 1));
    }

    private static int count(Pattern pattern, String text, int from) {
        int count = 0;
        RegexSearch matcher = new RegexSearch(pattern, text);
        boolean found = from <= text.length() && matcher.find(from);
        while (found) {
            count++;
            found = matcher.find();
        }
        return count;
    }

    private static @Nullable RegexSearch nth(Pattern pattern, String text, int from, int nth) {
        if (nth < 1) {
            throw invalid("invalid value for parameter \"n\": " + nth);
        }
        RegexSearch matcher = new RegexSearch(pattern, text);
        boolean found = from <= text.length() && matcher.find(from);
        for (int i = 1; found && i < nth; i++) {
            found = matcher.find();
        }
        return found ? matcher : null;
    }

    private static Object position(RegexCache cache, @Nullable Object[] a) {
        int nth = a.length > 3 ? integer(a, 3) : 1;
        int end = a.length > 4 ? integer(a, 4) : 0;
        int group = a.length > 6 ? integer(a, 6) : 0;
        if (end != 0 && end != 1) {
            throw invalid("invalid value for parameter \"endoption\": " + end);
        }
        RegexSearch matcher = nth(pattern(cache, a, 5), text(a, 0), start(a, 2), nth);
        if (matcher == null || group > matcher.groupCount() || matcher.start(group) < 0) {
            return 0;
        }
        return text(a, 0).codePointCount(0, end == 0 ? matcher.start(group) : matcher.end(group)) + 1;
    }

    private static @Nullable Object substring(RegexCache cache, @Nullable Object[] a) {
        int nth = a.length > 3 ? integer(a, 3) : 1;
        int group = a.length > 5 ? integer(a, 5) : 0;
        RegexSearch matcher = nth(pattern(cache, a, 4), text(a, 0), start(a, 2), nth);
        return matcher == null || group > matcher.groupCount() ? null : matcher.group(group);
    }

    private static @Nullable Object firstGroup(Pattern pattern, String text) {
        RegexSearch matcher = new RegexSearch(pattern, text);
        if (!matcher.find()) {
            return null;
        }
        return matcher.group(matcher.groupCount() > 0 ? 1 : 0);
    }
}
