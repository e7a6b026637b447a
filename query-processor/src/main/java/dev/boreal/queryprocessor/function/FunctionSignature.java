package dev.boreal.queryprocessor.function;

import dev.boreal.queryprocessor.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What pg_proc says about a function.
 *
 * @param oid {@code pg_proc.oid}
 * @param schema where it lives: pg_catalog for nearly all
 * @param argumentTypes the input parameters, polymorphic types included
 * @param argumentNames empty, or one per input parameter, null where a parameter has none
 * @param defaults values of the last parameters, which a call may leave out
 * @param variadic whether the last parameter takes any number of arguments
 * @param outputColumns columns of a row that it returns through OUT parameters, else empty
 * @param strict whether a null argument makes the result null without a call
 * @param returnsSet whether its body is a {@link TableFunction}
 * @param orderedSet the aggregate is called with WITHIN GROUP
 * @param hypothetical the aggregate is a hypothetical-set one, such as rank
 * @param directArguments of an ordered-set aggregate: how many arguments stand inside the parentheses
 */
public record FunctionSignature(
        int oid,
        String schema,
        String name,
        Kind kind,
        List<SqlType> argumentTypes,
        List<@Nullable String> argumentNames,
        List<Object> defaults,
        boolean variadic,
        SqlType returnType,
        List<OutputColumn> outputColumns,
        boolean strict,
        Volatility volatility,
        boolean returnsSet,
        boolean orderedSet,
        boolean hypothetical,
        int directArguments) {
    public FunctionSignature {
        argumentTypes = List.copyOf(argumentTypes);
        defaults = List.copyOf(defaults);
        outputColumns = List.copyOf(outputColumns);
    }

    /** {@code pg_proc.prokind}. */
    public enum Kind {
        FUNCTION,
        AGGREGATE,
        WINDOW
    }

    /** {@code pg_proc.provolatile}. */
    public enum Volatility {
        IMMUTABLE,
        STABLE,
        VOLATILE
    }

    /** An OUT parameter. */
    public record OutputColumn(String name, SqlType type) {}

    /** As regprocedure prints it: {@code lower(text)}. */
    public String describe() {
        StringBuilder text = new StringBuilder(name).append('(');
        for (int i = 0; i < argumentTypes.size(); i++) {
            text.append(i == 0 ? "" : ",").append(argumentTypes.get(i).formatName(-1));
        }
        return text.append(')').toString();
    }
}
