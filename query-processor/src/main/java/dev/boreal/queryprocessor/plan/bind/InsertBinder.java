package dev.boreal.queryprocessor.plan.bind;

import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Constraint;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Constant;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Reference;
import dev.boreal.queryprocessor.plan.relation.BoundQuery;
import dev.boreal.queryprocessor.plan.relation.RelationalNode;
import dev.boreal.queryprocessor.plan.relation.RelationalNode.Definition;
import dev.boreal.queryprocessor.plan.relation.Variable;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.IndexElement;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement.Insert;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement.OnConflict;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement.Overriding;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement.TargetColumn;
import dev.boreal.queryprocessor.syntax.tree.Query;
import dev.boreal.queryprocessor.syntax.tree.SelectBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** INSERT: whole rows of the table from what was written, defaults filled in. */
final class InsertBinder {
    private final Binder binder;
    private final AssignmentBinder assignments;

    InsertBinder(Binder binder, AssignmentBinder assignments) {
        this.binder = binder;
        this.assignments = assignments;
    }

    BoundQuery bind(Insert insert, Scope scope) {
        Table table = binder.modifications.target(insert.target(), "insert", "into ");
        List<Column> columns = columns(insert, table);
        List<Variable> values = new ArrayList<>();
        for (Column column : table.columns()) {
            values.add(new Variable(column.name(), column.type(), column.typeModifier(), 0, 0));
        }
        RelationalNode source = source(insert, table, columns, values, scope);
        List<@Nullable Variable> written = FromBinder.variables(table);
        RelationalNode node = new RelationalNode.Insert(
                table, source, values, written, conflict(insert.onConflict(), insert, table, scope));
        Scope returning = new Scope(scope);
        returning.entries().add(binder.modifications.entryOver(written, table, insert.target(), scope));
        return binder.modifications.returning(node, insert.returning(), returning);
    }

    private static List<Column> columns(Insert insert, Table table) {
        List<Column> columns = new ArrayList<>();
        for (TargetColumn target : insert.columns()) {
            if (!target.path().isEmpty()) {
                throw BindErrors.notSupported(target.position(), "assignment to a part of a column");
            }
            Column column = ModificationBinder.column(table, target.name(), target.position());
            if (columns.contains(column)) {
                throw BindErrors.at(
                        target.position(),
                        SqlState.DUPLICATE_COLUMN,
                        "column \"" + column.name() + "\" specified more than once");
            }
            columns.add(column);
        }
        if (insert.columns().isEmpty()) {
            for (Column column : table.columns()) {
                if (!column.dropped()) {
                    columns.add(column);
                }
            }
        }
        return columns;
    }

    private RelationalNode source(
            Insert insert, Table table, List<Column> columns, List<Variable> values, Scope scope) {
        Query query = insert.source();
        if (query == null) {
            return new RelationalNode.Values(values, List.of(row(insert, table, columns, List.of(), List.of(), 0)));
        }
        if (query.isBare() && query.body() instanceof SelectBody.Values written) {
            return values(insert, table, columns, values, written, scope);
        }
        BoundQuery bound = binder.queries.bind(query, scope, false);
        checkCount(insert, columns, bound.outputs().size(), query.position(), query.position());
        List<BoundExpression> selected = new ArrayList<>();
        for (Variable output : bound.outputs()) {
            selected.add(new Reference(output));
        }
        List<BoundExpression> row = row(insert, table, columns, selected, List.of(), query.position());
        List<Definition> definitions = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            definitions.add(new Definition(values.get(i), row.get(i)));
        }
        return new RelationalNode.Extend(bound.node(), definitions);
    }

    private RelationalNode values(
            Insert insert,
            Table table,
            List<Column> columns,
            List<Variable> values,
            SelectBody.Values written,
            Scope outer) {
        Scope scope = new Scope(outer);
        scope.enter(Clause.VALUES);
        int width = written.rows().getFirst().size();
        List<List<BoundExpression>> rows = new ArrayList<>();
        for (List<Expression> expressions : written.rows()) {
            if (expressions.size() != width) {
                throw BindErrors.at(
                        expressions.isEmpty() ? 0 : expressions.getFirst().position(),
                        SqlState.SYNTAX_ERROR,
                        "VALUES lists must all be the same length");
            }
            int extra = expressions.size() > columns.size()
                    ? expressions.get(columns.size()).position()
                    : 0;
            int missing = expressions.size() < insert.columns().size()
                    ? insert.columns().get(expressions.size()).position()
                    : 0;
            checkCount(insert, columns, expressions.size(), extra, missing);
            List<@Nullable BoundExpression> bound = new ArrayList<>();
            for (Expression expression : expressions) {
                bound.add(expression instanceof Expression.Default ? null : binder.expressions.bind(expression, scope));
            }
            rows.add(row(insert, table, columns, bound, expressions, 0));
        }
        return new RelationalNode.Values(values, rows);
    }

    private static void checkCount(Insert insert, List<Column> columns, int count, int extra, int missing) {
        if (count > columns.size()) {
            throw BindErrors.at(extra, SqlState.SYNTAX_ERROR, "INSERT has more expressions than target columns");
        }
        if (!insert.columns().isEmpty() && count < columns.size()) {
            throw BindErrors.at(missing, SqlState.SYNTAX_ERROR, "INSERT has more target columns than expressions");
        }
    }

    /** One value per field: a given one, or the default. A null among {@code given} was written DEFAULT. */
    private List<BoundExpression> row(
            Insert insert,
            Table table,
            List<Column> columns,
            List<? extends @Nullable BoundExpression> given,
            List<Expression> written,
            int position) {
        List<BoundExpression> row = new ArrayList<>();
        for (Column column : table.columns()) {
            int place = columns.indexOf(column);
            BoundExpression value = place < 0 || place >= given.size() ? null : given.get(place);
            if (column.dropped()) {
                row.add(new Constant(null, column.type(), -1));
            } else if (value == null || insert.overriding() == Overriding.USER_VALUE && isIdentity(column)) {
                row.add(assignments.defaultValue(column, true));
            } else {
                checkWritable(insert, column);
                int at = written.isEmpty() ? position : written.get(place).position();
                row.add(assignments.toColumn(value, column, at));
            }
        }
        return row;
    }

    private static boolean isIdentity(Column column) {
        return column.identity() != Column.Identity.NONE;
    }

    private static void checkWritable(Insert insert, Column column) {
        String message = "cannot insert a non-DEFAULT value into column \"" + column.name() + "\"";
        if (column.generatedStored()) {
            throw BindErrors.detailed(
                    0, BindErrors.GENERATED_ALWAYS, message, "Column \"" + column.name() + "\" is a generated column.");
        }
        if (column.identity() == Column.Identity.ALWAYS && insert.overriding() != Overriding.SYSTEM_VALUE) {
            throw new dev.boreal.contracts.sql.SqlException(dev.boreal.contracts.sql.SqlError.error(
                            BindErrors.GENERATED_ALWAYS, message)
                    .withDetail("Column \"" + column.name() + "\" is an identity column defined as GENERATED ALWAYS.")
                    .withHint("Use OVERRIDING SYSTEM VALUE to override."));
        }
    }

    // ON CONFLICT ------------------------------------------------------------------------------------------------

    private RelationalNode.@Nullable Conflict conflict(
            @Nullable OnConflict written, Insert insert, Table table, Scope outer) {
        if (written == null) {
            return null;
        }
        List<Integer> arbiters = arbiters(written, table);
        List<@Nullable Variable> existing = FromBinder.variables(table);
        List<@Nullable Variable> excluded = FromBinder.variables(table);
        if (!written.update()) {
            return new RelationalNode.Conflict(arbiters, existing, excluded, null, null);
        }
        if (arbiters.isEmpty()) {
            throw BindErrors.hinted(
                    written.position(),
                    SqlState.SYNTAX_ERROR,
                    "ON CONFLICT DO UPDATE requires inference specification or constraint name",
                    "For example, ON CONFLICT (column_name).");
        }
        Scope scope = new Scope(outer);
        scope.entries().add(binder.modifications.entryOver(existing, table, insert.target(), scope));
        scope.entries().add(excludedEntry(excluded));
        Map<Integer, BoundExpression> updates = assignments.bind(written.assignments(), table, scope, Clause.UPDATE);
        BoundExpression condition = null;
        if (written.where() != null) {
            scope.enter(Clause.WHERE);
            condition = binder.expressions.condition(written.where(), scope, "WHERE");
        }
        return new RelationalNode.Conflict(arbiters, existing, excluded, updates, condition);
    }

    private static RangeEntry excludedEntry(List<@Nullable Variable> columns) {
        List<RangeEntry.RangeColumn> visible = new ArrayList<>();
        for (Variable column : columns) {
            if (column != null) {
                visible.add(new RangeEntry.RangeColumn(column.name(), column));
            }
        }
        return new RangeEntry("excluded", null, visible, null, null).withColumnsVisible(false);
    }

    private static List<Integer> arbiters(OnConflict written, Table table) {
        if (written.constraint() != null) {
            for (Constraint constraint : table.constraints()) {
                if (constraint instanceof Constraint.Unique unique
                        && unique.name().equals(written.constraint())) {
                    return List.of(unique.indexOid());
                }
            }
            throw BindErrors.at(
                    0,
                    SqlState.UNDEFINED_OBJECT,
                    "constraint \"" + written.constraint() + "\" for table \"" + table.name() + "\" does not exist");
        }
        if (written.inference().isEmpty()) {
            return List.of();
        }
        TreeSet<Integer> wanted = new TreeSet<>();
        for (IndexElement element : written.inference()) {
            if (element.column() == null) {
                throw BindErrors.notSupported(element.position(), "an expression in ON CONFLICT");
            }
            Column column = table.findColumn(element.column());
            if (column == null) {
                throw BindErrors.at(
                        element.position(),
                        SqlState.UNDEFINED_COLUMN,
                        "column \"" + element.column() + "\" does not exist");
            }
            wanted.add(column.number());
        }
        List<Integer> found = new ArrayList<>();
        for (Index index : table.indexes()) {
            TreeSet<Integer> columns = new TreeSet<>();
            index.columns().forEach(column -> columns.add(column.columnNumber()));
            boolean total = index.predicateSql() == null || written.inferenceWhere() != null;
            if (index.unique() && total && columns.equals(wanted)) {
                found.add(index.oid());
            }
        }
        if (found.isEmpty()) {
            throw BindErrors.at(
                    0,
                    BindErrors.INVALID_COLUMN_REFERENCE,
                    "there is no unique or exclusion constraint matching the ON CONFLICT specification");
        }
        return found;
    }
}
