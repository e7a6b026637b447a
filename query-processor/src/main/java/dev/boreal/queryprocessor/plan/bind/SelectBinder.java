package dev.boreal.queryprocessor.plan.bind;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.plan.bind.RangeEntry.RangeColumn;
import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Reference;
import dev.boreal.queryprocessor.plan.relation.BoundQuery;
import dev.boreal.queryprocessor.plan.relation.RelationalNode;
import dev.boreal.queryprocessor.plan.relation.RelationalNode.Definition;
import dev.boreal.queryprocessor.plan.relation.SortKey;
import dev.boreal.queryprocessor.plan.relation.Variable;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.Query;
import dev.boreal.queryprocessor.syntax.tree.SelectBody;
import dev.boreal.queryprocessor.syntax.tree.TargetItem;
import dev.boreal.queryprocessor.syntax.tree.WindowDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One SELECT with the clauses that apply to it. */
final class SelectBinder {
    /** As in PostgreSQL; what a DataRow message can carry is 32,767. */
    private static final int MOST_TARGETS = 1_664;

    private final Binder binder;
    private final SortBinder sorts;
    private final GroupBinder groups;

    SelectBinder(Binder binder) {
        this.binder = binder;
        sorts = new SortBinder(binder);
        groups = new GroupBinder(binder);
    }

    /** One item of a select list after expansion of stars. */
    record Target(String name, BoundExpression expression, Expression written) {}

    /**
     * @param query ORDER BY, LIMIT and locking, which see the SELECT's names
     * @param decide whether literals of unknown type become text now
     */
    BoundQuery bind(SelectBody.Select select, Query query, Scope scope, boolean decide) {
        if (select.into() != null) {
            throw BindErrors.at(select.position(), SqlState.SYNTAX_ERROR, "SELECT ... INTO is not allowed here");
        }
        RelationalNode node = binder.from.bindAll(select.from(), scope);
        declareWindows(select, scope);
        List<Target> targets = targets(select.targets(), scope, Clause.SELECT);
        BoundExpression where = null;
        if (select.where() != null) {
            scope.enter(Clause.WHERE);
            where = binder.expressions.condition(select.where(), scope, "WHERE");
        }
        BoundExpression having = null;
        if (select.having() != null) {
            scope.enter(Clause.HAVING);
            having = binder.expressions.condition(select.having(), scope, "HAVING");
        }
        List<SortKey> order = sorts.bind(query.orderBy(), targets, scope);
        GroupBinder.Grouping grouping = groups.grouping(select, targets, scope);
        targets = decide ? decided(targets) : targets;
        List<SortKey> distinctOn = sorts.distinctOn(select, targets, order, scope);
        if (select.distinct() && select.distinctOn().isEmpty()) {
            sorts.requireSelected(order, targets, query.orderBy());
        }
        BoundExpression limit = limit(query.limit(), scope, Clause.LIMIT);
        BoundExpression offset = limit(query.offset(), scope, Clause.OFFSET);
        if (where != null) {
            node = new RelationalNode.Filter(node, where);
        }
        SelectTail tail = new SelectTail(binder.analysis, node, targets, order, having, distinctOn);
        if (scope.aggregates() || grouping.present() || having != null) {
            tail = groups.aggregate(tail, grouping, scope);
        }
        if (scope.windowCalls()) {
            tail = tail.computeWindows();
        }
        BoundQuery result = tail.finish(select, limit, offset, query.withTies(), scope.setCalls());
        return query.locking().isEmpty() ? result : new LockBinder(binder).lock(result, select, query, scope);
    }

    private static void declareWindows(SelectBody.Select select, Scope scope) {
        for (WindowDefinition window : select.windows()) {
            String name = java.util.Objects.requireNonNull(window.name());
            if (scope.windows().put(name, window) != null) {
                throw BindErrors.at(
                        window.position(), BindErrors.WINDOWING_ERROR, "window \"" + name + "\" is already defined");
            }
        }
    }

    private List<Target> decided(List<Target> targets) {
        List<Target> decided = new ArrayList<>(targets.size());
        for (Target target : targets) {
            decided.add(new Target(
                    target.name(),
                    binder.coercion.decided(
                            target.expression(), target.written().position()),
                    target.written()));
        }
        return decided;
    }

    /** LIMIT and OFFSET: a bigint that reads no column. */
    @org.jspecify.annotations.Nullable BoundExpression limit(@org.jspecify.annotations.Nullable Expression written, Scope scope, Clause clause) {
        if (written == null) {
            return null;
        }
        Scope outside = scope.withoutEntries();
        outside.enter(clause);
        Scope inside = new Scope(outside.parent());
        inside.enter(clause);
        for (RangeEntry entry : scope.entries()) {
            inside.entries().add(entry);
        }
        BoundExpression bound = binder.expressions.bind(written, inside);
        Set<Variable> used = dev.boreal.queryprocessor.plan.relation.Expressions.variables(bound);
        for (RangeEntry entry : scope.entries()) {
            for (RangeColumn column : entry.columns()) {
                if (column.expression() instanceof Reference reference && used.contains(reference.variable())) {
                    throw BindErrors.at(
                            written.position(),
                            BindErrors.INVALID_COLUMN_REFERENCE,
                            "argument of " + clause.text() + " must not contain variables");
                }
            }
        }
        if (!Coercion.isUnknown(bound)
                && dev.boreal.queryprocessor.function.Casts.find(
                                bound.type(),
                                dev.boreal.queryprocessor.type.TypeRegistry.INT8,
                                dev.boreal.queryprocessor.function.Casts.Context.ASSIGNMENT)
                        == null) {
            throw BindErrors.at(
                    written.position(),
                    SqlState.DATATYPE_MISMATCH,
                    "argument of " + clause.text() + " must be type bigint, not type "
                            + bound.type().formatName(-1));
        }
        return binder.coercion.assignment(
                bound, dev.boreal.queryprocessor.type.TypeRegistry.INT8, -1, clause.text(), written.position());
    }

    // The select list --------------------------------------------------------------------------------------------

    List<Target> targets(List<TargetItem> items, Scope scope, Clause clause) {
        scope.enter(clause);
        List<Target> targets = new ArrayList<>(items.size());
        for (TargetItem item : items) {
            if (item.expression() instanceof Expression.Star star) {
                for (RangeColumn column : expand(star, scope)) {
                    targets.add(new Target(column.name(), column.expression(), star));
                }
            } else if (item.expression() instanceof Expression.FieldStar star) {
                addFields(star, scope, targets);
            } else {
                BoundExpression expression = binder.expressions.bind(item.expression(), scope);
                targets.add(new Target(ColumnNames.of(item), expression, item.expression()));
            }
            if (targets.size() > MOST_TARGETS) {
                throw new SqlException(
                        SqlState.TOO_MANY_COLUMNS, "target lists can have at most " + MOST_TARGETS + " entries");
            }
        }
        return targets;
    }

    private void addFields(Expression.FieldStar star, Scope scope, List<Target> targets) {
        BoundExpression base = binder.expressions.bind(star.base(), scope);
        Composite composite = Composite.of(base);
        if (composite == null) {
            throw BindErrors.at(star.position(), SqlState.FEATURE_NOT_SUPPORTED, "record type has not been registered");
        }
        for (int i = 0; i < composite.names().size(); i++) {
            targets.add(new Target(composite.names().get(i), composite.field(base, i), star));
        }
    }

    /** The columns that a star stands for. */
    List<RangeColumn> expand(Expression.Star star, Scope scope) {
        List<Expression.ColumnReference> written = new ArrayList<>();
        List<RangeColumn> columns = expand(star, scope, written);
        binder.analysis.rememberStar(star, written);
        return columns;
    }

    private List<RangeColumn> expand(Expression.Star star, Scope scope, List<Expression.ColumnReference> written) {
        List<String> qualifier = star.qualifier();
        if (!qualifier.isEmpty()) {
            String schema = qualifier.size() > 1 ? qualifier.get(qualifier.size() - 2) : null;
            RangeEntry entry = binder.columns.requireRelation(schema, qualifier.getLast(), star.position(), scope);
            for (RangeColumn column : entry.columns()) {
                List<String> parts = new ArrayList<>(qualifier);
                parts.add(column.name());
                written.add(new Expression.ColumnReference(parts, star.position()));
            }
            return entry.columns();
        }
        List<RangeColumn> columns = new ArrayList<>();
        boolean any = false;
        for (RangeEntry entry : scope.entries()) {
            if (entry.columnsVisible()) {
                any = true;
                columns.addAll(entry.columns());
                for (RangeColumn column : entry.columns()) {
                    written.add(new Expression.ColumnReference(
                            entry.relationVisible() && !entry.name().isEmpty()
                                    ? List.of(entry.name(), column.name())
                                    : List.of(column.name()),
                            star.position()));
                }
            }
        }
        if (!any) {
            throw BindErrors.at(
                    star.position(), SqlState.SYNTAX_ERROR, "SELECT * with no tables specified is not valid");
        }
        return columns;
    }

    /** Gives every target a variable; those that are columns already keep theirs. */
    static List<Variable> define(List<Target> targets, List<Definition> definitions) {
        List<Variable> outputs = new ArrayList<>(targets.size());
        for (Target target : targets) {
            if (target.expression() instanceof Reference reference) {
                outputs.add(reference.variable());
            } else {
                Variable variable = Variable.of(target.name(), target.expression());
                definitions.add(new Definition(variable, target.expression()));
                outputs.add(variable);
            }
        }
        return outputs;
    }
}
