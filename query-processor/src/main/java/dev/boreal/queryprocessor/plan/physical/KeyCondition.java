package dev.boreal.queryprocessor.plan.physical;

import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.function.ResolvedOperator;
import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Operation;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Reference;
import dev.boreal.queryprocessor.plan.relation.Expressions;
import dev.boreal.queryprocessor.plan.relation.Variable;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A condition that may become a bound of a key: a column compared with something that does not read the table's row.
 *
 * @param symbol one of = &lt; &lt;= &gt; &gt;=, the column standing on the left
 */
record KeyCondition(BoundExpression condition, int field, String symbol, BoundExpression value) {

    /** @param own all columns of the table */
    static @Nullable KeyCondition of(BoundExpression condition, List<@Nullable Variable> columns, Set<Variable> own) {
        if (condition instanceof Reference reference) {
            int field = columns.indexOf(reference.variable());
            return field < 0 ? null : isTrue(condition, field, true);
        }
        if (condition instanceof BoundExpression.Not not && not.operand() instanceof Reference reference) {
            int field = columns.indexOf(reference.variable());
            return field < 0 ? null : isTrue(condition, field, false);
        }
        if (!(condition instanceof Operation operation)
                || operation.left() == null
                || operation.operator().signature().btreeStrategy() == 0) {
            return null;
        }
        ResolvedOperator operator = operation.operator();
        KeyCondition straight =
                match(condition, operation.left(), operator.signature().symbol(), operation.right(), columns, own);
        return straight != null
                ? straight
                : match(
                        condition,
                        operation.right(),
                        swapped(operator.signature().symbol()),
                        operation.left(),
                        columns,
                        own);
    }

    private static KeyCondition isTrue(BoundExpression condition, int field, boolean value) {
        return new KeyCondition(condition, field, "=", new BoundExpression.Constant(value, condition.type(), -1));
    }

    private static String swapped(String symbol) {
        return switch (symbol) {
            case "<" -> ">";
            case "<=" -> ">=";
            case ">" -> "<";
            case ">=" -> "<=";
            default -> symbol;
        };
    }

    static BoundExpression unlabelled(BoundExpression expression) {
        return expression instanceof BoundExpression.Relabel relabel
                        && sameValues(relabel.type(), relabel.operand().type())
                ? unlabelled(relabel.operand())
                : expression;
    }

    private static @Nullable KeyCondition match(
            BoundExpression condition,
            BoundExpression column,
            String symbol,
            BoundExpression value,
            List<@Nullable Variable> columns,
            Set<Variable> own) {
        if (!(unlabelled(column) instanceof Reference reference)) {
            return null;
        }
        int field = columns.indexOf(reference.variable());
        if (field < 0 || conversion(value.type(), reference.variable().type()) == null) {
            return null;
        }
        boolean sameType = sameValues(value.type(), reference.variable().type());
        if (!symbol.equals("=")
                && !sameType
                && isNarrowing(value.type(), reference.variable().type())) {
            return null;
        }
        for (Variable used : Expressions.variables(value)) {
            if (own.contains(used)) {
                return null;
            }
        }
        return Volatility.isVolatile(value) ? null : new KeyCondition(condition, field, symbol, value);
    }

    private static boolean sameValues(SqlType a, SqlType b) {
        return a.oid() == b.oid()
                || isText(a) && isText(b)
                || a.name().equals("oid") && b.name().startsWith("reg");
    }

    private static boolean isText(SqlType type) {
        return type.name().equals("text") || type.name().equals("varchar");
    }

    private static boolean isNarrowing(SqlType from, SqlType to) {
        return width(from) > width(to);
    }

    private static int width(SqlType type) {
        return switch (type.name()) {
            case "int2" -> 2;
            case "int4" -> 4;
            case "int8" -> 8;
            default -> 0;
        };
    }

    /** How a value of one type becomes an equal one of another: identity, or among integers. */
    enum Conversion {
        NONE,
        TO_SHORT,
        TO_INTEGER,
        TO_LONG
    }

    static @Nullable Conversion conversion(SqlType from, SqlType to) {
        if (sameValues(from, to)) {
            return Conversion.NONE;
        }
        if (width(from) == 0 || width(to) == 0) {
            return null;
        }
        return switch (width(to)) {
            case 2 -> Conversion.TO_SHORT;
            case 4 -> Conversion.TO_INTEGER;
            default -> Conversion.TO_LONG;
        };
    }

    /** The value in another type; NULL, which no key equals, if it does not fit. */
    static Scalar converted(Scalar value, SqlType from, SqlType to) {
        Conversion conversion = conversion(from, to);
        if (conversion == null || conversion == Conversion.NONE) {
            return value;
        }
        if (conversion == Conversion.TO_LONG) {
            return (row, execution) -> {
                Object number = value.evaluate(row, execution);
                return number == null ? null : (Object) ((Number) number).longValue();
            };
        }
        long most = conversion == Conversion.TO_SHORT ? Short.MAX_VALUE : Integer.MAX_VALUE;
        return (row, execution) -> {
            Object number = value.evaluate(row, execution);
            if (number == null) {
                return null;
            }
            long wide = ((Number) number).longValue();
            return wide > most || wide < -most - 1 ? null : (Object) (int) wide;
        };
    }
}
