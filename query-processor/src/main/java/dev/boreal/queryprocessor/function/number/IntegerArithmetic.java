package dev.boreal.queryprocessor.function.number;

import static dev.boreal.queryprocessor.function.Arguments.bigint;
import static dev.boreal.queryprocessor.function.Arguments.divisionByZero;
import static dev.boreal.queryprocessor.function.Arguments.integer;
import static dev.boreal.queryprocessor.function.Arguments.outOfRange;

import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.FunctionProvider;
import java.util.List;

/** Operators on smallint, integer and bigint. Results that do not fit are errors, never wrapped. */
public final class IntegerArithmetic implements FunctionProvider {
    private static final List<String> INTEGER_PAIRS = List.of("int4 int4", "int2 int4", "int4 int2");
    private static final List<String> BIGINT_PAIRS =
            List.of("int8 int8", "int8 int4", "int4 int8", "int8 int2", "int2 int8");

    @Override
    public void register(Bindings bindings) {
        smallints(bindings);
        integers(bindings);
        bigints(bindings);
        bitwise(bindings);
    }

    private static String signatures(List<String> pairs, String symbol) {
        StringBuilder text = new StringBuilder();
        for (String pair : pairs) {
            text.append(text.isEmpty() ? "" : ", ").append(pair.replace(" ", " " + symbol + " "));
        }
        return text.toString();
    }

    private static void smallints(Bindings bindings) {
        bindings.operator("int2 + int2", (context, a) -> smallint(integer(a, 0) + integer(a, 1)))
                .operator("int2 - int2", (context, a) -> smallint(integer(a, 0) - integer(a, 1)))
                .operator("int2 * int2", (context, a) -> smallint(integer(a, 0) * integer(a, 1)))
                .operator("int2 / int2", (context, a) -> smallint(quotient(integer(a, 0), integer(a, 1))))
                .operator("int2 % int2", (context, a) -> remainder(integer(a, 0), integer(a, 1)))
                .operator("- int2", (context, a) -> smallint(-integer(a, 0)))
                .operator("+ int2", (context, a) -> integer(a, 0))
                .operator("@ int2", (context, a) -> smallint(Math.abs(integer(a, 0))))
                .scalar("abs(int2)", (context, a) -> smallint(Math.abs(integer(a, 0))))
                .scalar("mod(int2,int2)", (context, a) -> remainder(integer(a, 0), integer(a, 1)));
    }

    private static void integers(Bindings bindings) {
        bindings.operator(
                        signatures(INTEGER_PAIRS, "+"),
                        (context, a) -> checkedInteger((long) integer(a, 0) + integer(a, 1)))
                .operator(
                        signatures(INTEGER_PAIRS, "-"),
                        (context, a) -> checkedInteger((long) integer(a, 0) - integer(a, 1)))
                .operator(
                        signatures(INTEGER_PAIRS, "*"),
                        (context, a) -> checkedInteger((long) integer(a, 0) * integer(a, 1)))
                .operator(
                        signatures(INTEGER_PAIRS, "/"),
                        (context, a) -> checkedInteger(quotient(integer(a, 0), integer(a, 1))))
                .operator("int4 % int4", (context, a) -> remainder(integer(a, 0), integer(a, 1)))
                .operator("- int4", (context, a) -> checkedInteger(-(long) integer(a, 0)))
                .operator("+ int4", (context, a) -> integer(a, 0))
                .operator("@ int4", (context, a) -> checkedInteger(Math.abs((long) integer(a, 0))))
                .scalar("abs(int4)", (context, a) -> checkedInteger(Math.abs((long) integer(a, 0))))
                .scalar("mod(int4,int4)", (context, a) -> remainder(integer(a, 0), integer(a, 1)));
    }

    private static void bigints(Bindings bindings) {
        bindings.operator(signatures(BIGINT_PAIRS, "+"), (context, a) -> sum(bigint(a, 0), bigint(a, 1)))
                .operator(signatures(BIGINT_PAIRS, "-"), (context, a) -> difference(bigint(a, 0), bigint(a, 1)))
                .operator(signatures(BIGINT_PAIRS, "*"), (context, a) -> product(bigint(a, 0), bigint(a, 1)))
                .operator(signatures(BIGINT_PAIRS, "/"), (context, a) -> bigQuotient(bigint(a, 0), bigint(a, 1)))
                .operator("int8 % int8", (context, a) -> bigRemainder(bigint(a, 0), bigint(a, 1)))
                .operator("- int8", (context, a) -> difference(0, bigint(a, 0)))
                .operator("+ int8", (context, a) -> bigint(a, 0))
                .operator("@ int8", (context, a) -> magnitude(bigint(a, 0)))
                .scalar("abs(int8)", (context, a) -> magnitude(bigint(a, 0)))
                .scalar("mod(int8,int8)", (context, a) -> bigRemainder(bigint(a, 0), bigint(a, 1)));
    }

    private static void bitwise(Bindings bindings) {
        bindings.operator("int2 & int2, int4 & int4", (context, a) -> integer(a, 0) & integer(a, 1))
                .operator("int2 | int2", (context, a) -> integer(a, 0) | integer(a, 1))
                .operator("int4 | int4", (context, a) -> integer(a, 0) | integer(a, 1))
                .operator("int2 # int2", (context, a) -> integer(a, 0) ^ integer(a, 1))
                .operator("int4 # int4", (context, a) -> integer(a, 0) ^ integer(a, 1))
                .operator("~ int2", (context, a) -> ~integer(a, 0))
                .operator("~ int4", (context, a) -> ~integer(a, 0))
                .operator("int2 << int4", (context, a) -> (int) (short) (integer(a, 0) << integer(a, 1)))
                .operator("int2 >> int4", (context, a) -> integer(a, 0) >> integer(a, 1))
                .operator("int4 << int4", (context, a) -> integer(a, 0) << integer(a, 1))
                .operator("int4 >> int4", (context, a) -> integer(a, 0) >> integer(a, 1))
                .operator("int8 & int8", (context, a) -> bigint(a, 0) & bigint(a, 1))
                .operator("int8 | int8", (context, a) -> bigint(a, 0) | bigint(a, 1))
                .operator("int8 # int8", (context, a) -> bigint(a, 0) ^ bigint(a, 1))
                .operator("~ int8", (context, a) -> ~bigint(a, 0))
                .operator("int8 << int4", (context, a) -> bigint(a, 0) << integer(a, 1))
                .operator("int8 >> int4", (context, a) -> bigint(a, 0) >> integer(a, 1));
    }

    static int smallint(int value) {
        if ((short) value != value) {
            throw outOfRange("smallint");
        }
        return value;
    }

    static int checkedInteger(long value) {
        if ((int) value != value) {
            throw outOfRange("integer");
        }
        return (int) value;
    }

    static long sum(long a, long b) {
        long result = a + b;
        if (((a ^ result) & (b ^ result)) < 0) {
            throw outOfRange("bigint");
        }
        return result;
    }

    static long difference(long a, long b) {
        long result = a - b;
        if (((a ^ b) & (a ^ result)) < 0) {
            throw outOfRange("bigint");
        }
        return result;
    }

    static long product(long a, long b) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        if (high != low >> 63) {
            throw outOfRange("bigint");
        }
        return low;
    }

    private static int quotient(int a, int b) {
        if (b == 0) {
            throw divisionByZero();
        }
        if (b == -1) {
            return checkedInteger(-(long) a);
        }
        return a / b;
    }

    private static int remainder(int a, int b) {
        if (b == 0) {
            throw divisionByZero();
        }
        return b == -1 ? 0 : a % b;
    }

    private static long bigQuotient(long a, long b) {
        if (b == 0) {
            throw divisionByZero();
        }
        return b == -1 ? difference(0, a) : a / b;
    }

    private static long bigRemainder(long a, long b) {
        if (b == 0) {
            throw divisionByZero();
        }
        return b == -1 ? 0 : a % b;
    }

    private static long magnitude(long value) {
        return value < 0 ? difference(0, value) : value;
    }
}
