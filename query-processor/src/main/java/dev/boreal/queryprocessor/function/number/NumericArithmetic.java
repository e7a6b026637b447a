package dev.boreal.queryprocessor.function.number;

import static dev.boreal.queryprocessor.function.Arguments.numeric;

import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.FunctionProvider;

/** Operators on numeric. */
public final class NumericArithmetic implements FunctionProvider {
    @Override
    public void register(Bindings bindings) {
        bindings.operator("numeric + numeric", (c, a) -> numeric(a, 0).add(numeric(a, 1)))
                .operator("numeric - numeric", (c, a) -> numeric(a, 0).subtract(numeric(a, 1)))
                .operator("numeric * numeric", (c, a) -> numeric(a, 0).multiply(numeric(a, 1)))
                .operator("numeric / numeric", (c, a) -> numeric(a, 0).divide(numeric(a, 1)))
                .operator("numeric % numeric", (c, a) -> numeric(a, 0).remainder(numeric(a, 1)))
                .operator("- numeric", (c, a) -> numeric(a, 0).negate())
                .operator("+ numeric", (c, a) -> numeric(a, 0))
                .operator("@ numeric", (c, a) -> numeric(a, 0).abs())
                .operator("numeric ^ numeric", (c, a) -> NumericMath.power(numeric(a, 0), numeric(a, 1)))
                .scalar("abs(numeric)", (c, a) -> numeric(a, 0).abs())
                .scalar("mod(numeric,numeric)", (c, a) -> numeric(a, 0).remainder(numeric(a, 1)))
                .scalar("div(numeric,numeric)", (c, a) -> numeric(a, 0).divideTruncating(numeric(a, 1)));
    }
}
