package dev.boreal.queryprocessor.plan.bind;

import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.plan.bind.SelectBinder.Target;
import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Reference;
import dev.boreal.queryprocessor.plan.relation.BoundQuery;
import dev.boreal.queryprocessor.plan.relation.CommonTable;
import dev.boreal.queryprocessor.plan.relation.RelationalNode;
import dev.boreal.queryprocessor.plan.relation.RelationalNode.Definition;
import dev.boreal.queryprocessor.plan.relation.SortKey;
import dev.boreal.queryprocessor.plan.relation.Variable;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.Literal;
import dev.boreal.queryprocessor.syntax.tree.Query;
import dev.boreal.queryprocessor.syntax.tree.SelectBody;
import dev.boreal.queryprocessor.syntax.tree.SortItem;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A whole query: WITH, its body, and the clauses that apply to all of it. */
final class QueryBinder {
    private final Binder binder;
    private final WithBinder with;

    QueryBinder(Binder binder) {
        this.binder = binder;
        with = new WithBinder(binder);
    }

    BoundQuery bind(Query query, @Nullable Scope parent) {
        return bind(query, parent, true);
    }

    /** @param decide whether literals of unknown type become text now, else they are remembered */
    BoundQuery bind(Query query, @Nullable Scope parent, boolean decide) {
        Scope scope = new Scope(parent);
        List<CommonTable> tables = query.with() == null ? List.of() : with.declare(query.with(), scope);
        BoundQuery bound = body(query.body(), query, scope, decide);
        return tables.isEmpty()
                ? bound
                : new BoundQuery(new RelationalNode.With(bound.node(), tables), bound.outputs(), bound.names());
    }

    WithBinder with() {
        return with;
    }

    private BoundQuery body(SelectBody body, Query query, Scope scope, boolean decide) {
        if (body instanceof SelectBody.Select select) {
            return binder.selects.bind(select, query, scope, decide);
        }
        BoundQuery bound = operand(body, scope, decide);
        if (!query.locking().isEmpty()) {
            String clause = query.locking().getFirst().strength().sql();
            throw BindErrors.at(
                    0,
                    SqlState.FEATURE_NOT_SUPPORTED,
                    body instanceof SelectBody.Values
                            ? clause + " cannot be applied to VALUES"
                            : clause + " is not allowed with UNION/INTERSECT/EXCEPT");
        }
        return ordered(bound, query, scope);
    }

    /** A body without clauses of its own. */
    private BoundQuery operand(SelectBody body, Scope scope, boolean decide) {
        return switch (body) {
            case SelectBody.Select select -> binder.selects.bind(select, bare(select), new Scope(scope), decide);
            case SelectBody.Values values -> values(values, scope);
            case SelectBody.SetOperation operation -> setOperation(operation, scope);
            case SelectBody.Nested nested -> bind(nested.query(), scope, decide);
        };
    }

    private static Query bare(SelectBody body) {
        return new Query(null, body, List.of(), null, false, null, List.of(), body.position());
    }

    /** ORDER BY, LIMIT and OFFSET over a result whose columns alone can be named. */
    private BoundQuery ordered(BoundQuery bound, Query query, Scope scope) {
        RelationalNode node = bound.node();
        List<SortKey> order = new ArrayList<>();
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < bound.outputs().size(); i++) {
            targets.add(new Target(
                    bound.names().get(i), new Reference(bound.outputs().get(i)), new Literal.NullLiteral(0)));
        }
        for (SortItem item : query.orderBy()) {
            order.add(CallBinder.sortKey(item, resultColumn(item.expression(), targets)));
        }
        if (!order.isEmpty()) {
            node = new RelationalNode.Sort(node, order);
        }
        BoundExpression limit = binder.selects.limit(query.limit(), scope, Clause.LIMIT);
        BoundExpression offset = binder.selects.limit(query.offset(), scope, Clause.OFFSET);
        if (limit != null || offset != null) {
            node = new RelationalNode.Limit(node, limit, offset, query.withTies() ? order : List.of());
        }
        return new BoundQuery(node, bound.outputs(), bound.names());
    }

    private static BoundExpression resultColumn(Expression written, List<Target> targets) {
        if (written instanceof Expression.ColumnReference column
                && column.parts().size() == 1) {
            Target named = SortBinder.byName(column.name(), targets, column.position(), Clause.ORDER_BY);
            if (named != null) {
                return named.expression();
            }
            throw ColumnBinder.undefined(column.name(), column.position());
        }
        Target ordinal = SortBinder.byOrdinal(written, targets, Clause.ORDER_BY);
        if (ordinal != null) {
            return ordinal.expression();
        }
        throw new dev.boreal.contracts.sql.SqlException(dev.boreal.contracts.sql.SqlError.error(
                        SqlState.FEATURE_NOT_SUPPORTED, "invalid UNION/INTERSECT/EXCEPT ORDER BY clause")
                .withDetail("Only result column names can be used, not expressions or functions.")
                .withHint("Add the expression/function to every SELECT, or move the UNION into a FROM clause.")
                .withPosition(written.position()));
    }

    // VALUES -----------------------------------------------------------------------------------------------------

    private BoundQuery values(SelectBody.Values values, Scope outer) {
        Scope scope = new Scope(outer);
        scope.enter(Clause.VALUES);
        int width = values.rows().getFirst().size();
        List<List<BoundExpression>> rows = new ArrayList<>();
        for (List<Expression> written : values.rows()) {
            if (written.size() != width) {
                throw BindErrors.at(
                        written.isEmpty()
                                ? values.position()
                                : written.getFirst().position(),
                        SqlState.SYNTAX_ERROR,
                        "VALUES lists must all be the same length");
            }
            rows.add(binder.expressions.bindAll(written, scope));
        }
        List<Variable> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            List<BoundExpression> column = new ArrayList<>();
            for (List<BoundExpression> row : rows) {
                column.add(row.get(i));
            }
            int position = values.rows().getFirst().get(i).position();
            SqlType type = binder.coercion.common(column, "VALUES", position);
            for (int r = 0; r < rows.size(); r++) {
                BoundExpression coerced = binder.coercion.implicit(
                        column.get(r), type, values.rows().get(r).get(i).position());
                column.set(r, coerced);
                rows.get(r).set(i, coerced);
            }
            String name = "column" + (i + 1);
            columns.add(new Variable(name, type, Coercion.commonModifier(column, type), 0, 0));
            names.add(name);
        }
        return new BoundQuery(new RelationalNode.Values(columns, rows), columns, names);
    }

    // Set operations ---------------------------------------------------------------------------------------------

    private BoundQuery setOperation(SelectBody.SetOperation operation, Scope scope) {
        BoundQuery left = operand(operation.left(), scope, false);
        BoundQuery right = operand(operation.right(), scope, false);
        return combine(operation.kind(), operation.all(), left, right, operation.position());
    }

    BoundQuery combine(
            SelectBody.SetOperation.Kind kind, boolean all, BoundQuery left, BoundQuery right, int position) {
        if (left.outputs().size() != right.outputs().size()) {
            throw BindErrors.at(
                    position, SqlState.SYNTAX_ERROR, "each " + kind + " query must have the same number of columns");
        }
        List<SqlType> types = new ArrayList<>();
        List<Variable> columns = new ArrayList<>();
        for (int i = 0; i < left.outputs().size(); i++) {
            List<BoundExpression> pair = List.of(
                    new Reference(left.outputs().get(i)),
                    new Reference(right.outputs().get(i)));
            SqlType type = binder.coercion.common(pair, kind.name(), position);
            types.add(type);
            columns.add(new Variable(left.names().get(i), type, Coercion.commonModifier(pair, type), 0, 0));
        }
        BoundQuery coercedLeft = coerced(left, types, position);
        BoundQuery coercedRight = coerced(right, types, position);
        RelationalNode node = new RelationalNode.SetOperation(
                kind,
                all,
                coercedLeft.node(),
                coercedLeft.outputs(),
                coercedRight.node(),
                coercedRight.outputs(),
                columns);
        return new BoundQuery(node, columns, left.names());
    }

    /** The query with its columns implicitly coerced. */
    BoundQuery coerced(BoundQuery query, List<SqlType> types, int position) {
        List<Definition> definitions = new ArrayList<>();
        List<Variable> outputs = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            Variable column = query.outputs().get(i);
            BoundExpression expression = binder.coercion.implicit(new Reference(column), types.get(i), position);
            if (expression instanceof Reference reference) {
                outputs.add(reference.variable());
            } else {
                Variable variable = Variable.of(column.name(), expression);
                definitions.add(new Definition(variable, expression));
                outputs.add(variable);
            }
        }
        return definitions.isEmpty()
                ? query
                : new BoundQuery(new RelationalNode.Extend(query.node(), definitions), outputs, query.names());
    }
}
