package dev.boreal.queryprocessor.plan.bind;

import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.function.CallForm;
import dev.boreal.queryprocessor.function.Resolution;
import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Constant;
import dev.boreal.queryprocessor.plan.relation.BoundQuery;
import dev.boreal.queryprocessor.plan.relation.Variable;
import dev.boreal.queryprocessor.syntax.SqlParser;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement.Assignment;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement.TargetColumn;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** SET, and the values that columns take by themselves. */
final class AssignmentBinder {
    private final Binder binder;

    AssignmentBinder(Binder binder) {
        this.binder = binder;
    }

    /** New values by field. */
    Map<Integer, BoundExpression> bind(List<Assignment> assignments, Table table, Scope scope, Clause clause) {
        Map<Integer, BoundExpression> updates = new TreeMap<>();
        for (Assignment assignment : assignments) {
            scope.enter(clause);
            List<TargetColumn> columns = assignment.columns();
            if (columns.size() == 1 && !assignment.multiple()) {
                TargetColumn target = columns.getFirst();
                if (assignment.value() instanceof Expression.Default) {
                    put(target, defaultValue(updatable(target, table), true), table, updates);
                } else {
                    assign(
                            target,
                            binder.expressions.bind(assignment.value(), scope),
                            assignment.value().position(),
                            table,
                            updates);
                }
            } else {
                multiple(assignment, table, scope, updates);
            }
        }
        return updates;
    }

    private void multiple(Assignment assignment, Table table, Scope scope, Map<Integer, BoundExpression> updates) {
        List<TargetColumn> columns = assignment.columns();
        switch (assignment.value()) {
            case Expression.RowConstructor row -> {
                requireCount(columns.size(), row.fields().size(), assignment.position());
                for (int i = 0; i < columns.size(); i++) {
                    Expression value = row.fields().get(i);
                    if (value instanceof Expression.Default) {
                        put(columns.get(i), defaultValue(updatable(columns.get(i), table), true), table, updates);
                    } else {
                        assign(columns.get(i), binder.expressions.bind(value, scope), value.position(), table, updates);
                    }
                }
            }
            case Expression.ScalarSubquery subquery -> {
                BoundQuery query = binder.queries.bind(subquery.query(), scope);
                requireCount(columns.size(), query.outputs().size(), assignment.position());
                for (int i = 0; i < columns.size(); i++) {
                    Variable output = query.outputs().get(i);
                    BoundQuery one = new BoundQuery(query.node(), List.of(output), List.of(output.name()));
                    BoundExpression value = new BoundExpression.SubqueryExpression(
                            BoundExpression.SubqueryExpression.Kind.SCALAR,
                            one,
                            null,
                            output.type(),
                            output.typeModifier());
                    assign(columns.get(i), value, subquery.position(), table, updates);
                }
            }
            default -> {
                if (columns.size() != 1) {
                    throw BindErrors.at(
                            assignment.position(),
                            SqlState.FEATURE_NOT_SUPPORTED,
                            "source for a multiple-column UPDATE item must be a sub-SELECT or ROW() expression");
                }
                assign(
                        columns.getFirst(),
                        binder.expressions.bind(assignment.value(), scope),
                        assignment.value().position(),
                        table,
                        updates);
            }
        }
    }

    private static void requireCount(int columns, int values, int position) {
        if (columns != values) {
            throw BindErrors.at(position, SqlState.SYNTAX_ERROR, "number of columns does not match number of values");
        }
    }

    private static Column updatable(TargetColumn target, Table table) {
        if (!target.path().isEmpty()) {
            throw BindErrors.notSupported(target.position(), "assignment to a part of a column");
        }
        return ModificationBinder.column(table, target.name(), target.position());
    }

    private void assign(
            TargetColumn target,
            BoundExpression value,
            int position,
            Table table,
            Map<Integer, BoundExpression> updates) {
        Column column = updatable(target, table);
        if (column.generatedStored() || column.identity() == Column.Identity.ALWAYS) {
            throw BindErrors.detailed(
                    0,
                    BindErrors.GENERATED_ALWAYS,
                    "column \"" + column.name() + "\" can only be updated to DEFAULT",
                    column.generatedStored()
                            ? "Column \"" + column.name() + "\" is a generated column."
                            : "Column \"" + column.name() + "\" is an identity column defined as GENERATED ALWAYS.");
        }
        put(target, toColumn(value, column, position), table, updates);
    }

    private static void put(
            TargetColumn target, BoundExpression value, Table table, Map<Integer, BoundExpression> updates) {
        Column column = updatable(target, table);
        if (column.generatedStored()) {
            return;
        }
        if (updates.put(column.field(), value) != null) {
            throw BindErrors.at(
                    target.position(),
                    SqlState.SYNTAX_ERROR,
                    "multiple assignments to same column \"" + column.name() + "\"");
        }
    }

    BoundExpression toColumn(BoundExpression value, Column column, int position) {
        return binder.coercion.assignment(value, column.type(), column.typeModifier(), column.name(), position);
    }

    /** What DEFAULT stands for; {@code identity} whether an identity column takes its next value. */
    BoundExpression defaultValue(Column column, boolean identity) {
        if (identity && column.identity() != Column.Identity.NONE && column.ownedSequenceOid() != 0) {
            return nextValue(column);
        }
        String sql = column.defaultSql();
        if (sql == null || column.generatedStored()) {
            return new Constant(null, column.type(), column.typeModifier());
        }
        return parse(sql, column.type(), column.typeModifier());
    }

    /** A stored expression over no row. */
    BoundExpression parse(String sql, dev.boreal.queryprocessor.type.SqlType type, int typeModifier) {
        Scope scope = new Scope(null);
        scope.enter(Clause.DEFAULT);
        BoundExpression bound = binder.expressions.bind(SqlParser.parseExpression(sql), scope);
        return binder.coercion.assignment(bound, type, typeModifier, "", 0);
    }

    private BoundExpression nextValue(Column column) {
        var function = Resolution.function("pg_catalog", "nextval", List.of(TypeRegistry.REGCLASS), CallForm.PLAIN);
        binder.analysis.noteVolatile();
        @Nullable Object sequence = column.ownedSequenceOid();
        BoundExpression next =
                new BoundExpression.Call(function, List.of(new Constant(sequence, TypeRegistry.REGCLASS, -1)));
        return binder.coercion.assignment(next, column.type(), column.typeModifier(), column.name(), 0);
    }
}
