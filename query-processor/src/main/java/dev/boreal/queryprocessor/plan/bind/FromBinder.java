package dev.boreal.queryprocessor.plan.bind;

import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Relation;
import dev.boreal.queryprocessor.catalog.Schema;
import dev.boreal.queryprocessor.catalog.Sequence;
import dev.boreal.queryprocessor.catalog.SystemTable;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.catalog.View;
import dev.boreal.queryprocessor.plan.bind.RangeEntry.RangeColumn;
import dev.boreal.queryprocessor.plan.relation.BoundQuery;
import dev.boreal.queryprocessor.plan.relation.CommonTable;
import dev.boreal.queryprocessor.plan.relation.RelationalNode;
import dev.boreal.queryprocessor.plan.relation.Variable;
import dev.boreal.queryprocessor.syntax.SqlParser;
import dev.boreal.queryprocessor.syntax.tree.Alias;
import dev.boreal.queryprocessor.syntax.tree.Query;
import dev.boreal.queryprocessor.syntax.tree.TableExpression;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Items of FROM: each becomes a tree and an entry that names can find. */
final class FromBinder {
    private final Binder binder;
    private final JoinBinder joins;
    private final TableFunctionBinder functions;

    FromBinder(Binder binder) {
        this.binder = binder;
        joins = new JoinBinder(binder);
        functions = new TableFunctionBinder(binder);
    }

    /** All items, cross joined; none gives one row without columns. */
    RelationalNode bindAll(List<TableExpression> items, Scope scope) {
        RelationalNode all = null;
        for (TableExpression item : items) {
            int before = scope.entries().size();
            RelationalNode node = bind(item, scope);
            checkAliases(scope.entries(), before, item.position());
            all = all == null
                    ? node
                    : new RelationalNode.Join(RelationalNode.JoinKind.INNER, all, node, null, isLateral(item));
        }
        return all == null ? new RelationalNode.OneRow() : all;
    }

    static boolean isLateral(TableExpression item) {
        return switch (item) {
            case TableExpression.Subquery subquery -> subquery.lateral();
            case TableExpression.Functions function -> true;
            case TableExpression.Join join -> isLateral(join.left()) || isLateral(join.right());
            case TableExpression.Table table -> false;
        };
    }

    /** No two visible tables of one FROM have one name. */
    static void checkAliases(List<RangeEntry> entries, int firstNew, int position) {
        for (int i = firstNew; i < entries.size(); i++) {
            RangeEntry entry = entries.get(i);
            for (int j = 0; j < i; j++) {
                RangeEntry other = entries.get(j);
                if (entry.relationVisible()
                        && other.relationVisible()
                        && entry.name().equals(other.name())
                        && !(entry.schema() != null
                                && other.schema() != null
                                && !entry.schema().equals(other.schema()))) {
                    throw BindErrors.at(
                            0,
                            SqlState.DUPLICATE_ALIAS,
                            "table name \"" + entry.name() + "\" specified more than once");
                }
            }
        }
    }

    /** Adds what the item makes visible to {@code scope}. */
    RelationalNode bind(TableExpression item, Scope scope) {
        return switch (item) {
            case TableExpression.Table table -> table(table, scope);
            case TableExpression.Subquery subquery -> subquery(subquery, scope);
            case TableExpression.Functions call -> functions.bind(call, scope);
            case TableExpression.Join join -> joins.bind(join, scope);
        };
    }

    // Named relations --------------------------------------------------------------------------------------------

    private RelationalNode table(TableExpression.Table item, Scope scope) {
        if (item.sample() != null) {
            throw BindErrors.notSupported(item.sample().position(), "TABLESAMPLE");
        }
        if (item.name().schema() == null) {
            Scope.CommonTableBinding common = scope.findCommonTable(item.name().name());
            if (common != null) {
                return commonTable(common, item, scope);
            }
        }
        Relation relation = binder.names.relationOfQuery(item.name());
        return switch (relation) {
            case Table table -> stored(table, item, scope);
            case SystemTable system -> system(system, item, scope);
            case View view -> view(view, item, scope);
            case Sequence sequence -> sequence(sequence, item, scope);
        };
    }

    private RelationalNode commonTable(Scope.CommonTableBinding common, TableExpression.Table item, Scope scope) {
        CommonTable table = common.table();
        table.addReference();
        List<Variable> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Variable column : table.columns()) {
            columns.add(new Variable(column.name(), column.type(), column.typeModifier(), 0, 0));
            names.add(column.name());
        }
        add(scope, item.alias(), table.name(), null, columns, names, null, null, item.position());
        return common.working()
                ? new RelationalNode.WorkingTableAccess(table, columns)
                : new RelationalNode.CommonTableAccess(table, columns);
    }

    RelationalNode.TableAccess access(Table table, String alias) {
        binder.analysis.useTable(table.oid(), false);
        return new RelationalNode.TableAccess(
                table, alias, variables(table), new Variable("rowkey", TypeRegistry.BYTEA, -1, 0, 0));
    }

    static List<@Nullable Variable> variables(Relation relation) {
        List<@Nullable Variable> columns = new ArrayList<>();
        for (Column column : relation.columns()) {
            columns.add(
                    column.dropped()
                            ? null
                            : new Variable(
                                    column.name(),
                                    column.type(),
                                    column.typeModifier(),
                                    relation.oid(),
                                    column.number()));
        }
        return columns;
    }

    private RelationalNode stored(Table table, TableExpression.Table item, Scope scope) {
        RelationalNode.TableAccess access =
                access(table, item.alias() == null ? table.name() : item.alias().name());
        addRelation(table, access.columns(), access.rowKey(), item, scope);
        return access;
    }

    private RelationalNode system(SystemTable table, TableExpression.Table item, Scope scope) {
        List<@Nullable Variable> columns = variables(table);
        addRelation(table, columns, null, item, scope);
        binder.analysis.noteStable();
        return new RelationalNode.SystemAccess(
                table, item.alias() == null ? table.name() : item.alias().name(), columns);
    }

    /** Makes a stored or system table visible under its alias or name. */
    RangeEntry addRelation(
            Relation relation,
            List<@Nullable Variable> columns,
            @Nullable Variable rowKey,
            TableExpression.Table item,
            Scope scope) {
        List<Variable> present = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Variable column : columns) {
            if (column != null) {
                present.add(column);
                names.add(column.name());
            }
        }
        Schema schema = item.alias() == null ? binder.analysis.catalog().schema(relation.schemaOid()) : null;
        return add(
                scope,
                item.alias(),
                relation.name(),
                schema == null ? null : schema.name(),
                present,
                names,
                relation instanceof Table table ? table : null,
                rowKey,
                item.position());
    }

    private RelationalNode view(View view, TableExpression.Table item, Scope scope) {
        Query query = (Query) SqlParser.parse(view.querySql()).getFirst().statement();
        BoundQuery bound;
        try {
            bound = binder.queries.bind(query, new Scope(null));
        } catch (dev.boreal.contracts.sql.SqlException failure) {
            throw new dev.boreal.contracts.sql.SqlException(failure.error().withPosition(item.position()));
        }
        List<String> names = new ArrayList<>();
        List<Variable> columns = new ArrayList<>();
        List<RelationalNode.Definition> definitions = new ArrayList<>();
        for (Column column : view.columns()) {
            Variable inner = bound.outputs().get(columns.size());
            Variable outer =
                    new Variable(column.name(), inner.type(), inner.typeModifier(), view.oid(), column.number());
            definitions.add(new RelationalNode.Definition(
                    outer, new dev.boreal.queryprocessor.plan.relation.BoundExpression.Reference(inner)));
            columns.add(outer);
            names.add(column.name());
        }
        Schema schema = item.alias() == null ? binder.analysis.catalog().schema(view.schemaOid()) : null;
        add(
                scope,
                item.alias(),
                view.name(),
                schema == null ? null : schema.name(),
                columns,
                names,
                null,
                null,
                item.position());
        return new RelationalNode.Extend(bound.node(), definitions);
    }

    private RelationalNode sequence(Sequence sequence, TableExpression.Table item, Scope scope) {
        return functions.sequence(sequence, item, scope);
    }

    // Subqueries -------------------------------------------------------------------------------------------------

    private RelationalNode subquery(TableExpression.Subquery item, Scope scope) {
        Alias alias = item.alias();
        if (alias == null) {
            throw BindErrors.at(item.position(), SqlState.SYNTAX_ERROR, "subquery in FROM must have an alias");
        }
        Scope visible = item.lateral() ? scope : outside(scope);
        BoundQuery query = binder.queries.bind(item.query(), visible);
        add(scope, alias, alias.name(), null, query.outputs(), query.names(), null, null, item.position());
        return query.node();
    }

    /** What a subquery without LATERAL sees: the common tables of this query, but not its FROM. */
    static Scope outside(Scope scope) {
        return scope.withoutEntries();
    }

    /** Makes columns visible under an alias or name, renamed by the alias. */
    RangeEntry add(
            Scope scope,
            @Nullable Alias alias,
            String name,
            @Nullable String schema,
            List<Variable> variables,
            List<String> names,
            @Nullable Table table,
            @Nullable Variable rowKey,
            int position) {
        List<String> renamed = alias == null ? List.of() : alias.columns();
        String visibleName = alias == null ? name : alias.name();
        if (renamed.size() > names.size()) {
            throw BindErrors.at(
                    position,
                    BindErrors.INVALID_COLUMN_REFERENCE,
                    "table \"" + visibleName + "\" has " + names.size() + " columns available but " + renamed.size()
                            + " columns specified");
        }
        List<RangeColumn> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(new RangeColumn(i < renamed.size() ? renamed.get(i) : names.get(i), variables.get(i)));
        }
        RangeEntry entry = new RangeEntry(visibleName, schema, columns, table, rowKey);
        scope.entries().add(entry);
        return entry;
    }
}
