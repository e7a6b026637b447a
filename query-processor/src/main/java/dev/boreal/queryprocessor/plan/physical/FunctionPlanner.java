package dev.boreal.queryprocessor.plan.physical;

import dev.boreal.queryprocessor.execute.Operator;
import dev.boreal.queryprocessor.execute.ProjectSetOperator;
import dev.boreal.queryprocessor.execute.TableFunctionScan;
import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.function.ResolvedFunction;
import dev.boreal.queryprocessor.function.TableFunction;
import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.plan.relation.RelationalNode;
import dev.boreal.queryprocessor.plan.relation.RelationalNode.Definition;
import dev.boreal.queryprocessor.plan.relation.RelationalNode.FunctionItem;
import dev.boreal.queryprocessor.plan.relation.Variable;
import dev.boreal.queryprocessor.type.SqlRecord;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Functions in FROM and set-returning functions in select lists. */
final class FunctionPlanner {
    private final PhysicalPlanner planner;

    FunctionPlanner(PhysicalPlanner planner) {
        this.planner = planner;
    }

    Stage access(RelationalNode.FunctionAccess n, @Nullable Outer outer) {
        ScalarCompiler compiler = new ScalarCompiler(planner, Layout.NONE, outer);
        List<TableFunctionScan.Call> calls = new ArrayList<>();
        List<Variable> columns = new ArrayList<>();
        for (FunctionItem item : n.functions()) {
            calls.add(call(item, compiler));
            columns.addAll(item.columns());
        }
        if (n.ordinality() != null) {
            columns.add(n.ordinality());
        }
        return new Stage(new TableFunctionScan(calls, n.ordinality() != null), new Layout(columns), 100);
    }

    private static TableFunctionScan.Call call(FunctionItem item, ScalarCompiler compiler) {
        Scalar[] arguments = compiler.compileAll(item.arguments());
        int width = item.columns().size();
        ResolvedFunction function = item.function();
        if (function != null) {
            return new TableFunctionScan.Call(
                    Objects.requireNonNull(function.table()), function.strict(), arguments, width);
        }
        TableFunction once = item.composite()
                ? (context, values) -> one(fields((SqlRecord) values[0], width))
                : (context, values) -> one(new Object[] {values[0]});
        return new TableFunctionScan.Call(once, false, arguments, width);
    }

    private static @Nullable Object[] fields(@Nullable SqlRecord record, int width) {
        return record == null ? new Object[width] : record.values();
    }

    private static Iterator<@Nullable Object[]> one(@Nullable Object[] row) {
        List<@Nullable Object[]> rows = new ArrayList<>(1);
        rows.add(row);
        return rows.iterator();
    }

    Stage projectSet(RelationalNode.ProjectSet n, Set<Variable> required, @Nullable Outer outer) {
        List<BoundExpression> read = new ArrayList<>();
        n.definitions().forEach(definition -> read.add(definition.expression()));
        Set<Variable> needed = PhysicalPlanner.with(required, read);
        n.definitions().forEach(definition -> needed.remove(definition.variable()));
        Stage input = planner.plan(n.input(), needed, outer);
        ScalarCompiler compiler = new ScalarCompiler(planner, input.layout(), outer);
        List<ProjectSetOperator.Item> items = new ArrayList<>();
        List<Variable> columns = new ArrayList<>();
        for (Variable column : input.layout().columns()) {
            if (column != null) {
                columns.add(column);
                items.add(new ProjectSetOperator.Value(compiler.variable(column)));
            }
        }
        for (Definition definition : n.definitions()) {
            columns.add(definition.variable());
            items.add(new ProjectSetOperator.Set(set((BoundExpression.SetCall) definition.expression(), compiler)));
        }
        Operator operator = new ProjectSetOperator(input.operator(), items);
        return new Stage(operator, new Layout(columns), input.rows() * 10);
    }

    /** In a select list a row of several columns is one value. */
    private static TableFunctionScan.Call set(BoundExpression.SetCall set, ScalarCompiler compiler) {
        ResolvedFunction function = set.function();
        TableFunction body = Objects.requireNonNull(function.table());
        if (function.outputColumns().size() > 1) {
            var types = function.outputColumns().stream().map(c -> c.type()).toList();
            var names = function.outputColumns().stream().map(c -> c.name()).toList();
            TableFunction rows = body;
            body = (context, arguments) -> {
                Iterator<@Nullable Object[]> inner = rows.rows(context, arguments);
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return inner.hasNext();
                    }

                    @Override
                    public @Nullable Object[] next() {
                        return new Object[] {new SqlRecord(types, names, inner.next())};
                    }
                };
            };
        }
        return new TableFunctionScan.Call(body, function.strict(), compiler.compileAll(set.arguments()), 1);
    }
}
