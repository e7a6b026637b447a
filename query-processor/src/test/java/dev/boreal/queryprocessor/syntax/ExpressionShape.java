package dev.boreal.queryprocessor.syntax;

import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.FunctionCall;
import dev.boreal.queryprocessor.syntax.tree.Literal;
import dev.boreal.queryprocessor.syntax.tree.OperatorName;
import dev.boreal.queryprocessor.syntax.tree.Predicate;
import dev.boreal.queryprocessor.syntax.tree.SortItem;
import dev.boreal.queryprocessor.syntax.tree.TypeName;
import dev.boreal.queryprocessor.syntax.tree.WindowDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Expressions fully parenthesised, prefix operators first, as the golden files have them from PostgreSQL's own trees. */
final class ExpressionShape {

    private ExpressionShape() {}

    static String group(Object... parts) {
        List<String> words = new ArrayList<>();
        for (Object part : parts) {
            if (part instanceof List<?> list) {
                list.forEach(item -> words.add(String.valueOf(item)));
            } else {
                words.add(String.valueOf(part));
            }
        }
        words.removeIf(String::isEmpty);
        return "(" + String.join(" ", words) + ")";
    }

    static <T> List<String> map(List<T> list, Function<T, String> shape) {
        return list.stream().map(shape).toList();
    }

    static String name(List<String> parts) {
        return String.join(".", parts);
    }

    private static String operator(OperatorName operator) {
        return (operator.schema() == null ? "" : operator.schema() + ".") + operator.symbol();
    }

    static String orDash(@Nullable Expression expression) {
        return expression == null ? "-" : of(expression);
    }

    static String of(Expression expression) {
        return switch (expression) {
            case Literal literal -> literal(literal);
            case Expression.ParameterReference parameter -> "$" + parameter.number();
            case Expression.ColumnReference column -> name(column.parts());
            case Expression.Star star -> star.qualifier().isEmpty() ? "*" : name(star.qualifier()) + ".*";
            case Expression.FieldSelection f -> part(expression);
            case Expression.FieldStar f -> part(expression);
            case Expression.Subscript s -> part(expression);
            case Expression.TypeCast cast -> group("cast", of(cast.operand()), type(cast.type()));
            case Expression.Collate c ->
                group("collate", of(c.operand()), name(c.collation().parts()));
            case Expression.UnaryOperation u -> group(operator(u.operator()), of(u.operand()));
            case Expression.BinaryOperation b -> group(operator(b.operator()), of(b.left()), of(b.right()));
            case Expression.Logical l ->
                group(l.connective().name().toLowerCase(Locale.ROOT), map(l.operands(), ExpressionShape::of));
            case Expression.Not not -> group("not", of(not.operand()));
            case Predicate predicate -> predicate(predicate);
            case Expression.RowConstructor row ->
                group(row.explicit() ? "ROW" : "row", map(row.fields(), ExpressionShape::of));
            case Expression.ArrayConstructor array -> group("array", map(array.elements(), ExpressionShape::of));
            case Expression.ArraySubquery array -> group("array-subquery", StatementShape.query(array.query()));
            case Expression.ScalarSubquery scalar -> group("subquery", StatementShape.query(scalar.query()));
            case Expression.Case choice ->
                group(
                        "case",
                        orDash(choice.operand()),
                        map(choice.whens(), when -> group("when", of(when.condition()), of(when.result()))),
                        orDash(choice.otherwise()));
            case Expression.Coalesce c -> group("coalesce", map(c.arguments(), ExpressionShape::of));
            case Expression.NullIf n -> group("nullif", of(n.left()), of(n.right()));
            case Expression.Extremum e ->
                group(e.greatest() ? "greatest" : "least", map(e.arguments(), ExpressionShape::of));
            case FunctionCall call -> call(call);
            case Expression.NamedArgument named -> group("named", named.name(), of(named.value()));
            case Expression.CurrentValue value ->
                group("value", value.kind().name(), value.precision() == null ? "" : value.precision());
            case Expression.Grouping grouping -> group("grouping", map(grouping.arguments(), ExpressionShape::of));
            case Expression.Default none -> "(default)";
            case Expression.CurrentOf current -> group("current-of", current.cursor());
        };
    }

    private static String literal(Literal literal) {
        return switch (literal) {
            case Literal.IntegerLiteral integer -> String.valueOf(integer.value());
            case Literal.NumericLiteral number -> number.text();
            case Literal.StringLiteral string -> quoted(string.value());
            case Literal.BitStringLiteral bits -> (bits.hexadecimal() ? "x" : "b") + quoted(bits.digits());
            case Literal.BooleanLiteral truth -> String.valueOf(truth.value());
            case Literal.NullLiteral none -> "null";
        };
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String part(Expression expression) {
        List<String> parts = new ArrayList<>();
        Expression base = expression;
        while (true) {
            switch (base) {
                case Expression.FieldSelection field -> {
                    parts.addFirst("." + field.field());
                    base = field.base();
                }
                case Expression.FieldStar star -> {
                    parts.addFirst(".*");
                    base = star.base();
                }
                case Expression.Subscript subscript -> {
                    parts.addAll(0, map(subscript.indexes(), ExpressionShape::index));
                    base = subscript.base();
                }
                default -> {
                    return group("part", of(base), parts);
                }
            }
        }
    }

    static String index(Expression.Subscript.Index index) {
        return "["
                + (index.lower() == null ? "" : of(index.lower()))
                + (index.slice() ? ":" : "")
                + (index.upper() == null ? "" : of(index.upper()))
                + "]";
    }

    static String type(TypeName type) {
        StringBuilder text = new StringBuilder(type.setOf() ? "setof " : "");
        text.append(name(type.name().parts()));
        if (!type.modifiers().isEmpty()) {
            text.append('(')
                    .append(String.join(",", map(type.modifiers(), ExpressionShape::of)))
                    .append(')');
        }
        text.append(type.percentType() ? "%type" : "");
        type.arrayBounds().forEach(bound -> text.append(bound < 0 ? "[]" : "[" + bound + "]"));
        return text.toString();
    }

    private static String not(boolean negated, String shape) {
        return negated ? group("not", shape) : shape;
    }

    private static String predicate(Predicate predicate) {
        return switch (predicate) {
            case Predicate.QuantifiedArray q ->
                group(quantifier(q.quantifier()), operator(q.operator()), of(q.left()), of(q.array()));
            case Predicate.QuantifiedSubquery q ->
                group(
                        quantifier(q.quantifier()),
                        operator(q.operator()),
                        of(q.left()),
                        StatementShape.query(q.query()));
            case Predicate.InList in ->
                group(in.negated() ? "not-in" : "in", of(in.value()), map(in.list(), ExpressionShape::of));
            case Predicate.InSubquery in ->
                not(in.negated(), group("in-query", of(in.value()), StatementShape.query(in.query())));
            case Predicate.Exists exists -> group("exists", StatementShape.query(exists.query()));
            case Predicate.Between b ->
                group(
                        (b.negated() ? "not_between" : "between") + (b.symmetric() ? "_sym" : ""),
                        of(b.value()),
                        of(b.lower()),
                        of(b.upper()));
            case Predicate.Like like ->
                group(
                        (like.negated() ? "not-" : "")
                                + switch (like.kind()) {
                                    case LIKE -> "like";
                                    case ILIKE -> "ilike";
                                    case SIMILAR_TO -> "similar";
                                },
                        of(like.value()),
                        of(like.pattern()),
                        like.escape() == null ? "" : of(like.escape()));
            case Predicate.NullTest test -> group(test.negated() ? "is-not-null" : "is-null", of(test.value()));
            case Predicate.BooleanTest test ->
                group(
                        (test.negated() ? "is_not_" : "is_")
                                + test.truth().name().toLowerCase(Locale.ROOT),
                        of(test.value()));
            case Predicate.DistinctTest test ->
                group(test.negated() ? "not-distinct" : "distinct", of(test.left()), of(test.right()));
            case Predicate.DocumentTest test -> not(test.negated(), group("document", of(test.value())));
            case Predicate.NormalizedTest test ->
                not(
                        test.negated(),
                        group(
                                "call",
                                "pg_catalog.is_normalized",
                                of(test.value()),
                                test.form() == null ? "" : quoted(test.form())));
        };
    }

    private static String quantifier(Predicate.Quantifier quantifier) {
        return quantifier.name().toLowerCase(Locale.ROOT);
    }

    private static String call(FunctionCall call) {
        return group(
                "call",
                name(call.name().parts()),
                call.star() ? "*" : "",
                call.distinct() ? "distinct" : "",
                call.variadic() ? "variadic" : "",
                map(call.arguments(), ExpressionShape::of),
                call.withinGroup() ? "within" : "",
                call.orderBy().isEmpty() ? "" : group("order", map(call.orderBy(), ExpressionShape::sort)),
                call.filter() == null ? "" : group("filter", of(call.filter())),
                call.over() == null ? "" : window(call.over()));
    }

    static String sort(SortItem item) {
        String direction = switch (item.direction()) {
            case DEFAULT -> "";
            case ASCENDING -> "asc";
            case DESCENDING -> "desc";
            case USING -> "using " + (item.using() == null ? "" : operator(item.using()));
        };
        return group(of(item.expression()), direction, nulls(item.nulls()));
    }

    static String nulls(SortItem.Nulls nulls) {
        return nulls == SortItem.Nulls.DEFAULT ? "" : nulls.name().toLowerCase(Locale.ROOT);
    }

    static String window(WindowDefinition window) {
        WindowDefinition.Frame frame = window.frame();
        return group(
                "window",
                window.name() == null ? "-" : window.name(),
                window.base() == null ? "-" : window.base(),
                group(map(window.partitionBy(), ExpressionShape::of)),
                group(map(window.orderBy(), ExpressionShape::sort)),
                frameOptions(frame),
                frame == null ? "-" : orDash(frame.start().offset()),
                frame == null || frame.end() == null ? "-" : orDash(frame.end().offset()));
    }

    /** The bits by which PostgreSQL's trees tell a frame. */
    private static int frameOptions(WindowDefinition.@Nullable Frame frame) {
        if (frame == null) {
            return 0x2 | 0x20 | 0x400;
        }
        int options = 1
                | switch (frame.mode()) {
                    case RANGE -> 0x2;
                    case ROWS -> 0x4;
                    case GROUPS -> 0x8;
                };
        options |= switch (frame.start().kind()) {
            case UNBOUNDED_PRECEDING -> 0x20;
            case UNBOUNDED_FOLLOWING -> 0x80;
            case CURRENT_ROW -> 0x200;
            case OFFSET_PRECEDING -> 0x800;
            case OFFSET_FOLLOWING -> 0x2000;
        };
        options |= frame.end() == null
                ? 0x400
                : 0x10
                        | switch (frame.end().kind()) {
                            case UNBOUNDED_PRECEDING -> 0x40;
                            case UNBOUNDED_FOLLOWING -> 0x100;
                            case CURRENT_ROW -> 0x400;
                            case OFFSET_PRECEDING -> 0x1000;
                            case OFFSET_FOLLOWING -> 0x4000;
                        };
        return options
                | switch (frame.exclusion()) {
                    case NO_OTHERS -> 0;
                    case CURRENT_ROW -> 0x8000;
                    case GROUP -> 0x10000;
                    case TIES -> 0x20000;
                };
    }
}
