package dev.boreal.queryprocessor.syntax.tree;

import java.util.List;

/**
 * A type as written. Keyword types have PostgreSQL's internal names: {@code int} is {@code pg_catalog.int4}, {@code varchar(3)} is
 * {@code pg_catalog.varchar} with the modifier 3, {@code char} is {@code pg_catalog.bpchar} with the modifier 1, {@code float(n)} is float4
 * or float8, {@code interval day to second(3)} is {@code pg_catalog.interval} with the modifiers (field mask, precision) as PostgreSQL
 * encodes them, see {@link IntervalFields}.
 *
 * @param modifiers expressions in parentheses after the name, nearly always integer literals; empty if none
 * @param arrayBounds one per dimension, -1 where no bound was written; empty for a type that is no array
 * @param setOf {@code SETOF type}, in functions only
 * @param percentType {@code table.column%TYPE}, in functions only
 */
public record TypeName(
        QualifiedName name,
        List<Expression> modifiers,
        List<Integer> arrayBounds,
        boolean setOf,
        boolean percentType,
        int position)
        implements Node {

    public static TypeName system(String name, int position) {
        return new TypeName(
                new QualifiedName(List.of("pg_catalog", name), position), List.of(), List.of(), false, false, position);
    }

    public boolean isArray() {
        return !arrayBounds.isEmpty();
    }
}
