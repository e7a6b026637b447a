package dev.boreal.queryprocessor.plan.bind;

import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.ArrayOf;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.CaseOperand;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Constant;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Parameter;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Row;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.SubqueryExpression;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.SubscriptBound;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.When;
import dev.boreal.queryprocessor.plan.relation.BoundQuery;
import dev.boreal.queryprocessor.plan.relation.Variable;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.FunctionCall;
import dev.boreal.queryprocessor.syntax.tree.Literal;
import dev.boreal.queryprocessor.syntax.tree.OperatorName;
import dev.boreal.queryprocessor.syntax.tree.Predicate;
import dev.boreal.queryprocessor.syntax.tree.Query;
import dev.boreal.queryprocessor.type.Numeric;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives every expression its meaning and type; calls and predicates have binders of their own. */
final class ExpressionBinder {
    /** As many as a Bind message can carry. */
    private static final int MOST_PARAMETERS = 65_535;

    private final Binder binder;

    ExpressionBinder(Binder binder) {
        this.binder = binder;
    }

    List<BoundExpression> bindAll(List<Expression> expressions, Scope scope) {
        List<BoundExpression> bound = new ArrayList<>(expressions.size());
        for (Expression expression : expressions) {
            bound.add(bind(expression, scope));
        }
        return bound;
    }

    /** A boolean; {@code construct} names the clause in the error. */
    BoundExpression condition(Expression expression, Scope scope, String construct) {
        return binder.coercion.condition(bind(expression, scope), construct, expression.position());
    }

    private Parameter parameter(Expression.ParameterReference e) {
        if (e.number() < 1 || e.number() > MOST_PARAMETERS) {
            throw BindErrors.at(e.position(), SqlState.UNDEFINED_PARAMETER, "there is no parameter $" + e.number());
        }
        return new Parameter(e.number(), binder.analysis.parameterType(e.number()));
    }

    BoundExpression bind(Expression expression, Scope scope) {
        return switch (expression) {
            case Literal literal -> literal(literal);
            case Expression.ParameterReference e -> parameter(e);
            case Expression.ColumnReference e -> binder.columns.bind(e, scope);
            case Expression.FieldSelection e -> field(e, scope);
            case Expression.Subscript e -> subscript(e, scope);
            case Expression.TypeCast e -> cast(e, scope);
            case Expression.Collate e -> collate(e, scope);
            case Expression.UnaryOperation e ->
                binder.operators.apply(e.operator(), null, bind(e.operand(), scope), e.position());
            case Expression.BinaryOperation e -> binary(e, scope);
            case Expression.Logical e -> logical(e, scope);
            case Expression.Not e -> new BoundExpression.Not(condition(e.operand(), scope, "NOT"));
            case Predicate e -> binder.predicates.bind(e, scope);
            case Expression.RowConstructor e -> row(e, scope);
            case Expression.ArrayConstructor e -> array(e, scope);
            case Expression.ArraySubquery e -> arraySubquery(e, scope);
            case Expression.ScalarSubquery e -> scalarSubquery(e.query(), e.position(), scope);
            case Expression.Case e -> caseOf(e, scope);
            case Expression.Coalesce e -> coalesce(e, scope);
            case Expression.NullIf e -> nullIf(e, scope);
            case Expression.Extremum e -> extremum(e, scope);
            case FunctionCall e -> binder.calls.bind(e, scope);
            case Expression.CurrentValue e -> binder.calls.currentValue(e);
            case Expression.Grouping e -> binder.calls.grouping(e, scope);
            case Expression.NamedArgument e -> bind(e.value(), scope);
            case Expression.Default e ->
                throw BindErrors.at(e.position(), SqlState.SYNTAX_ERROR, "DEFAULT is not allowed in this context");
            case Expression.Star e ->
                throw BindErrors.at(
                        e.position(),
                        SqlState.SYNTAX_ERROR,
                        e.qualifier().isEmpty()
                                ? "\"*\" is not allowed in this context"
                                : "row expansion via \"*\" is not supported here");
            case Expression.FieldStar e -> throw BindErrors.notSupported(e.position(), "row expansion via \"*\" here");
            case Expression.CurrentOf e -> throw BindErrors.notSupported(e.position(), "WHERE CURRENT OF");
        };
    }

    private static BoundExpression literal(Literal literal) {
        return switch (literal) {
            case Literal.IntegerLiteral e -> new Constant(e.value(), TypeRegistry.INT4, -1);
            case Literal.NumericLiteral e -> number(e.text());
            case Literal.StringLiteral e -> new Constant(e.value(), TypeRegistry.UNKNOWN, -1);
            case Literal.BooleanLiteral e -> new Constant(e.value(), TypeRegistry.BOOL, -1);
            case Literal.NullLiteral e -> new Constant(null, TypeRegistry.UNKNOWN, -1);
            case Literal.BitStringLiteral e -> throw BindErrors.notSupported(e.position(), "type bit");
        };
    }

    private static BoundExpression number(String text) {
        try {
            long value = Long.parseLong(text);
            return new Constant(value, TypeRegistry.INT8, -1);
        } catch (NumberFormatException notBigint) {
            Object value = TypeRegistry.NUMERIC.parse(text, FoldingContext.INSTANCE);
            return new Constant((Numeric) value, TypeRegistry.NUMERIC, -1);
        }
    }

    private BoundExpression field(Expression.FieldSelection e, Scope scope) {
        return fieldOf(bind(e.base(), scope), e.field(), e.position());
    }

    /** A field of a composite value, where the fields are known. */
    static BoundExpression fieldOf(BoundExpression base, String field, int position) {
        Composite composite = Composite.of(base);
        if (composite == null) {
            throw base.type().oid() == TypeRegistry.RECORD.oid()
                    ? BindErrors.at(
                            position,
                            SqlState.UNDEFINED_COLUMN,
                            "could not identify column \"" + field + "\" in record data type")
                    : BindErrors.at(
                            position,
                            SqlState.WRONG_OBJECT_TYPE,
                            "column notation ." + field + " applied to type "
                                    + base.type().formatName(-1) + ", which is not a composite type");
        }
        int index = composite.names().indexOf(field);
        if (index < 0) {
            throw BindErrors.at(
                    position,
                    SqlState.UNDEFINED_COLUMN,
                    "could not identify column \"" + field + "\" in record data type");
        }
        return composite.field(base, index);
    }

    private BoundExpression subscript(Expression.Subscript e, Scope scope) {
        BoundExpression base = bind(e.base(), scope);
        SqlType element = TypeRegistry.elementOf(base.type());
        if (element == null) {
            if (base.type().name().equals("jsonb")) {
                return jsonSubscript(base, e, scope);
            }
            throw BindErrors.at(
                    e.position(),
                    SqlState.DATATYPE_MISMATCH,
                    "cannot subscript type " + base.type().formatName(-1)
                            + " because it does not support subscripting");
        }
        boolean slice = false;
        for (Expression.Subscript.Index index : e.indexes()) {
            slice |= index.slice();
        }
        List<SubscriptBound> bounds = new ArrayList<>();
        for (Expression.Subscript.Index index : e.indexes()) {
            BoundExpression lower = bound(index.lower(), scope);
            BoundExpression upper = bound(index.upper(), scope);
            if (slice && !index.slice()) {
                lower = new Constant(1, TypeRegistry.INT4, -1);
            }
            bounds.add(new SubscriptBound(lower, upper));
        }
        return new BoundExpression.Subscript(base, bounds, slice, slice ? base.type() : element);
    }

    private @Nullable BoundExpression bound(@Nullable Expression written, Scope scope) {
        if (written == null) {
            return null;
        }
        BoundExpression bound = bind(written, scope);
        if (!Coercion.isUnknown(bound) && bound.type().category() != 'N') {
            throw BindErrors.at(
                    written.position(), SqlState.DATATYPE_MISMATCH, "array subscript must have type integer");
        }
        return binder.coercion.assignment(bound, TypeRegistry.INT4, -1, "subscript", written.position());
    }

    private BoundExpression jsonSubscript(BoundExpression base, Expression.Subscript e, Scope scope) {
        BoundExpression result = base;
        for (Expression.Subscript.Index index : e.indexes()) {
            if (index.slice() || index.upper() == null) {
                throw BindErrors.at(
                        e.position(), SqlState.DATATYPE_MISMATCH, "jsonb subscript does not support slices");
            }
            BoundExpression key = bind(index.upper(), scope);
            result = binder.operators.apply("->", result, key, e.position());
        }
        return result;
    }

    private BoundExpression cast(Expression.TypeCast e, Scope scope) {
        TypeNames.Resolved target = TypeNames.resolve(e.type());
        BoundExpression operand = e.operand() instanceof Expression.ArrayConstructor array
                        && TypeRegistry.elementOf(target.type()) != null
                ? arrayOf(array, scope, target.type())
                : bind(e.operand(), scope);
        return binder.coercion.explicit(
                operand,
                target.type(),
                target.typeModifier(),
                e.position() == 0 ? e.operand().position() : positionOf(e, operand));
    }

    /** Errors of reading a literal point at the literal, others at the cast. */
    private static int positionOf(Expression.TypeCast e, BoundExpression operand) {
        return Coercion.isUnknown(operand) ? e.operand().position() : e.position();
    }

    private BoundExpression collate(Expression.Collate e, Scope scope) {
        BoundExpression operand = bind(e.operand(), scope);
        String name = e.collation().name();
        if (!Coercion.isUnknown(operand) && operand.type().category() != 'S') {
            throw BindErrors.at(
                    e.position(),
                    SqlState.DATATYPE_MISMATCH,
                    "collations are not supported by type " + operand.type().formatName(-1));
        }
        return switch (name) {
            case "C", "POSIX", "default", "ucs_basic" -> binder.coercion.decided(operand, e.position());
            default ->
                throw BindErrors.at(
                        e.position(),
                        SqlState.UNDEFINED_OBJECT,
                        "collation \"" + e.collation() + "\" for encoding \"UTF8\" does not exist");
        };
    }

    private BoundExpression binary(Expression.BinaryOperation e, Scope scope) {
        BoundExpression left = bind(e.left(), scope);
        if (left instanceof Row row && e.right() instanceof Expression.ScalarSubquery subquery) {
            return binder.predicates.rowAgainstSubquery(
                    e.operator().symbol(), row, subquery.query(), e.position(), scope);
        }
        return binder.operators.apply(
                e.operator(),
                left,
                bind(e.right(), scope),
                e.position(),
                e.left().position(),
                e.right().position());
    }

    private BoundExpression logical(Expression.Logical e, Scope scope) {
        boolean and = e.connective() == Expression.Logical.Connective.AND;
        List<BoundExpression> operands = new ArrayList<>(e.operands().size());
        for (Expression operand : e.operands()) {
            operands.add(condition(operand, scope, and ? "AND" : "OR"));
        }
        return OperatorBinder.connective(and, operands);
    }

    private BoundExpression row(Expression.RowConstructor e, Scope scope) {
        List<BoundExpression> fields = new ArrayList<>();
        for (Expression field : e.fields()) {
            if (field instanceof Expression.Star star) {
                for (RangeEntry.RangeColumn column : binder.selects.expand(star, scope)) {
                    fields.add(column.expression());
                }
            } else {
                fields.add(bind(field, scope));
            }
        }
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= fields.size(); i++) {
            names.add("f" + i);
        }
        return new Row(fields, names, TypeRegistry.RECORD);
    }

    private BoundExpression array(Expression.ArrayConstructor e, Scope scope) {
        return arrayOf(e, scope, null);
    }

    private BoundExpression arrayOf(Expression.ArrayConstructor e, Scope scope, @Nullable SqlType wanted) {
        List<BoundExpression> elements = new ArrayList<>();
        boolean nested = false;
        for (Expression element : e.elements()) {
            BoundExpression bound = element instanceof Expression.ArrayConstructor inner
                    ? arrayOf(inner, scope, wanted)
                    : bind(element, scope);
            nested |= TypeRegistry.elementOf(bound.type()) != null;
            elements.add(bound);
        }
        if (elements.isEmpty() && wanted == null) {
            throw BindErrors.hinted(
                    e.position(),
                    SqlState.INDETERMINATE_DATATYPE,
                    "cannot determine type of empty array",
                    "Explicitly cast to the desired type, for example ARRAY[]::integer[].");
        }
        SqlType wantedElement = wanted == null ? null : TypeRegistry.elementOf(wanted);
        SqlType common = wantedElement != null
                ? (nested ? wanted : wantedElement)
                : binder.coercion.common(elements, "ARRAY", e.position());
        SqlType elementType = nested ? TypeRegistry.elementOf(java.util.Objects.requireNonNull(common)) : common;
        SqlType arrayType = nested ? common : TypeRegistry.findArrayOf(java.util.Objects.requireNonNull(elementType));
        if (arrayType == null || elementType == null || common == null) {
            throw BindErrors.at(
                    e.position(),
                    SqlState.UNDEFINED_OBJECT,
                    "could not find array type for data type "
                            + (elementType == null ? "unknown" : elementType.formatName(-1)));
        }
        List<BoundExpression> coerced = new ArrayList<>(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            int position = e.elements().get(i).position();
            coerced.add(
                    wanted == null
                            ? binder.coercion.implicit(elements.get(i), common, position)
                            : binder.coercion.explicit(elements.get(i), common, -1, position));
        }
        return new ArrayOf(coerced, arrayType, elementType, nested);
    }

    private BoundExpression arraySubquery(Expression.ArraySubquery e, Scope scope) {
        BoundQuery query = subquery(e.query(), e.position(), scope);
        SqlType element = query.outputs().getFirst().type();
        SqlType array = TypeRegistry.elementOf(element) != null ? element : TypeRegistry.findArrayOf(element);
        if (array == null) {
            throw BindErrors.at(
                    e.position(),
                    SqlState.UNDEFINED_OBJECT,
                    "could not find array type for data type " + element.formatName(-1));
        }
        return new SubqueryExpression(SubqueryExpression.Kind.ARRAY, query, null, array, -1);
    }

    BoundExpression scalarSubquery(Query written, int position, Scope scope) {
        BoundQuery query = subquery(written, position, scope);
        Variable column = query.outputs().getFirst();
        return new SubqueryExpression(
                SubqueryExpression.Kind.SCALAR, query, null, column.type(), column.typeModifier());
    }

    private BoundQuery subquery(Query written, int position, Scope scope) {
        BoundQuery query = binder.queries.bind(written, scope);
        if (query.outputs().size() != 1) {
            throw BindErrors.at(
                    position,
                    SqlState.SYNTAX_ERROR,
                    query.outputs().isEmpty()
                            ? "subquery must return a column"
                            : "subquery must return only one column");
        }
        return query;
    }

    private BoundExpression caseOf(Expression.Case e, Scope scope) {
        BoundExpression operand = null;
        CaseOperand placeholder = null;
        if (e.operand() != null) {
            operand = binder.coercion.decided(
                    bind(e.operand(), scope), e.operand().position());
            placeholder = new CaseOperand(binder.analysis.newCase(), operand.type(), operand.typeModifier());
        }
        List<BoundExpression> conditions = new ArrayList<>();
        List<BoundExpression> results = new ArrayList<>();
        for (Expression.Case.When when : e.whens()) {
            conditions.add(
                    placeholder == null
                            ? condition(when.condition(), scope, "CASE/WHEN")
                            : binder.operators.apply(
                                    OperatorName.of("="),
                                    placeholder,
                                    bind(when.condition(), scope),
                                    when.condition().position()));
            results.add(bind(when.result(), scope));
        }
        BoundExpression otherwise =
                e.otherwise() == null ? new Constant(null, TypeRegistry.UNKNOWN, -1) : bind(e.otherwise(), scope);
        List<BoundExpression> all = new ArrayList<>();
        all.add(otherwise);
        all.addAll(results);
        SqlType type = binder.coercion.common(all, "CASE", e.position());
        List<When> whens = new ArrayList<>();
        List<BoundExpression> coerced = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            BoundExpression result = binder.coercion.implicit(
                    results.get(i), type, e.whens().get(i).result().position());
            coerced.add(result);
            whens.add(new When(conditions.get(i), result));
        }
        BoundExpression coercedOtherwise = binder.coercion.implicit(
                otherwise,
                type,
                e.otherwise() == null ? e.position() : e.otherwise().position());
        if (e.otherwise() != null) {
            coerced.add(coercedOtherwise);
        }
        return new BoundExpression.Case(operand, whens, coercedOtherwise, type, Coercion.commonModifier(coerced, type));
    }

    private BoundExpression coalesce(Expression.Coalesce e, Scope scope) {
        List<BoundExpression> arguments = bindAll(e.arguments(), scope);
        SqlType type = binder.coercion.common(arguments, "COALESCE", e.position());
        List<BoundExpression> coerced = coerceAll(arguments, e.arguments(), type);
        return new BoundExpression.Coalesce(coerced, type, Coercion.commonModifier(coerced, type));
    }

    private BoundExpression extremum(Expression.Extremum e, Scope scope) {
        List<BoundExpression> arguments = bindAll(e.arguments(), scope);
        SqlType type = binder.coercion.common(arguments, e.greatest() ? "GREATEST" : "LEAST", e.position());
        if (!type.comparable()) {
            throw BindErrors.at(
                    e.position(),
                    SqlState.UNDEFINED_FUNCTION,
                    "could not identify a comparison function for type " + type.formatName(-1));
        }
        return new BoundExpression.Extremum(e.greatest(), coerceAll(arguments, e.arguments(), type), type);
    }

    private List<BoundExpression> coerceAll(List<BoundExpression> expressions, List<Expression> written, SqlType type) {
        List<BoundExpression> coerced = new ArrayList<>(expressions.size());
        for (int i = 0; i < expressions.size(); i++) {
            coerced.add(binder.coercion.implicit(
                    expressions.get(i), type, written.get(i).position()));
        }
        return coerced;
    }

    private BoundExpression nullIf(Expression.NullIf e, Scope scope) {
        BoundExpression left = bind(e.left(), scope);
        BoundExpression right = bind(e.right(), scope);
        var equality = OperatorBinder.resolve("=", left, right, e.position());
        SqlType leftType = java.util.Objects.requireNonNull(equality.left());
        BoundExpression comparedLeft =
                binder.coercion.implicit(left, leftType, e.left().position());
        BoundExpression comparedRight =
                binder.coercion.implicit(right, equality.right(), e.right().position());
        return new BoundExpression.NullIf(
                equality, Coercion.isUnknown(left) ? comparedLeft : left, comparedLeft, comparedRight);
    }
}
