package dev.boreal.queryprocessor.function.number;

import static dev.boreal.queryprocessor.function.Arguments.number;

import dev.boreal.queryprocessor.function.Arguments;
import dev.boreal.queryprocessor.function.Bindings;
import java.util.function.DoubleUnaryOperator;

/** Circular and hyperbolic functions, in radians and (with a d at the end) in degrees. */
final class Trigonometry {
    private Trigonometry() {}

    static void register(Bindings bindings) {
        finite(bindings, "sin(float8)", Math::sin);
        finite(bindings, "cos(float8)", Math::cos);
        finite(bindings, "tan(float8)", Math::tan);
        finite(bindings, "cot(float8)", value -> 1 / Math.tan(value));
        finite(bindings, "sind(float8)", Trigonometry::sineOfDegrees);
        finite(bindings, "cosd(float8)", value -> sineOfDegrees(90 - value % 360));
        finite(bindings, "tand(float8)", Trigonometry::tangentOfDegrees);
        finite(bindings, "cotd(float8)", value -> 1 / tangentOfDegrees(value));
        FloatFunctions.unary(bindings, "asin(float8)", value -> Math.asin(inUnit(value)));
        FloatFunctions.unary(bindings, "acos(float8)", value -> Math.acos(inUnit(value)));
        FloatFunctions.unary(bindings, "atan(float8)", Math::atan);
        FloatFunctions.unary(bindings, "asind(float8)", value -> toDegrees(Math.asin(inUnit(value))));
        FloatFunctions.unary(bindings, "acosd(float8)", value -> toDegrees(Math.acos(inUnit(value))));
        FloatFunctions.unary(bindings, "atand(float8)", value -> toDegrees(Math.atan(value)));
        FloatFunctions.unary(bindings, "sinh(float8)", Math::sinh);
        FloatFunctions.unary(bindings, "cosh(float8)", Math::cosh);
        FloatFunctions.unary(bindings, "tanh(float8)", Math::tanh);
        FloatFunctions.unary(bindings, "asinh(float8)", Trigonometry::inverseSinh);
        FloatFunctions.unary(bindings, "acosh(float8)", value -> {
            if (value < 1) {
                throw Arguments.outOfRange("input is");
            }
            return Math.log(value + Math.sqrt(value * value - 1));
        });
        FloatFunctions.unary(bindings, "atanh(float8)", value -> 0.5 * Math.log((1 + inUnit(value)) / (1 - value)));
        bindings.scalar("atan2(float8,float8)", (c, a) -> Math.atan2(number(a, 0), number(a, 1)))
                .scalar("atan2d(float8,float8)", (c, a) -> toDegrees(Math.atan2(number(a, 0), number(a, 1))));
    }

    private static void finite(Bindings bindings, String signature, DoubleUnaryOperator body) {
        FloatFunctions.unary(bindings, signature, value -> {
            if (Double.isInfinite(value)) {
                throw Arguments.outOfRange("input is");
            }
            return body.applyAsDouble(value);
        });
    }

    private static double inUnit(double value) {
        if (value < -1 || value > 1) {
            throw Arguments.outOfRange("input is");
        }
        return value;
    }

    private static double inverseSinh(double value) {
        double magnitude = Math.abs(value);
        return Math.copySign(Math.log(magnitude + Math.sqrt(magnitude * magnitude + 1)), value);
    }

    private static double toDegrees(double radians) {
        double degrees = radians / (Math.PI / 180);
        double whole = Math.rint(degrees);
        return Math.abs(degrees - whole) < 1e-13 ? whole : degrees;
    }

    /** Exact at multiples of 30 degrees. */
    private static double sineOfDegrees(double degrees) {
        double angle = degrees % 360;
        if (angle < 0) {
            angle += 360;
        }
        boolean negative = angle > 180;
        if (negative) {
            angle = 360 - angle;
        }
        if (angle > 90) {
            angle = 180 - angle;
        }
        double sine = angle == 0 ? 0 : angle == 30 ? 0.5 : angle == 90 ? 1 : Math.sin(angle * (Math.PI / 180));
        return negative ? -sine : sine;
    }

    private static double tangentOfDegrees(double degrees) {
        double angle = degrees % 180;
        if (Math.abs(angle) == 45) {
            return Math.signum(angle);
        }
        return sineOfDegrees(degrees) / sineOfDegrees(90 - degrees % 360);
    }
}
