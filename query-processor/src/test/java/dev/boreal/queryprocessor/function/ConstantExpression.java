package dev.boreal.queryprocessor.function;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.queryprocessor.catalog.FixedEvaluation;
import dev.boreal.queryprocessor.syntax.SqlParser;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.FunctionCall;
import dev.boreal.queryprocessor.syntax.tree.Literal;
import dev.boreal.queryprocessor.syntax.tree.Predicate;
import dev.boreal.queryprocessor.syntax.tree.TypeName;
import dev.boreal.queryprocessor.type.Numeric;
import dev.boreal.queryprocessor.type.SqlArray;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Evaluates expressions without columns straight from the tree, as a planner and an executor would together. */
final class ConstantExpression {
    private static final EvaluationContext CONTEXT = new FixedEvaluation();

    private ConstantExpression() {}

    /** A value with its type. */
    record Typed(SqlType type, @Nullable Object value) {}

    /** The result as psql shows it, null for NULL; an error as {@code ERROR state: message}. */
    static @Nullable String evaluate(String sql) {
        try {
            Typed result = evaluate(SqlParser.parseExpression(sql));
            Object value = result.value();
            return value == null ? null : result.type().format(value, CONTEXT);
        } catch (SqlException e) {
            return "ERROR " + e.error().sqlState() + ": " + e.error().message();
        }
    }

    private static Typed evaluate(Expression expression) {
        return switch (expression) {
            case Literal literal -> literal(literal);
            case Expression.TypeCast cast -> cast(cast);
            case Expression.UnaryOperation unary ->
                operation(unary.operator().symbol(), null, evaluate(unary.operand()));
            case Expression.BinaryOperation binary ->
                operation(binary.operator().symbol(), evaluate(binary.left()), evaluate(binary.right()));
            case Expression.ArrayConstructor array -> array(array);
            case Predicate.Like like ->
                operation(
                        like.kind() == Predicate.Like.Kind.ILIKE ? "~~*" : "~~",
                        evaluate(like.value()),
                        evaluate(like.pattern()));
            case FunctionCall call -> call(call);
            default -> throw new IllegalArgumentException(expression.toString());
        };
    }

    private static Typed literal(Literal literal) {
        return switch (literal) {
            case Literal.IntegerLiteral integer -> new Typed(TypeRegistry.INT4, integer.value());
            case Literal.NumericLiteral number -> number(number.text());
            case Literal.StringLiteral string -> new Typed(TypeRegistry.UNKNOWN, string.value());
            case Literal.BooleanLiteral bool -> new Typed(TypeRegistry.BOOL, bool.value());
            case Literal.NullLiteral ignored -> new Typed(TypeRegistry.UNKNOWN, null);
            case Literal.BitStringLiteral ignored -> throw new IllegalArgumentException("bit string");
        };
    }

    private static Typed number(String text) {
        boolean integral = text.chars().allMatch(c -> c == '-' || Character.isDigit(c)) && text.length() < 20;
        return integral
                ? new Typed(TypeRegistry.INT8, Long.valueOf(text))
                : new Typed(TypeRegistry.NUMERIC, Objects.requireNonNull(Numeric.parse(text)));
    }

    private static Typed cast(Expression.TypeCast cast) {
        TypeName name = cast.type();
        SqlType element =
                Objects.requireNonNull(TypeRegistry.findByName(name.name().name()), name.toString());
        SqlType target = name.isArray() ? TypeRegistry.arrayOf(element) : element;
        List<Integer> modifiers = new ArrayList<>();
        for (Expression modifier : name.modifiers()) {
            modifiers.add(((Literal.IntegerLiteral) modifier).value());
        }
        int typeModifier = modifiers.isEmpty() ? -1 : target.typeModifierOf(modifiers);
        Typed operand = evaluate(cast.operand());
        Object value = operand.value();
        CastFunction body = Casts.withModifier(Casts.require(operand.type(), target), target, typeModifier, true);
        return new Typed(target, value == null ? null : body.cast(CONTEXT, value));
    }

    private static Typed array(Expression.ArrayConstructor array) {
        List<Typed> elements = new ArrayList<>();
        List<SqlType> types = new ArrayList<>();
        for (Expression element : array.elements()) {
            Typed value = evaluate(element);
            elements.add(value);
            types.add(value.type());
        }
        SqlType common = Resolution.commonType(types, "ARRAY");
        @Nullable Object[] values = new Object[elements.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = coerce(elements.get(i), common);
        }
        return new Typed(TypeRegistry.arrayOf(common), SqlArray.of(common.oid(), values));
    }

    private static @Nullable Object coerce(Typed operand, SqlType target) {
        Object value = operand.value();
        if (value == null || TypeFamily.isAny(target) || operand.type().oid() == target.oid()) {
            return value;
        }
        return Objects.requireNonNull(Casts.find(operand.type(), target, Casts.Context.IMPLICIT))
                .cast(CONTEXT, value);
    }

    private static Typed operation(String symbol, @Nullable Typed left, Typed right) {
        ResolvedOperator operator = Resolution.operator(symbol, left == null ? null : left.type(), right.type());
        SqlType leftType = operator.left();
        @Nullable Object[] operands = left == null || leftType == null
                ? new @Nullable Object[] {coerce(right, operator.right())}
                : new @Nullable Object[] {coerce(left, leftType), coerce(right, operator.right())};
        boolean skipped = false;
        for (Object operand : operands) {
            skipped |= operator.strict() && operand == null;
        }
        return new Typed(operator.result(), skipped ? null : operator.body().apply(CONTEXT, operands));
    }

    private static Typed call(FunctionCall call) {
        List<Typed> arguments = new ArrayList<>();
        List<SqlType> types = new ArrayList<>();
        List<@Nullable String> names = new ArrayList<>();
        for (Expression argument : call.arguments()) {
            boolean named = argument instanceof Expression.NamedArgument;
            names.add(argument instanceof Expression.NamedArgument given ? given.name() : null);
            Typed value = evaluate(named ? ((Expression.NamedArgument) argument).value() : argument);
            arguments.add(value);
            types.add(value.type());
        }
        CallForm form = new CallForm(
                names.stream().allMatch(Objects::isNull) ? List.of() : names,
                call.variadic(),
                call.star(),
                call.distinct(),
                false,
                false,
                false,
                false);
        ResolvedFunction function =
                Resolution.function(call.name().schema(), call.name().name(), types, form);
        @Nullable Object[] values = new Object[arguments.size()];
        boolean skipped = false;
        for (int i = 0; i < values.length; i++) {
            values[i] = coerce(arguments.get(i), function.argumentTypes().get(i));
            skipped |= function.strict() && values[i] == null;
        }
        if (function.table() != null) {
            return rows(function.table(), values, function.returnType(), skipped);
        }
        ScalarFunction body = Objects.requireNonNull(function.scalar(), call.toString());
        return new Typed(function.returnType(), skipped ? null : body.apply(CONTEXT, values));
    }

    /** The first column of all rows, as an array. */
    private static Typed rows(TableFunction body, @Nullable Object[] arguments, SqlType type, boolean skipped) {
        List<@Nullable Object> values = new ArrayList<>();
        Iterator<@Nullable Object[]> rows = skipped ? Collections.emptyIterator() : body.rows(CONTEXT, arguments);
        while (rows.hasNext()) {
            values.add(rows.next()[0]);
        }
        return new Typed(TypeRegistry.arrayOf(type), SqlArray.of(type.oid(), values.toArray()));
    }
}
