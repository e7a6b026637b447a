package dev.boreal.queryprocessor.function;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses functions, operators and common types by PostgreSQL's rules (its manual's chapter 10). Literals and parameters whose
 * type is not known yet have type {@code unknown}.
 */
public final class Resolution {
    private Resolution() {}

    /**
     * Chooses a function, aggregate or window function.
     *
     * @param schema where to look, null for the search path
     * @param argumentTypes in the order of the call
     * @throws SqlException 42883 no such function, 42725 several fit equally, 42809 it is not of the kind that the call needs, 42804
     *     polymorphic arguments that do not agree
     */
    public static ResolvedFunction function(
            @Nullable String schema, String name, List<SqlType> argumentTypes, CallForm form) {
        return FunctionChoice.choose(schema, name, argumentTypes, form);
    }

    /** {@code name(…)} without any of a call's extras. */
    public static ResolvedFunction function(String name, List<SqlType> argumentTypes) {
        return FunctionChoice.choose(null, name, argumentTypes, CallForm.PLAIN);
    }

    /**
     * Chooses an operator.
     *
     * @param left null for a prefix operator
     * @throws SqlException 42883 no such operator, 42725 several fit equally
     */
    public static ResolvedOperator operator(String symbol, @Nullable SqlType left, SqlType right) {
        return OperatorChoice.choose(symbol, left, right);
    }

    /** As {@link #operator}, but null instead of 42883 and 42725. */
    public static @Nullable ResolvedOperator findOperator(String symbol, @Nullable SqlType left, SqlType right) {
        return OperatorChoice.find(symbol, left, right);
    }

    /**
     * The type that several expressions become.
     *
     * @param types at least one
     * @param construct as PostgreSQL names it in errors: UNION, INTERSECT, EXCEPT, CASE, COALESCE, GREATEST, LEAST, VALUES, ARRAY, IN
     * @throws SqlException 42804 if the types do not go together, 42846 if one cannot become the common type
     */
    public static SqlType commonType(List<SqlType> types, String construct) {
        return CommonType.of(types, construct);
    }
}
