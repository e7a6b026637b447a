package dev.boreal.queryprocessor.function.number;

import static dev.boreal.queryprocessor.function.Arguments.divisionByZero;
import static dev.boreal.queryprocessor.function.Arguments.number;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.FunctionProvider;
import dev.boreal.queryprocessor.function.ScalarFunction;
import java.util.function.DoubleBinaryOperator;

/** Operators on real and double precision. Finite operands never give an infinity, and never zero by underflow: 22003. */
public final class FloatArithmetic implements FunctionProvider {
    @Override
    public void register(Bindings bindings) {
        for (String pair : new String[] {"float8 # float8", "float8 # float4", "float4 # float8"}) {
            bindings.operator(pair.replace("#", "+"), doubles((a, b) -> noOverflow(a + b, a, b)))
                    .operator(pair.replace("#", "-"), doubles((a, b) -> noOverflow(a - b, a, b)))
                    .operator(pair.replace("#", "*"), doubles(FloatArithmetic::product))
                    .operator(pair.replace("#", "/"), doubles(FloatArithmetic::quotient));
        }
        bindings.operator("float4 + float4", floats((a, b) -> noOverflow((float) (a + b), a, b)))
                .operator("float4 - float4", floats((a, b) -> noOverflow((float) (a - b), a, b)))
                .operator("float4 * float4", floats(FloatArithmetic::singleProduct))
                .operator("float4 / float4", floats(FloatArithmetic::singleQuotient))
                .operator("- float8", (context, a) -> -number(a, 0))
                .operator("+ float8", (context, a) -> number(a, 0))
                .operator("@ float8", (context, a) -> Math.abs(number(a, 0)))
                .operator("- float4", (context, a) -> (float) -number(a, 0))
                .operator("+ float4", (context, a) -> (float) number(a, 0))
                .operator("@ float4", (context, a) -> (float) Math.abs(number(a, 0)))
                .scalar("abs(float8)", (context, a) -> Math.abs(number(a, 0)))
                .scalar("abs(float4)", (context, a) -> (float) Math.abs(number(a, 0)))
                .operator("float8 ^ float8", doubles(FloatFunctions::power))
                .operator("|/ float8", (context, a) -> FloatFunctions.squareRoot(number(a, 0)))
                .operator("||/ float8", (context, a) -> Math.cbrt(number(a, 0)));
    }

    private static ScalarFunction doubles(DoubleBinaryOperator body) {
        return (context, a) -> body.applyAsDouble(number(a, 0), number(a, 1));
    }

    private static ScalarFunction floats(DoubleBinaryOperator body) {
        return (context, a) -> (float) body.applyAsDouble(number(a, 0), number(a, 1));
    }

    static double noOverflow(double result, double a, double b) {
        if (Double.isInfinite(result) && !Double.isInfinite(a) && !Double.isInfinite(b)) {
            throw overflow();
        }
        return result;
    }

    private static double product(double a, double b) {
        double result = noOverflow(a * b, a, b);
        if (result == 0 && a != 0 && b != 0) {
            throw underflow();
        }
        return result;
    }

    private static double quotient(double a, double b) {
        if (b == 0 && !Double.isNaN(a)) {
            throw divisionByZero();
        }
        double result = noOverflow(a / b, a, 0);
        if (result == 0 && a != 0 && !Double.isInfinite(b)) {
            throw underflow();
        }
        return result;
    }

    private static double singleProduct(double a, double b) {
        float result = (float) noOverflow((float) (a * b), a, b);
        if (result == 0 && a != 0 && b != 0) {
            throw underflow();
        }
        return result;
    }

    private static double singleQuotient(double a, double b) {
        if (b == 0 && !Double.isNaN(a)) {
            throw divisionByZero();
        }
        float result = (float) noOverflow((float) (a / b), a, 0);
        if (result == 0 && a != 0 && !Double.isInfinite(b)) {
            throw underflow();
        }
        return result;
    }

    static SqlException overflow() {
        return new SqlException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "value out of range: overflow");
    }

    static SqlException underflow() {
        return new SqlException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "value out of range: underflow");
    }
}
