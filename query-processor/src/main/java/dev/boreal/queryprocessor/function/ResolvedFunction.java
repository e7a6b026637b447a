package dev.boreal.queryprocessor.function;

import dev.boreal.queryprocessor.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function chosen for a call. The caller coerces every argument it has, in the order of the call, to {@code argumentTypes}
 * (implicitly), and calls the body with exactly these: named arguments, defaults and the packing of VARIADIC arguments are the
 * body's business. Exactly one of the four bodies is there.
 *
 * @param argumentTypes one per argument of the call; {@code "any"} parameters keep the argument's type, unknown included
 * @param returnType polymorphic types made concrete; of a set-returning function the type of one row
 * @param strict whether the caller must skip the call when an argument is null, and take null (no rows; for aggregates: skip the
 *     row)
 */
public record ResolvedFunction(
        FunctionSignature signature,
        List<SqlType> argumentTypes,
        SqlType returnType,
        boolean strict,
        @Nullable ScalarFunction scalar,
        @Nullable TableFunction table,
        @Nullable AggregateFunction aggregate,
        @Nullable WindowFunction window,
        List<FunctionSignature.OutputColumn> outputColumns) {
    public ResolvedFunction {
        argumentTypes = List.copyOf(argumentTypes);
        outputColumns = List.copyOf(outputColumns);
    }

    /** Of a function that returns record: the one whose rows have the columns that the call declares. */
    public ResolvedFunction withColumns(List<DeclaredColumn> columns) {
        return new ResolvedFunction(
                signature,
                argumentTypes,
                returnType,
                strict && signature.returnsSet(),
                scalar,
                table == null ? null : table.withColumns(columns),
                aggregate,
                window,
                outputColumns);
    }

    /** Of a hypothetical-set aggregate: the one for an order of WITHIN GROUP. */
    public ResolvedFunction within(List<Ordering> order) {
        return new ResolvedFunction(
                signature,
                argumentTypes,
                returnType,
                strict,
                scalar,
                table,
                aggregate == null ? null : aggregate.within(order),
                window,
                outputColumns);
    }

    public FunctionSignature.Kind kind() {
        return signature.kind();
    }
}
