package dev.boreal.queryprocessor.function;

import dev.boreal.queryprocessor.type.SqlType;
import java.util.List;

/**
 * The concrete types of one call.
 *
 * @param arguments what the body will be called with, after coercion; one per parameter, or for {@code VARIADIC "any"} one
 *     per argument
 * @param result what it returns
 * @param variadicArray whether the last argument of a {@code VARIADIC "any"} function is an array that holds the rest
 */
public record CallTypes(List<SqlType> arguments, SqlType result, boolean variadicArray) {
    public CallTypes {
        arguments = List.copyOf(arguments);
    }

    public SqlType argument(int index) {
        return arguments.get(index);
    }
}
