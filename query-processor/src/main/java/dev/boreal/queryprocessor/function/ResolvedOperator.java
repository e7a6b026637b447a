package dev.boreal.queryprocessor.function;

import dev.boreal.queryprocessor.type.SqlType;
import org.jspecify.annotations.Nullable;

/**
 * An operator chosen for an expression.
 *
 * @param left what the left operand is coerced to, null for a prefix operator
 * @param right what the right operand is coerced to
 * @param result polymorphic types made concrete
 * @param strict whether the caller must skip the call when an operand is null: true but for a few
 * @param body takes one or two arguments
 */
public record ResolvedOperator(
        OperatorSignature signature,
        @Nullable SqlType left,
        SqlType right,
        SqlType result,
        boolean strict,
        ScalarFunction body) {}
