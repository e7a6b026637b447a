package dev.boreal.queryprocessor.syntax.tree;

import org.jspecify.annotations.Nullable;

/**
 * An operator's symbol, with the schema if it was written {@code OPERATOR(schema.symbol)}. {@code !=} is already {@code <>}.
 *
 * @param symbol such as {@code +}, {@code <=}, {@code ~*}
 */
public record OperatorName(@Nullable String schema, String symbol) {

    public static OperatorName of(String symbol) {
        return new OperatorName(null, symbol);
    }
}
