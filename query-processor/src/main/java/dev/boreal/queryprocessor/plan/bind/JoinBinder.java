package dev.boreal.queryprocessor.plan.bind;

import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.plan.bind.RangeEntry.RangeColumn;
import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Coalesce;
import dev.boreal.queryprocessor.plan.relation.RelationalNode;
import dev.boreal.queryprocessor.plan.relation.RelationalNode.JoinKind;
import dev.boreal.queryprocessor.plan.relation.Variable;
import dev.boreal.queryprocessor.syntax.tree.TableExpression;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** JOIN: its condition, and the columns that it shows. */
final class JoinBinder {
    private final Binder binder;

    JoinBinder(Binder binder) {
        this.binder = binder;
    }

    RelationalNode bind(TableExpression.Join join, Scope scope) {
        List<RangeEntry> around = new ArrayList<>(scope.entries());
        RelationalNode left = binder.from.bind(join.left(), scope);
        List<RangeEntry> leftEntries = added(scope, around.size());
        boolean lateralAllowed =
                join.kind() != TableExpression.Join.Kind.RIGHT && join.kind() != TableExpression.Join.Kind.FULL;
        for (RangeEntry entry : leftEntries) {
            entry.forbidLateral(!lateralAllowed);
        }
        RelationalNode right = binder.from.bind(join.right(), scope);
        for (RangeEntry entry : leftEntries) {
            entry.forbidLateral(false);
        }
        List<RangeEntry> rightEntries = added(scope, around.size() + leftEntries.size());
        FromBinder.checkAliases(scope.entries(), around.size() + leftEntries.size(), join.position());
        boolean lateral = FromBinder.isLateral(join.right());
        List<String> shared = join.natural() ? common(leftEntries, rightEntries) : join.using();
        JoinKind kind = kind(join.kind());
        if (shared != null) {
            return using(join, kind, shared, left, leftEntries, right, rightEntries, scope, lateral);
        }
        BoundExpression condition = null;
        if (join.on() != null) {
            Scope visible = onlyThese(scope, leftEntries, rightEntries);
            visible.enter(Clause.JOIN);
            condition = binder.expressions.condition(join.on(), visible, "JOIN/ON");
        }
        if (join.alias() != null) {
            List<RangeColumn> columns = new ArrayList<>();
            addColumns(leftEntries, columns);
            addColumns(rightEntries, columns);
            hide(leftEntries, true);
            hide(rightEntries, true);
            scope.entries().add(renamed(join, columns));
        }
        return new RelationalNode.Join(kind, left, right, condition, lateral);
    }

    private static JoinKind kind(TableExpression.Join.Kind kind) {
        return switch (kind) {
            case CROSS, INNER -> JoinKind.INNER;
            case LEFT -> JoinKind.LEFT;
            case RIGHT -> JoinKind.RIGHT;
            case FULL -> JoinKind.FULL;
        };
    }

    private static List<RangeEntry> added(Scope scope, int from) {
        return List.copyOf(scope.entries().subList(from, scope.entries().size()));
    }

    /** ON sees the two sides of its join, and the queries around. */
    private static Scope onlyThese(Scope scope, List<RangeEntry> left, List<RangeEntry> right) {
        Scope visible = scope.withoutEntries();
        visible.entries().addAll(left);
        visible.entries().addAll(right);
        return visible;
    }

    private static List<String> common(List<RangeEntry> left, List<RangeEntry> right) {
        List<RangeColumn> leftColumns = new ArrayList<>();
        List<RangeColumn> rightColumns = new ArrayList<>();
        addColumns(left, leftColumns);
        addColumns(right, rightColumns);
        List<String> names = new ArrayList<>();
        for (RangeColumn column : leftColumns) {
            for (RangeColumn other : rightColumns) {
                if (column.name().equals(other.name()) && !names.contains(column.name())) {
                    names.add(column.name());
                }
            }
        }
        return names;
    }

    private static void addColumns(List<RangeEntry> entries, List<RangeColumn> columns) {
        for (RangeEntry entry : entries) {
            if (entry.columnsVisible()) {
                columns.addAll(entry.columns());
            }
        }
    }

    private static void hide(List<RangeEntry> entries, boolean relations) {
        for (RangeEntry entry : entries) {
            entry.withColumnsVisible(false);
            if (relations) {
                entry.withRelationVisible(false);
            }
        }
    }

    private RelationalNode using(
            TableExpression.Join join,
            JoinKind kind,
            List<String> names,
            RelationalNode left,
            List<RangeEntry> leftEntries,
            RelationalNode right,
            List<RangeEntry> rightEntries,
            Scope scope,
            boolean lateral) {
        List<RangeColumn> leftColumns = new ArrayList<>();
        List<RangeColumn> rightColumns = new ArrayList<>();
        addColumns(leftEntries, leftColumns);
        addColumns(rightEntries, rightColumns);
        List<RangeColumn> merged = new ArrayList<>();
        List<BoundExpression> equalities = new ArrayList<>();
        List<RelationalNode.Definition> definitions = new ArrayList<>();
        for (String name : names) {
            RangeColumn l = take(name, leftColumns, "left");
            RangeColumn r = take(name, rightColumns, "right");
            equalities.add(binder.operators.apply("=", l.expression(), r.expression(), join.position()));
            merged.add(
                    new RangeColumn(name, merge(name, kind, l.expression(), r.expression(), join, definitions), false));
        }
        List<RangeColumn> columns = new ArrayList<>(merged);
        columns.addAll(leftColumns);
        columns.addAll(rightColumns);
        hide(leftEntries, join.alias() != null);
        hide(rightEntries, join.alias() != null);
        RangeEntry entry = renamed(join, columns);
        scope.entries().add(join.alias() == null ? entry.withRelationVisible(false) : entry);
        if (join.usingAlias() != null) {
            scope.entries().add(new RangeEntry(join.usingAlias(), null, merged, null, null).withColumnsVisible(false));
        }
        RelationalNode node = new RelationalNode.Join(
                kind, left, right, equalities.isEmpty() ? null : OperatorBinder.connective(true, equalities), lateral);
        return definitions.isEmpty() ? node : new RelationalNode.Extend(node, definitions);
    }

    private static RangeColumn take(String name, List<RangeColumn> columns, String side) {
        RangeColumn found = null;
        for (RangeColumn column : columns) {
            if (column.name().equals(name)) {
                if (found != null) {
                    throw BindErrors.at(
                            0,
                            SqlState.AMBIGUOUS_COLUMN,
                            "common column name \"" + name + "\" appears more than once in " + side + " table");
                }
                found = column;
            }
        }
        if (found == null) {
            throw BindErrors.at(
                    0,
                    SqlState.UNDEFINED_COLUMN,
                    "column \"" + name + "\" specified in USING clause does not exist in " + side + " table");
        }
        columns.remove(found);
        return found;
    }

    private BoundExpression merge(
            String name,
            JoinKind kind,
            BoundExpression left,
            BoundExpression right,
            TableExpression.Join join,
            List<RelationalNode.Definition> definitions) {
        SqlType type = binder.coercion.common(List.of(left, right), "JOIN/USING", join.position());
        BoundExpression coercedLeft = binder.coercion.implicit(left, type, join.position());
        BoundExpression coercedRight = binder.coercion.implicit(right, type, join.position());
        BoundExpression value = switch (kind) {
            case RIGHT -> coercedRight;
            case FULL ->
                new Coalesce(
                        List.of(coercedLeft, coercedRight),
                        type,
                        left.typeModifier() == right.typeModifier() ? left.typeModifier() : -1);
            default -> coercedLeft;
        };
        if (value instanceof BoundExpression.Reference) {
            return value;
        }
        Variable variable = Variable.of(name, value);
        definitions.add(new RelationalNode.Definition(variable, value));
        return new BoundExpression.Reference(variable);
    }

    private static RangeEntry renamed(TableExpression.Join join, List<RangeColumn> columns) {
        String name = join.alias() == null ? "unnamed_join" : join.alias().name();
        List<String> aliases = join.alias() == null ? List.of() : join.alias().columns();
        if (aliases.size() > columns.size()) {
            throw BindErrors.at(
                    join.position(),
                    BindErrors.INVALID_COLUMN_REFERENCE,
                    "join expression \"" + name + "\" has " + columns.size() + " columns available but "
                            + aliases.size() + " columns specified");
        }
        List<RangeColumn> visible = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            RangeColumn column = columns.get(i);
            visible.add(
                    new RangeColumn(i < aliases.size() ? aliases.get(i) : column.name(), column.expression(), false));
        }
        return new RangeEntry(name, null, visible, null, null);
    }
}
