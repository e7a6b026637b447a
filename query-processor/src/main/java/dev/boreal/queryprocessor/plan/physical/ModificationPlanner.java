package dev.boreal.queryprocessor.plan.physical;

import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.execute.DeleteOperator;
import dev.boreal.queryprocessor.execute.InsertOperator;
import dev.boreal.queryprocessor.execute.ModifyOperator;
import dev.boreal.queryprocessor.execute.ModifyWithParts;
import dev.boreal.queryprocessor.execute.Operator;
import dev.boreal.queryprocessor.execute.TableWriter;
import dev.boreal.queryprocessor.execute.UpdateOperator;
import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Reference;
import dev.boreal.queryprocessor.plan.relation.CommonTable;
import dev.boreal.queryprocessor.plan.relation.Expressions;
import dev.boreal.queryprocessor.plan.relation.RelationalNode;
import dev.boreal.queryprocessor.plan.relation.Relations;
import dev.boreal.queryprocessor.plan.relation.Variable;
import dev.boreal.queryprocessor.syntax.tree.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** INSERT, UPDATE and DELETE: the operator itself computes RETURNING, so that it is the plan's root. */
final class ModificationPlanner {
    private final PhysicalPlanner planner;

    ModificationPlanner(PhysicalPlanner planner) {
        this.planner = planner;
    }

    static boolean isModification(RelationalNode node) {
        return switch (node) {
            case RelationalNode.Insert n -> true;
            case RelationalNode.Update n -> true;
            case RelationalNode.Delete n -> true;
            case RelationalNode.Extend n -> isModification(n.input());
            case RelationalNode.With n -> isModification(n.input());
            default -> false;
        };
    }

    static AccessMode mode(Query.LockStrength strength) {
        return switch (strength) {
            case KEY_SHARE -> AccessMode.KEY_SHARE;
            case SHARE -> AccessMode.READ;
            case NO_KEY_UPDATE -> AccessMode.WRITE;
            case UPDATE -> AccessMode.KEY_WRITE;
        };
    }

    ModifyOperator plan(RelationalNode node, List<Variable> outputs, @Nullable Outer outer) {
        Map<Variable, BoundExpression> defined = new LinkedHashMap<>();
        List<CommonTable> tables = new ArrayList<>();
        RelationalNode current = node;
        while (true) {
            if (current instanceof RelationalNode.Extend extend) {
                extend.definitions().forEach(d -> defined.put(d.variable(), d.expression()));
                current = extend.input();
            } else if (current instanceof RelationalNode.With with) {
                tables.addAll(with.tables());
                current = with.input();
            } else {
                break;
            }
        }
        List<BoundExpression> returning = new ArrayList<>();
        for (Variable output : outputs) {
            returning.add(defined.getOrDefault(output, new Reference(output)));
        }
        ModifyOperator main = switch (current) {
            case RelationalNode.Insert insert -> insert(insert, returning, outer);
            case RelationalNode.Update update -> update(update, returning, outer);
            case RelationalNode.Delete delete -> delete(delete, returning, outer);
            default -> throw new IllegalStateException("not a modification");
        };
        List<Operator> parts = planner.modifyingParts(tables, outer);
        return parts.isEmpty() ? main : new ModifyWithParts(main, parts);
    }

    private TableWriter writer(Table table) {
        return new TableWriter(table, planner.catalog(), planner.stored());
    }

    private Scalar @Nullable [] returning(List<BoundExpression> returning, Layout layout, @Nullable Outer outer) {
        return returning.isEmpty() ? null : new ScalarCompiler(planner, layout, outer).compileAll(returning);
    }

    private ModifyOperator insert(RelationalNode.Insert n, List<BoundExpression> returning, @Nullable Outer outer) {
        Operator source = planner.exactly(n.input(), n.values(), outer);
        RelationalNode.Conflict conflict = n.conflict();
        return new InsertOperator(
                writer(n.table()),
                source,
                conflict == null ? null : onConflict(n.table(), conflict, outer),
                returning(returning, new Layout(n.written()), outer));
    }

    private InsertOperator.OnConflict onConflict(Table table, RelationalNode.Conflict conflict, @Nullable Outer outer) {
        List<Index> arbiters = new ArrayList<>();
        for (Index index : table.indexes()) {
            if (conflict.arbiters().contains(index.oid())) {
                arbiters.add(index);
            }
        }
        Map<Integer, BoundExpression> updates = conflict.updates();
        if (updates == null) {
            return new InsertOperator.OnConflict(arbiters, null, null);
        }
        List<@Nullable Variable> columns = new ArrayList<>(conflict.existing());
        columns.add(null);
        columns.addAll(conflict.excluded());
        ScalarCompiler compiler = new ScalarCompiler(planner, new Layout(columns), outer);
        return new InsertOperator.OnConflict(
                arbiters, assignments(table, updates, compiler), compiler.compileOptional(conflict.condition()));
    }

    private static @Nullable Scalar[] assignments(
            Table table, Map<Integer, BoundExpression> updates, ScalarCompiler compiler) {
        @Nullable Scalar[] assignments = new Scalar[table.columns().size()];
        updates.forEach((field, value) -> assignments[field] = compiler.compile(value));
        return assignments;
    }

    private ModifyOperator update(RelationalNode.Update n, List<BoundExpression> returning, @Nullable Outer outer) {
        Set<Variable> others = Expressions.newVariableSet();
        n.updates().values().forEach(value -> Expressions.collect(value, others));
        returning.forEach(value -> Expressions.collect(value, others));
        Source source = source(n.input(), n.table(), n.old(), n.rowKey(), others, outer);
        ScalarCompiler compiler = new ScalarCompiler(planner, source.layout, outer);
        List<@Nullable Variable> after = new ArrayList<>(n.written());
        after.addAll(source.layout.columns().subList(n.written().size(), source.layout.width()));
        return new UpdateOperator(
                writer(n.table()),
                source.operator,
                assignments(n.table(), n.updates(), compiler),
                returning(returning, new Layout(after), outer));
    }

    private ModifyOperator delete(RelationalNode.Delete n, List<BoundExpression> returning, @Nullable Outer outer) {
        Set<Variable> others = Expressions.newVariableSet();
        returning.forEach(value -> Expressions.collect(value, others));
        Source source = source(n.input(), n.table(), n.old(), n.rowKey(), others, outer);
        return new DeleteOperator(writer(n.table()), source.operator, returning(returning, source.layout, outer));
    }

    private record Source(Operator operator, Layout layout) {}

    /** The rows to change: the table's fields, the row's key, and what else is read. */
    private Source source(
            RelationalNode input,
            Table table,
            List<@Nullable Variable> old,
            Variable rowKey,
            Set<Variable> others,
            @Nullable Outer outer) {
        List<Variable> columns = new ArrayList<>();
        for (Column column : table.columns()) {
            Variable variable = old.get(column.field());
            columns.add(variable != null ? variable : new Variable(column.name(), column.type(), -1, 0, 0));
        }
        columns.add(rowKey);
        Set<Variable> available = Relations.available(input);
        for (Variable variable : others) {
            if (available.contains(variable) && !columns.contains(variable)) {
                columns.add(variable);
            }
        }
        Set<Variable> required = Expressions.newVariableSet();
        for (Variable column : columns) {
            if (available.contains(column)) {
                required.add(column);
            }
        }
        Stage stage = planner.plan(input, required, outer);
        Operator operator = stage.layout().isExactly(columns) ? stage.operator() : arranged(stage, columns);
        return new Source(operator, new Layout(columns));
    }

    private static Operator arranged(Stage stage, List<Variable> columns) {
        Scalar[] scalars = new Scalar[columns.size()];
        for (int i = 0; i < scalars.length; i++) {
            int place = stage.layout().find(columns.get(i));
            scalars[i] =
                    place < 0 ? PhysicalPlanner.nothing() : new dev.boreal.queryprocessor.expression.ColumnValue(place);
        }
        return new dev.boreal.queryprocessor.execute.ProjectOperator(stage.operator(), scalars);
    }
}
