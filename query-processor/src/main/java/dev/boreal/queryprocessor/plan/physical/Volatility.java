package dev.boreal.queryprocessor.plan.physical;

import dev.boreal.queryprocessor.function.FunctionRegistry;
import dev.boreal.queryprocessor.function.FunctionSignature;
import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.plan.relation.Expressions;
import org.jspecify.annotations.Nullable;

/** Whether evaluating an expression twice, or not at all, makes a difference. */
final class Volatility {
    private Volatility() {}

    static boolean isVolatile(@Nullable BoundExpression expression) {
        boolean[] found = new boolean[1];
        Expressions.visit(expression, part -> {
            if (part instanceof BoundExpression.Call call) {
                found[0] |= call.function().signature().volatility() == FunctionSignature.Volatility.VOLATILE;
            } else if (part instanceof BoundExpression.Operation operation) {
                FunctionSignature function = FunctionRegistry.function(
                        operation.operator().signature().functionOid());
                found[0] |= function != null && function.volatility() == FunctionSignature.Volatility.VOLATILE;
            }
            return !found[0];
        });
        return found[0];
    }
}
