package dev.boreal.queryprocessor.plan.bind;

import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.plan.PlanningContext;
import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.plan.relation.BoundQuery;
import dev.boreal.queryprocessor.plan.relation.Variable;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement;
import dev.boreal.queryprocessor.syntax.tree.PreparableStatement;
import dev.boreal.queryprocessor.syntax.tree.Query;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The door of the binder. One statement, or the expressions of one table; one thread. */
public final class StatementBinder {
    private final Binder binder;

    public StatementBinder(CatalogSnapshot catalog, PlanningContext context) {
        binder = new Binder(catalog, context);
    }

    public BoundQuery bind(PreparableStatement statement) {
        return switch (statement) {
            case Query query -> binder.queries.bind(query, null);
            case ModificationStatement modification -> binder.modifications.bind(modification, null);
        };
    }

    /** The parameters' types, after {@link #bind}: 42P18 if one is open. */
    public List<SqlType> parameterTypes() {
        return binder.analysis.decidedParameters();
    }

    public boolean writes() {
        return binder.analysis.writes() || binder.analysis.locks();
    }

    public boolean hasVolatileCalls() {
        return binder.analysis.volatileCalls();
    }

    public boolean hasStableCalls() {
        return binder.analysis.stableCalls();
    }

    /** The columns that each star of a select list stands for; stars by identity. */
    public IdentityHashMap<Expression.Star, List<Expression.ColumnReference>> stars() {
        return binder.analysis.stars();
    }

    /** Tables by oid, with whether the statement writes them. */
    public Map<Integer, Boolean> tables() {
        return Map.copyOf(binder.analysis.tables());
    }

    /**
     * An expression over a table's row.
     *
     * @param columns variables of the table's columns by field, see {@link #variables}
     */
    public BoundExpression expression(Expression written, Table table, List<@Nullable Variable> columns) {
        return binder.coercion.decided(binder.expressions.bind(written, scope(table, columns, Clause.CHECK)), 0);
    }

    /** As {@link #expression}, coerced as for a column. */
    public BoundExpression columnValue(
            Expression written, Table table, List<@Nullable Variable> columns, Column target, int position) {
        BoundExpression bound = binder.expressions.bind(written, scope(table, columns, Clause.CHECK));
        return binder.coercion.assignment(bound, target.type(), target.typeModifier(), target.name(), position);
    }

    /** As {@link #expression}; 42804 if it is not boolean. */
    public BoundExpression condition(
            Expression written, Table table, List<@Nullable Variable> columns, String construct) {
        return binder.expressions.condition(written, scope(table, columns, Clause.CHECK), construct);
    }

    /** A value over no row for a column of this type. */
    public BoundExpression defaultValue(Expression written, SqlType type, int typeModifier, String column) {
        Scope scope = new Scope(null);
        scope.enter(Clause.DEFAULT);
        return binder.coercion.assignment(
                binder.expressions.bind(written, scope), type, typeModifier, column, written.position());
    }

    public static List<@Nullable Variable> variables(Table table) {
        return FromBinder.variables(table);
    }

    private static Scope scope(Table table, List<@Nullable Variable> columns, Clause clause) {
        Scope scope = new Scope(null);
        List<RangeEntry.RangeColumn> visible = new ArrayList<>();
        for (Variable column : columns) {
            if (column != null) {
                visible.add(new RangeEntry.RangeColumn(column.name(), column));
            }
        }
        scope.entries().add(new RangeEntry(table.name(), null, visible, table, null));
        scope.enter(clause);
        return scope;
    }
}
