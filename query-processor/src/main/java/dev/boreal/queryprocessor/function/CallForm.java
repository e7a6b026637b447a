package dev.boreal.queryprocessor.function;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a function call was written, as far as the choice of the function depends on it.
 *
 * @param argumentNames empty, or one per argument: the name of a named argument, else null
 * @param variadic the last argument is marked VARIADIC
 * @param star {@code f(*)}
 * @param distinct {@code f(DISTINCT …)}
 * @param ordered ORDER BY inside the parentheses
 * @param filtered FILTER
 * @param withinGroup WITHIN GROUP: its sort expressions are the last arguments
 * @param over OVER
 */
public record CallForm(
        List<@Nullable String> argumentNames,
        boolean variadic,
        boolean star,
        boolean distinct,
        boolean ordered,
        boolean filtered,
        boolean withinGroup,
        boolean over) {
    /** {@code f(a, b)}. */
    public static final CallForm PLAIN = new CallForm(List.of(), false, false, false, false, false, false, false);
}
