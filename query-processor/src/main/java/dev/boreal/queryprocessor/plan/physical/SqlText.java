package dev.boreal.queryprocessor.plan.physical;

import dev.boreal.queryprocessor.plan.bind.FoldingContext;
import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import java.util.ArrayList;
import java.util.List;

/** Expressions as EXPLAIN shows them. */
final class SqlText {
    private SqlText() {}

    static String conjunction(List<BoundExpression> conditions) {
        List<String> parts = new ArrayList<>();
        for (BoundExpression condition : conditions) {
            parts.add(of(condition));
        }
        return parts.size() == 1 ? parts.getFirst() : parts.isEmpty() ? "" : "(" + String.join(" AND ", parts) + ")";
    }

    private static String list(List<BoundExpression> expressions) {
        List<String> parts = new ArrayList<>();
        for (BoundExpression expression : expressions) {
            parts.add(of(expression));
        }
        return String.join(", ", parts);
    }

    static String of(BoundExpression expression) {
        return switch (expression) {
            case BoundExpression.Constant e -> constant(e);
            case BoundExpression.Parameter e -> "$" + e.number();
            case BoundExpression.Reference e -> e.variable().name();
            case BoundExpression.Call e -> e.function().signature().name() + "(" + list(e.arguments()) + ")";
            case BoundExpression.Operation e -> {
                BoundExpression left = e.left();
                yield "(" + (left == null ? "" : of(left) + " ")
                        + e.operator().signature().symbol() + " " + of(e.right()) + ")";
            }
            case BoundExpression.Cast e ->
                "(" + of(e.operand()) + ")::" + e.type().formatName(-1);
            case BoundExpression.Modifier e ->
                "(" + of(e.operand()) + ")::" + e.type().formatName(e.typeModifier());
            case BoundExpression.Relabel e ->
                "(" + of(e.operand()) + ")::" + e.type().formatName(-1);
            case BoundExpression.Connective e -> {
                List<String> parts = new ArrayList<>();
                e.operands().forEach(operand -> parts.add(of(operand)));
                yield "(" + String.join(e.and() ? " AND " : " OR ", parts) + ")";
            }
            case BoundExpression.Not e -> "(NOT " + of(e.operand()) + ")";
            case BoundExpression.NullTest e -> "(" + of(e.operand()) + (e.negated() ? " IS NOT NULL)" : " IS NULL)");
            case BoundExpression.BooleanTest e ->
                "(" + of(e.operand()) + " IS " + (e.negated() ? "NOT " : "")
                        + (e.truth() == null ? "UNKNOWN" : e.truth() ? "TRUE" : "FALSE") + ")";
            case BoundExpression.DistinctTest e ->
                "(" + of(e.left()) + (e.negated() ? " IS NOT DISTINCT FROM " : " IS DISTINCT FROM ") + of(e.right())
                        + ")";
            case BoundExpression.Case e -> caseOf(e);
            case BoundExpression.CaseOperand e -> "CASE_OPERAND";
            case BoundExpression.Coalesce e -> "COALESCE(" + list(e.arguments()) + ")";
            case BoundExpression.NullIf e -> "NULLIF(" + of(e.comparedLeft()) + ", " + of(e.comparedRight()) + ")";
            case BoundExpression.Extremum e -> (e.greatest() ? "GREATEST(" : "LEAST(") + list(e.arguments()) + ")";
            case BoundExpression.Quantified e ->
                "(" + of(e.left()) + " " + e.operator().signature().symbol() + (e.any() ? " ANY (" : " ALL (")
                        + of(e.array()) + "))";
            case BoundExpression.Row e -> "ROW(" + list(e.fields()) + ")";
            case BoundExpression.RowComparison e ->
                "(ROW(" + list(e.left()) + ") " + e.symbol() + " ROW(" + list(e.right()) + "))";
            case BoundExpression.ArrayOf e -> "ARRAY[" + list(e.elements()) + "]";
            case BoundExpression.Subscript e -> of(e.base()) + "[...]";
            case BoundExpression.FieldOf e -> "(" + of(e.base()) + ")." + (e.field() + 1);
            case BoundExpression.SubqueryExpression e -> "(SubPlan)";
            case BoundExpression.AggregateCall e ->
                e.function().signature().name() + "(" + (e.distinct() ? "DISTINCT " : "")
                        + (e.star() ? "*" : list(e.arguments())) + ")";
            case BoundExpression.WindowCall e ->
                e.function().signature().name() + "(" + (e.star() ? "*" : list(e.arguments())) + ") OVER (?)";
            case BoundExpression.SetCall e -> e.function().signature().name() + "(" + list(e.arguments()) + ")";
            case BoundExpression.GroupingCall e -> "GROUPING(" + list(e.arguments()) + ")";
        };
    }

    private static String caseOf(BoundExpression.Case e) {
        StringBuilder text = new StringBuilder("CASE");
        for (BoundExpression.When when : e.whens()) {
            text.append(" WHEN ").append(of(when.condition())).append(" THEN ").append(of(when.result()));
        }
        if (e.otherwise() != null) {
            text.append(" ELSE ").append(of(e.otherwise()));
        }
        return text.append(" END").toString();
    }

    private static String constant(BoundExpression.Constant e) {
        Object value = e.value();
        if (value == null) {
            return "NULL::" + e.type().formatName(-1);
        }
        if (value instanceof Integer || value instanceof Long || value instanceof Boolean) {
            return switch (e.type().name()) {
                case "int2", "int4", "int8", "bool" -> value.toString();
                default -> quoted(e, value);
            };
        }
        return quoted(e, value);
    }

    private static String quoted(BoundExpression.Constant e, Object value) {
        String text;
        try {
            text = e.type().format(value, FoldingContext.INSTANCE);
        } catch (RuntimeException dependsOnSession) {
            text = value.toString();
        }
        return "'" + text.replace("'", "''") + "'::" + e.type().formatName(-1);
    }
}
