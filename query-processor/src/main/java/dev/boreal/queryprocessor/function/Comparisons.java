package dev.boreal.queryprocessor.function;

import dev.boreal.queryprocessor.function.time.ZonedMoments;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.time.ZoneId;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The six comparisons of every type that has an order, and of the pairs of types that PostgreSQL compares without a cast: integers of
 * different widths, floats of different precision, name and text, dates and timestamps.
 */
final class Comparisons {
    private Comparisons() {}

    /** Compares two values that are not null. */
    @FunctionalInterface
    interface Order {
        int compare(EvaluationContext context, Object left, Object right);
    }

    /** The body of a comparison, or null if the operator is none or has types without an order. */
    static @Nullable Function<CallTypes, ScalarFunction> bodyOf(OperatorSignature signature) {
        SqlType left = signature.left();
        if (left == null || !isComparison(signature.symbol()) || !hasOrder(left, signature.right())) {
            return null;
        }
        String symbol = signature.symbol();
        return types -> body(symbol, types.argument(0), types.argument(1));
    }

    private static boolean isComparison(String symbol) {
        return switch (symbol) {
            case "=", "<>", "<", "<=", ">", ">=" -> true;
            default -> false;
        };
    }

    private static boolean hasOrder(SqlType left, SqlType right) {
        return TypeFamily.isPolymorphic(left) || orderOf(left, right) != null;
    }

    private static ScalarFunction body(String symbol, SqlType left, SqlType right) {
        if (TypeFamily.same(left, right) && (symbol.equals("=") || symbol.equals("<>"))) {
            boolean wanted = symbol.equals("=");
            return (context, arguments) -> left.equal(value(arguments[0]), value(arguments[1])) == wanted;
        }
        Order order = orderOf(left, right);
        if (order == null) {
            throw new IllegalStateException(left + symbol + right);
        }
        return switch (symbol) {
            case "=" -> (context, arguments) -> order.compare(context, value(arguments[0]), value(arguments[1])) == 0;
            case "<>" -> (context, arguments) -> order.compare(context, value(arguments[0]), value(arguments[1])) != 0;
            case "<" -> (context, arguments) -> order.compare(context, value(arguments[0]), value(arguments[1])) < 0;
            case "<=" -> (context, arguments) -> order.compare(context, value(arguments[0]), value(arguments[1])) <= 0;
            case ">" -> (context, arguments) -> order.compare(context, value(arguments[0]), value(arguments[1])) > 0;
            default -> (context, arguments) -> order.compare(context, value(arguments[0]), value(arguments[1])) >= 0;
        };
    }

    /** A date beyond all timestamps stands between them and infinity. */
    private static long midnight(int days) {
        return ZonedMoments.reaches(days) ? ZonedMoments.midnight(days) : ZonedMoments.INFINITY - 1;
    }

    private static long midnight(int days, ZoneId zone) {
        return ZonedMoments.reaches(days) ? ZonedMoments.midnight(days, zone) : ZonedMoments.INFINITY - 1;
    }

    private static Object value(@Nullable Object argument) {
        if (argument == null) {
            throw new IllegalStateException("strict operator called with null");
        }
        return argument;
    }

    /** How values of the two types compare, or null if PostgreSQL has no such comparison without a cast. */
    static @Nullable Order orderOf(SqlType left, SqlType right) {
        if (TypeFamily.same(left, right)) {
            return left.comparable() ? (context, a, b) -> left.compare(a, b) : null;
        }
        return switch (left.name() + " " + right.name()) {
            case "int2 int4", "int4 int2" -> (context, a, b) -> Integer.compare((Integer) a, (Integer) b);
            case "int2 int8", "int4 int8" -> (context, a, b) -> Long.compare((Integer) a, (Long) b);
            case "int8 int2", "int8 int4" -> (context, a, b) -> Long.compare((Long) a, (Integer) b);
            case "float4 float8", "float8 float4" ->
                (context, a, b) -> TypeRegistry.FLOAT8.compare(((Number) a).doubleValue(), ((Number) b).doubleValue());
            case "name text", "text name" -> (context, a, b) -> TypeRegistry.TEXT.compare(a, b);
            case "date timestamp" -> (context, a, b) -> Long.compare(midnight((Integer) a), (Long) b);
            case "timestamp date" -> (context, a, b) -> Long.compare((Long) a, midnight((Integer) b));
            case "date timestamptz" ->
                (context, a, b) -> Long.compare(midnight((Integer) a, context.timeZone()), (Long) b);
            case "timestamptz date" ->
                (context, a, b) -> Long.compare((Long) a, midnight((Integer) b, context.timeZone()));
            case "timestamp timestamptz" ->
                (context, a, b) -> Long.compare(ZonedMoments.toUtc((Long) a, context.timeZone()), (Long) b);
            case "timestamptz timestamp" ->
                (context, a, b) -> Long.compare((Long) a, ZonedMoments.toUtc((Long) b, context.timeZone()));
            default -> null;
        };
    }
}
