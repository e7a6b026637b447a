package dev.boreal.queryprocessor.syntax.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call of a function, aggregate or window function. Special syntaxes become calls of the function that PostgreSQL calls, with
 * {@code syntax} telling how it was written: {@code EXTRACT(year FROM x)} is {@code pg_catalog.extract('year', x)}, {@code x AT TIME ZONE z} is
 * {@code pg_catalog.timezone(z, x)}, {@code POSITION(a IN b)} is {@code pg_catalog.position(b, a)}, {@code TRIM(BOTH a FROM b)} is {@code pg_catalog.btrim(b, a)},
 * {@code (a, b) OVERLAPS (c, d)} is {@code pg_catalog.overlaps(a, b, c, d)}, {@code COLLATION FOR (x)} is {@code pg_catalog.pg_collation_for(x)}.
 *
 * @param arguments in order, some may be {@link Expression.NamedArgument}
 * @param star {@code f(*)}; there are no arguments then
 * @param variadic the last argument is marked VARIADIC
 * @param orderBy of an aggregate: inside the parentheses or, if {@code withinGroup}, in WITHIN GROUP
 */
public record FunctionCall(
        QualifiedName name,
        List<Expression> arguments,
        boolean star,
        boolean distinct,
        boolean variadic,
        List<SortItem> orderBy,
        boolean withinGroup,
        @Nullable Expression filter,
        @Nullable WindowDefinition over,
        Syntax syntax,
        int position)
        implements Expression {

    /** How a call was written. */
    public enum Syntax {
        ORDINARY,
        EXTRACT,
        NORMALIZE,
        OVERLAY,
        POSITION,
        SUBSTRING,
        TREAT,
        TRIM,
        AT_TIME_ZONE,
        OVERLAPS,
        COLLATION_FOR
    }

    public static FunctionCall of(QualifiedName name, List<Expression> arguments, Syntax syntax, int position) {
        return new FunctionCall(name, arguments, false, false, false, List.of(), false, null, null, syntax, position);
    }
}
