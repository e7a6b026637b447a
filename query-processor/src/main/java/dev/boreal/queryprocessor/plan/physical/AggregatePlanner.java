package dev.boreal.queryprocessor.plan.physical;

import dev.boreal.queryprocessor.execute.AggregateCall;
import dev.boreal.queryprocessor.execute.AggregateOperator;
import dev.boreal.queryprocessor.execute.Operator;
import dev.boreal.queryprocessor.execute.ProjectOperator;
import dev.boreal.queryprocessor.execute.SortKey;
import dev.boreal.queryprocessor.execute.WindowCall;
import dev.boreal.queryprocessor.execute.WindowOperator;
import dev.boreal.queryprocessor.expression.ColumnValue;
import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.plan.relation.Expressions;
import dev.boreal.queryprocessor.plan.relation.RelationalNode;
import dev.boreal.queryprocessor.plan.relation.RelationalNode.Definition;
import dev.boreal.queryprocessor.plan.relation.RelationalNode.GroupingDefinition;
import dev.boreal.queryprocessor.plan.relation.Variable;
import dev.boreal.queryprocessor.plan.relation.WindowSpecification;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Aggregation and windows. */
final class AggregatePlanner {
    private final PhysicalPlanner planner;

    AggregatePlanner(PhysicalPlanner planner) {
        this.planner = planner;
    }

    Stage aggregate(RelationalNode.Aggregate n, @Nullable Outer outer) {
        List<BoundExpression> read = new ArrayList<>();
        n.keys().forEach(key -> read.add(key.expression()));
        n.aggregates().forEach(call -> read.add(call.expression()));
        Stage input = planner.plan(n.input(), PhysicalPlanner.with(Expressions.newVariableSet(), read), outer);
        ScalarCompiler compiler = new ScalarCompiler(planner, input.layout(), outer);
        Scalar[] keys = new Scalar[n.keys().size()];
        SqlType[] keyTypes = new SqlType[keys.length];
        List<Variable> columns = new ArrayList<>();
        for (int i = 0; i < keys.length; i++) {
            Definition key = n.keys().get(i);
            keys[i] = compiler.compile(key.expression());
            keyTypes[i] = key.expression().type();
            columns.add(key.variable());
        }
        List<int[]> sets = new ArrayList<>();
        for (List<Integer> set : n.sets()) {
            sets.add(set.stream().mapToInt(Integer::intValue).toArray());
        }
        List<AggregateCall> calls = new ArrayList<>();
        for (Definition call : n.aggregates()) {
            calls.add(call((BoundExpression.AggregateCall) call.expression(), compiler));
            columns.add(call.variable());
        }
        Operator operator = new AggregateOperator(input.operator(), keys, keyTypes, sets, calls, n.plain());
        double rows = n.plain() ? 1 : Math.max(1, input.rows() / 10);
        return n.groupings().isEmpty()
                ? new Stage(operator, sets.size() > 1 ? masked(columns) : new Layout(columns), rows)
                : groupings(n, operator, columns, rows);
    }

    private static Layout masked(List<Variable> columns) {
        List<@Nullable Variable> all = new ArrayList<>(columns);
        all.add(null);
        return new Layout(all);
    }

    /** Computes GROUPING(...) from the mask of absent keys behind the aggregates. */
    private static Stage groupings(RelationalNode.Aggregate n, Operator operator, List<Variable> columns, double rows) {
        List<Scalar> scalars = new ArrayList<>();
        List<Variable> all = new ArrayList<>(columns);
        for (int i = 0; i < columns.size(); i++) {
            scalars.add(new ColumnValue(i));
        }
        int mask = n.sets().size() > 1 ? columns.size() : -1;
        for (GroupingDefinition grouping : n.groupings()) {
            all.add(grouping.variable());
            int[] places = grouping.keys().stream().mapToInt(Integer::intValue).toArray();
            scalars.add((row, execution) -> {
                int absent = mask < 0 ? 0 : (Integer) Objects.requireNonNull(row[mask]);
                int bits = 0;
                for (int place : places) {
                    bits = bits << 1 | (absent >> place & 1);
                }
                return bits;
            });
        }
        return new Stage(new ProjectOperator(operator, scalars.toArray(new Scalar[0])), new Layout(all), rows);
    }

    private static AggregateCall call(BoundExpression.AggregateCall call, ScalarCompiler compiler) {
        SqlType[] types = new SqlType[call.arguments().size()];
        for (int i = 0; i < types.length; i++) {
            types[i] = call.arguments().get(i).type();
        }
        return new AggregateCall(
                Objects.requireNonNull(call.function().aggregate()),
                call.function().strict(),
                compiler.compileAll(call.arguments()),
                types,
                call.distinct(),
                compiler.compileOptional(call.filter()),
                compiler.sortKeys(call.orderBy()),
                SqlText.of(call));
    }

    // Windows ----------------------------------------------------------------------------------------------------

    Stage window(RelationalNode.Window n, Set<Variable> required, @Nullable Outer outer) {
        List<BoundExpression> read = new ArrayList<>();
        n.calls().forEach(call -> read.add(call.expression()));
        Set<Variable> needed = PhysicalPlanner.with(required, read);
        n.calls().forEach(call -> needed.remove(call.variable()));
        Stage stage = planner.plan(n.input(), needed, outer);
        List<Definition> open = new ArrayList<>(n.calls());
        while (!open.isEmpty()) {
            WindowSpecification window = specification(open.getFirst());
            List<Definition> same = new ArrayList<>();
            for (Definition call : open) {
                WindowSpecification other = specification(call);
                if (other.partitionBy().equals(window.partitionBy())
                        && other.orderBy().equals(window.orderBy())) {
                    same.add(call);
                }
            }
            open.removeAll(same);
            stage = window(stage, window, same, outer);
        }
        return stage;
    }

    private static WindowSpecification specification(Definition call) {
        return ((BoundExpression.WindowCall) call.expression()).window();
    }

    private Stage window(Stage input, WindowSpecification window, List<Definition> calls, @Nullable Outer outer) {
        ScalarCompiler compiler = new ScalarCompiler(planner, input.layout(), outer);
        SqlType[] partitionTypes = new SqlType[window.partitionBy().size()];
        for (int i = 0; i < partitionTypes.length; i++) {
            partitionTypes[i] = window.partitionBy().get(i).type();
        }
        List<SortKey> order = compiler.sortKeys(window.orderBy());
        List<WindowCall> compiled = new ArrayList<>();
        List<Variable> made = new ArrayList<>();
        for (Definition definition : calls) {
            compiled.add(call((BoundExpression.WindowCall) definition.expression(), compiler, outer));
            made.add(definition.variable());
        }
        Operator operator = new WindowOperator(
                input.operator(),
                compiler.compileAll(window.partitionBy()),
                partitionTypes,
                order,
                compiled,
                input.layout().types(TypeRegistry.BYTEA));
        return new Stage(operator, input.layout().plus(made), input.rows());
    }

    private WindowCall call(BoundExpression.WindowCall call, ScalarCompiler compiler, @Nullable Outer outer) {
        Scalar[] arguments = compiler.compileAll(call.arguments());
        var frame = new FrameCompiler(planner, outer).frame(call.window());
        String text = SqlText.of(call);
        var aggregate = call.function().aggregate();
        return aggregate != null
                ? WindowCall.aggregate(
                        aggregate,
                        call.function().strict(),
                        arguments,
                        compiler.compileOptional(call.filter()),
                        frame,
                        text)
                : WindowCall.function(Objects.requireNonNull(call.function().window()), arguments, frame, text);
    }
}
