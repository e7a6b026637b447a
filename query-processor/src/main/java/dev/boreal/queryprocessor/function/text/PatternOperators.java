package dev.boreal.queryprocessor.function.text;

import static dev.boreal.queryprocessor.function.Arguments.bytes;
import static dev.boreal.queryprocessor.function.Arguments.text;

import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.CallTypes;
import dev.boreal.queryprocessor.function.FunctionProvider;
import dev.boreal.queryprocessor.function.ScalarFunction;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** LIKE, ILIKE, SIMILAR TO and the regular-expression operators. */
public final class PatternOperators implements FunctionProvider {
    @Override
    public void register(Bindings bindings) {
        for (String type : new String[] {"text", "name", "bpchar"}) {
            bindings.operator(type + " ~~ text", (c, a) -> LikePattern.matches(text(a, 0), text(a, 1)))
                    .operator(type + " !~~ text", (c, a) -> !LikePattern.matches(text(a, 0), text(a, 1)))
                    .operator(type + " ~~* text", (c, a) -> LikePattern.matches(lower(a, 0), lower(a, 1)))
                    .operator(type + " !~~* text", (c, a) -> !LikePattern.matches(lower(a, 0), lower(a, 1)))
                    .operatorOf(type + " ~ text", regex("", true))
                    .operatorOf(type + " !~ text", regex("", false))
                    .operatorOf(type + " ~* text", regex("i", true))
                    .operatorOf(type + " !~* text", regex("i", false));
        }
        bindings.operator("bytea ~~ bytea", (c, a) -> LikePattern.matches(latin(a, 0), latin(a, 1)))
                .operator("bytea !~~ bytea", (c, a) -> !LikePattern.matches(latin(a, 0), latin(a, 1)))
                .scalar("like_escape(text,text)", (c, a) -> LikePattern.withBackslash(text(a, 0), text(a, 1)))
                .scalar(
                        "similar_to_escape(text,text)",
                        (c, a) -> SimilarPattern.toRegex(text(a, 0), LikePattern.escapeOf(text(a, 1))))
                .scalar("similar_to_escape(text)", (c, a) -> SimilarPattern.toRegex(text(a, 0), '\\'))
                .scalar("similar_escape(text,text)", (c, a) -> {
                    Object pattern = a[0];
                    return pattern == null
                            ? null
                            : SimilarPattern.toRegex((String) pattern, LikePattern.escapeOf((String) a[1]));
                });
    }

    private static Function<CallTypes, ScalarFunction> regex(String options, boolean wanted) {
        return types -> {
            RegexCache cache = new RegexCache();
            return (context, a) ->
                    cache.pattern(text(a, 1), options).matcher(text(a, 0)).find() == wanted;
        };
    }

    private static String lower(@Nullable Object[] arguments, int index) {
        return Strings.lower(text(arguments, index));
    }

    private static String latin(@Nullable Object[] arguments, int index) {
        return new String(bytes(arguments, index), StandardCharsets.ISO_8859_1);
    }
}
