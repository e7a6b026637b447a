package dev.boreal.queryprocessor.plan.bind;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.ResolvedOperator;
import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.ArrayOf;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Operation;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Quantified;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Reference;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Row;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.SubqueryExpression;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.SubqueryTest;
import dev.boreal.queryprocessor.plan.relation.BoundQuery;
import dev.boreal.queryprocessor.plan.relation.Variable;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.FunctionCall;
import dev.boreal.queryprocessor.syntax.tree.Predicate;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.syntax.tree.Query;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tests with a syntax of their own, IN and quantified comparisons among them. */
final class PredicateBinder {
    private final Binder binder;

    PredicateBinder(Binder binder) {
        this.binder = binder;
    }

    BoundExpression bind(Predicate predicate, Scope scope) {
        return switch (predicate) {
            case Predicate.QuantifiedArray e -> quantifiedArray(e, scope);
            case Predicate.QuantifiedSubquery e ->
                quantifiedSubquery(
                        e.operator().symbol(),
                        e.quantifier() == Predicate.Quantifier.ANY,
                        e.left(),
                        e.query(),
                        e.position(),
                        scope);
            case Predicate.InList e -> inList(e, scope);
            case Predicate.InSubquery e ->
                OperatorBinder.negated(
                        quantifiedSubquery("=", true, e.value(), e.query(), e.position(), scope), e.negated());
            case Predicate.Exists e -> exists(e, scope);
            case Predicate.Between e -> between(e, scope);
            case Predicate.Like e -> like(e, scope);
            case Predicate.NullTest e -> nullTest(e, scope);
            case Predicate.BooleanTest e -> booleanTest(e, scope);
            case Predicate.DistinctTest e -> distinctTest(e, scope);
            case Predicate.DocumentTest e -> throw BindErrors.notSupported(e.position(), "type xml");
            case Predicate.NormalizedTest e -> normalized(e, scope);
        };
    }

    private BoundExpression quantifiedArray(Predicate.QuantifiedArray e, Scope scope) {
        BoundExpression left = binder.expressions.bind(e.left(), scope);
        BoundExpression array = binder.expressions.bind(e.array(), scope);
        SqlType element = Coercion.isUnknown(array) ? TypeRegistry.UNKNOWN : TypeRegistry.elementOf(array.type());
        if (element == null) {
            throw BindErrors.at(
                    e.position(), SqlState.WRONG_OBJECT_TYPE, "op ANY/ALL (array) requires array on right side");
        }
        SqlType elementType = element;
        ResolvedOperator operator = BindErrors.locate(
                e.position(),
                () -> dev.boreal.queryprocessor.function.Resolution.operator(
                        e.operator().symbol(), left.type(), elementType));
        return quantified(operator, e.quantifier() == Predicate.Quantifier.ANY, left, array, e.position());
    }

    private BoundExpression quantified(
            ResolvedOperator operator, boolean any, BoundExpression left, BoundExpression array, int position) {
        if (operator.result().oid() != TypeRegistry.BOOL.oid()) {
            throw BindErrors.at(
                    position, SqlState.WRONG_OBJECT_TYPE, "op ANY/ALL (array) requires operator to yield boolean");
        }
        SqlType arrayType = TypeRegistry.findArrayOf(operator.right());
        if (arrayType == null) {
            throw BindErrors.at(
                    position,
                    SqlState.UNDEFINED_OBJECT,
                    "could not find array type for data type "
                            + operator.right().formatName(-1));
        }
        return new Quantified(
                operator,
                any,
                binder.coercion.implicit(left, java.util.Objects.requireNonNull(operator.left()), position),
                binder.coercion.implicit(array, arrayType, position));
    }

    private BoundExpression inList(Predicate.InList e, Scope scope) {
        BoundExpression value = binder.expressions.bind(e.value(), scope);
        List<BoundExpression> list = binder.expressions.bindAll(e.list(), scope);
        String symbol = e.negated() ? "<>" : "=";
        BoundExpression hashed = value instanceof Row || list.size() == 1 ? null : asArray(symbol, value, list, e);
        if (hashed != null) {
            return hashed;
        }
        List<BoundExpression> comparisons = new ArrayList<>(list.size());
        for (BoundExpression item : list) {
            comparisons.add(binder.operators.apply(symbol, value, item, e.position()));
        }
        return OperatorBinder.connective(e.negated(), comparisons);
    }

    /** {@code = ANY (ARRAY[...])}, if the items have a type in common with the value; else null. */
    private @Nullable BoundExpression asArray(
            String symbol, BoundExpression value, List<BoundExpression> list, Predicate.InList e) {
        List<BoundExpression> all = new ArrayList<>();
        all.add(value);
        all.addAll(list);
        SqlType common;
        try {
            common = binder.coercion.common(all, "IN", e.position());
        } catch (SqlException differing) {
            return null;
        }
        SqlType arrayType = TypeRegistry.findArrayOf(common);
        if (arrayType == null || common.oid() == TypeRegistry.RECORD.oid()) {
            return null;
        }
        List<BoundExpression> items = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            items.add(binder.coercion.implicit(
                    list.get(i), common, e.list().get(i).position()));
        }
        ResolvedOperator operator = BindErrors.locate(
                e.position(),
                () -> dev.boreal.queryprocessor.function.Resolution.operator(symbol, value.type(), common));
        SqlType elementType = operator.right();
        List<BoundExpression> coerced = new ArrayList<>(items.size());
        for (BoundExpression item : items) {
            coerced.add(binder.coercion.implicit(item, elementType, e.position()));
        }
        SqlType coercedArray = java.util.Objects.requireNonNullElse(TypeRegistry.findArrayOf(elementType), arrayType);
        return quantified(
                operator, !e.negated(), value, new ArrayOf(coerced, coercedArray, elementType, false), e.position());
    }

    private BoundExpression exists(Predicate.Exists e, Scope scope) {
        BoundQuery query = binder.queries.bind(e.query(), scope);
        return new SubqueryExpression(SubqueryExpression.Kind.EXISTS, query, null, TypeRegistry.BOOL, -1);
    }

    private BoundExpression quantifiedSubquery(
            String symbol, boolean any, Expression written, Query query, int position, Scope scope) {
        BoundExpression left = binder.expressions.bind(written, scope);
        return compare(
                any ? SubqueryExpression.Kind.ANY : SubqueryExpression.Kind.ALL, symbol, left, query, position, scope);
    }

    private BoundExpression compare(
            SubqueryExpression.Kind kind,
            String symbol,
            BoundExpression left,
            Query written,
            int position,
            Scope scope) {
        BoundQuery query = binder.queries.bind(written, scope);
        List<BoundExpression> leftFields = left instanceof Row row ? row.fields() : List.of(left);
        if (query.outputs().size() < leftFields.size()) {
            throw BindErrors.at(position, SqlState.SYNTAX_ERROR, "subquery has too few columns");
        }
        if (query.outputs().size() > leftFields.size()) {
            throw BindErrors.at(position, SqlState.SYNTAX_ERROR, "subquery has too many columns");
        }
        List<BoundExpression> right = new ArrayList<>();
        for (Variable column : query.outputs()) {
            right.add(new Reference(column));
        }
        BoundExpression condition = binder.operators.rows(symbol, leftFields, right, position);
        if (condition.type().oid() != TypeRegistry.BOOL.oid()) {
            throw BindErrors.at(
                    position,
                    SqlState.DATATYPE_MISMATCH,
                    "operator " + symbol + " must return type boolean, not type "
                            + condition.type().formatName(-1));
        }
        return new SubqueryExpression(kind, query, test(condition), TypeRegistry.BOOL, -1);
    }

    private static SubqueryTest test(BoundExpression condition) {
        List<BoundExpression> conjuncts = condition instanceof BoundExpression.Connective connective && connective.and()
                ? connective.operands()
                : List.of(condition);
        List<BoundExpression> left = new ArrayList<>();
        List<ResolvedOperator> operators = new ArrayList<>();
        for (BoundExpression conjunct : conjuncts) {
            if (!(conjunct instanceof Operation operation)
                    || operation.left() == null
                    || !(operation.right() instanceof Reference)) {
                return new SubqueryTest(List.of(), List.of(), condition);
            }
            left.add(operation.left());
            operators.add(operation.operator());
        }
        return new SubqueryTest(left, operators, condition);
    }

    /** {@code (a, b) = (SELECT x, y ...)}: the query gives one row at most. */
    BoundExpression rowAgainstSubquery(String symbol, Row row, Query written, int position, Scope scope) {
        BoundExpression any = compare(SubqueryExpression.Kind.ANY, symbol, row, written, position, scope);
        return any;
    }

    private BoundExpression between(Predicate.Between e, Scope scope) {
        BoundExpression value = binder.expressions.bind(e.value(), scope);
        BoundExpression lower = binder.expressions.bind(e.lower(), scope);
        BoundExpression upper = binder.expressions.bind(e.upper(), scope);
        BoundExpression inside = inside(value, lower, upper, e.negated(), e.position());
        if (!e.symmetric()) {
            return inside;
        }
        return OperatorBinder.connective(
                e.negated(), List.of(inside, inside(value, upper, lower, e.negated(), e.position())));
    }

    private BoundExpression inside(
            BoundExpression value, BoundExpression lower, BoundExpression upper, boolean negated, int position) {
        return OperatorBinder.connective(
                !negated,
                List.of(
                        binder.operators.apply(negated ? "<" : ">=", value, lower, position),
                        binder.operators.apply(negated ? ">" : "<=", value, upper, position)));
    }

    private BoundExpression like(Predicate.Like e, Scope scope) {
        BoundExpression value = binder.expressions.bind(e.value(), scope);
        if (e.kind() == Predicate.Like.Kind.SIMILAR_TO) {
            List<Expression> arguments = e.escape() == null ? List.of(e.pattern()) : List.of(e.pattern(), e.escape());
            BoundExpression pattern = call("similar_to_escape", arguments, e.position(), scope);
            return binder.operators.apply(e.negated() ? "!~" : "~", value, pattern, e.position());
        }
        BoundExpression pattern = e.escape() == null
                ? binder.expressions.bind(e.pattern(), scope)
                : call("like_escape", List.of(e.pattern(), e.escape()), e.position(), scope);
        String symbol = e.kind() == Predicate.Like.Kind.LIKE ? "~~" : "~~*";
        return binder.operators.apply(e.negated() ? "!" + symbol : symbol, value, pattern, e.position());
    }

    private BoundExpression call(String name, List<Expression> arguments, int position, Scope scope) {
        return binder.calls.bind(
                FunctionCall.of(
                        new QualifiedName(List.of("pg_catalog", name), position),
                        arguments,
                        FunctionCall.Syntax.ORDINARY,
                        position),
                scope);
    }

    private BoundExpression nullTest(Predicate.NullTest e, Scope scope) {
        BoundExpression operand = binder.coercion.decided(binder.expressions.bind(e.value(), scope), e.position());
        if (operand instanceof Row row && !row.fields().isEmpty()) {
            List<BoundExpression> tests = new ArrayList<>();
            for (BoundExpression field : row.fields()) {
                tests.add(new BoundExpression.NullTest(
                        binder.coercion.decided(field, e.position()), e.negated(), TypeRegistry.BOOL));
            }
            return OperatorBinder.connective(true, tests);
        }
        return new BoundExpression.NullTest(operand, e.negated(), TypeRegistry.BOOL);
    }

    private BoundExpression booleanTest(Predicate.BooleanTest e, Scope scope) {
        String construct = "IS " + (e.negated() ? "NOT " : "") + e.truth();
        BoundExpression operand = binder.expressions.condition(e.value(), scope, construct);
        Boolean truth = switch (e.truth()) {
            case TRUE -> Boolean.TRUE;
            case FALSE -> Boolean.FALSE;
            case UNKNOWN -> null;
        };
        return new BoundExpression.BooleanTest(operand, truth, e.negated());
    }

    private BoundExpression distinctTest(Predicate.DistinctTest e, Scope scope) {
        BoundExpression left = binder.expressions.bind(e.left(), scope);
        BoundExpression right = binder.expressions.bind(e.right(), scope);
        if (left instanceof Row leftRow && right instanceof Row rightRow) {
            if (leftRow.fields().size() != rightRow.fields().size()) {
                throw BindErrors.at(
                        e.position(), SqlState.SYNTAX_ERROR, "unequal number of entries in row expressions");
            }
            List<BoundExpression> tests = new ArrayList<>();
            for (int i = 0; i < leftRow.fields().size(); i++) {
                tests.add(distinct(leftRow.fields().get(i), rightRow.fields().get(i), e.negated(), e.position()));
            }
            return OperatorBinder.connective(e.negated(), tests);
        }
        return distinct(left, right, e.negated(), e.position());
    }

    private BoundExpression distinct(BoundExpression left, BoundExpression right, boolean negated, int position) {
        ResolvedOperator equality = OperatorBinder.resolve("=", left, right, position);
        return new BoundExpression.DistinctTest(
                equality,
                binder.coercion.implicit(left, java.util.Objects.requireNonNull(equality.left()), position),
                binder.coercion.implicit(right, equality.right(), position),
                negated);
    }

    private BoundExpression normalized(Predicate.NormalizedTest e, Scope scope) {
        String form = e.form() == null ? "NFC" : e.form();
        Expression literal = new dev.boreal.queryprocessor.syntax.tree.Literal.StringLiteral(form, e.position());
        return OperatorBinder.negated(
                call("is_normalized", List.of(e.value(), literal), e.position(), scope), e.negated());
    }
}
