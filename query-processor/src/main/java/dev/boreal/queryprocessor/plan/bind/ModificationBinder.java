package dev.boreal.queryprocessor.plan.bind;

import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Relation;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.catalog.View;
import dev.boreal.queryprocessor.plan.bind.SelectBinder.Target;
import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.plan.relation.BoundQuery;
import dev.boreal.queryprocessor.plan.relation.CommonTable;
import dev.boreal.queryprocessor.plan.relation.RelationalNode;
import dev.boreal.queryprocessor.plan.relation.RelationalNode.Definition;
import dev.boreal.queryprocessor.plan.relation.Variable;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement;
import dev.boreal.queryprocessor.syntax.tree.TableExpression;
import dev.boreal.queryprocessor.syntax.tree.TargetItem;
import dev.boreal.queryprocessor.syntax.tree.WithClause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** INSERT, UPDATE and DELETE. */
final class ModificationBinder {
    private static final java.util.Set<String> SYSTEM_COLUMNS =
            java.util.Set.of("tableoid", "ctid", "xmin", "xmax", "cmin", "cmax");

    private final Binder binder;
    private final AssignmentBinder assignments;
    private final InsertBinder inserts;

    ModificationBinder(Binder binder) {
        this.binder = binder;
        assignments = new AssignmentBinder(binder);
        inserts = new InsertBinder(binder, assignments);
    }

    /** The columns of the result are those of RETURNING. */
    BoundQuery bind(ModificationStatement statement, @Nullable Scope outer) {
        binder.analysis.noteWrite();
        Scope scope = new Scope(outer);
        return switch (statement) {
            case ModificationStatement.Insert insert -> {
                List<CommonTable> tables = declare(insert.with(), scope);
                yield with(tables, inserts.bind(insert, scope));
            }
            case ModificationStatement.Update update -> {
                List<CommonTable> tables = declare(update.with(), scope);
                yield with(tables, update(update, scope));
            }
            case ModificationStatement.Delete delete -> {
                List<CommonTable> tables = declare(delete.with(), scope);
                yield with(tables, delete(delete, scope));
            }
            case ModificationStatement.Merge merge -> throw BindErrors.notSupported(merge.position(), "MERGE");
        };
    }

    private List<CommonTable> declare(@Nullable WithClause with, Scope scope) {
        return with == null ? List.of() : binder.queries.with().declare(with, scope);
    }

    private static BoundQuery with(List<CommonTable> tables, BoundQuery bound) {
        return tables.isEmpty()
                ? bound
                : new BoundQuery(new RelationalNode.With(bound.node(), tables), bound.outputs(), bound.names());
    }

    /** The stored table that a statement writes. */
    Table target(TableExpression.Table written, String verb, String preposition) {
        Relation relation = binder.names.relationOfQuery(written.name());
        if (relation instanceof Table table) {
            binder.analysis.useTable(table.oid(), true);
            return table;
        }
        if (relation instanceof View) {
            throw BindErrors.at(
                    0,
                    SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "cannot " + verb + " " + preposition + "view \"" + relation.name() + "\"");
        }
        throw BindErrors.at(0, SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for table " + relation.name());
    }

    static Column column(Table table, String name, int position) {
        Column column = table.findColumn(name);
        if (column == null && SYSTEM_COLUMNS.contains(name)) {
            throw BindErrors.at(
                    position, SqlState.FEATURE_NOT_SUPPORTED, "cannot assign to system column \"" + name + "\"");
        }
        if (column == null) {
            throw BindErrors.at(
                    position,
                    SqlState.UNDEFINED_COLUMN,
                    "column \"" + name + "\" of relation \"" + table.name() + "\" does not exist");
        }
        return column;
    }

    private BoundQuery update(ModificationStatement.Update update, Scope scope) {
        Table table = target(update.target(), "update", "");
        RelationalNode.TableAccess access = binder.from.access(table, table.name());
        RangeEntry entry = binder.from.addRelation(table, access.columns(), access.rowKey(), update.target(), scope);
        RelationalNode node = from(access, update.from(), scope);
        Map<Integer, BoundExpression> updates = assignments.bind(update.assignments(), table, scope, Clause.UPDATE);
        node = where(node, update.where(), scope);
        List<@Nullable Variable> written = FromBinder.variables(table);
        RelationalNode result =
                new RelationalNode.Update(table, node, access.rowKey(), access.columns(), updates, written);
        scope.entries().remove(entry);
        scope.entries().addFirst(entryOver(written, table, update.target(), scope));
        return returning(result, update.returning(), scope);
    }

    private BoundQuery delete(ModificationStatement.Delete delete, Scope scope) {
        Table table = target(delete.target(), "delete", "from ");
        RelationalNode.TableAccess access = binder.from.access(table, table.name());
        binder.from.addRelation(table, access.columns(), access.rowKey(), delete.target(), scope);
        RelationalNode node = where(from(access, delete.using(), scope), delete.where(), scope);
        return returning(
                new RelationalNode.Delete(table, node, access.rowKey(), access.columns()), delete.returning(), scope);
    }

    private RelationalNode from(RelationalNode target, List<TableExpression> items, Scope scope) {
        RelationalNode node = target;
        for (TableExpression item : items) {
            int before = scope.entries().size();
            RelationalNode next = binder.from.bind(item, scope);
            FromBinder.checkAliases(scope.entries(), before, item.position());
            node = new RelationalNode.Join(RelationalNode.JoinKind.INNER, node, next, null, FromBinder.isLateral(item));
        }
        return node;
    }

    private RelationalNode where(
            RelationalNode node, dev.boreal.queryprocessor.syntax.tree.@Nullable Expression where, Scope scope) {
        if (where == null) {
            return node;
        }
        scope.enter(Clause.WHERE);
        return new RelationalNode.Filter(node, binder.expressions.condition(where, scope, "WHERE"));
    }

    RangeEntry entryOver(List<@Nullable Variable> columns, Table table, TableExpression.Table written, Scope scope) {
        Scope aside = new Scope(null);
        return binder.from.addRelation(table, columns, null, written, aside);
    }

    BoundQuery returning(RelationalNode node, List<TargetItem> items, Scope scope) {
        if (items.isEmpty()) {
            return new BoundQuery(node, List.of(), List.of());
        }
        List<Definition> definitions = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<Target> targets = new ArrayList<>();
        for (Target target : binder.selects.targets(items, scope, Clause.RETURNING)) {
            targets.add(new Target(
                    target.name(),
                    binder.coercion.decided(
                            target.expression(), target.written().position()),
                    target.written()));
            names.add(target.name());
        }
        List<Variable> outputs = SelectBinder.define(targets, definitions);
        return new BoundQuery(
                definitions.isEmpty() ? node : new RelationalNode.Extend(node, definitions), outputs, names);
    }
}
