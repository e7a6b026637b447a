package dev.boreal.queryprocessor.plan.physical;

import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.execute.CteScan;
import dev.boreal.queryprocessor.execute.DistinctOnOperator;
import dev.boreal.queryprocessor.execute.DistinctOperator;
import dev.boreal.queryprocessor.execute.ExpressionCompiler;
import dev.boreal.queryprocessor.execute.FilterOperator;
import dev.boreal.queryprocessor.execute.LimitOperator;
import dev.boreal.queryprocessor.execute.LockRows;
import dev.boreal.queryprocessor.execute.OneTimeFilter;
import dev.boreal.queryprocessor.execute.Operator;
import dev.boreal.queryprocessor.execute.ProjectOperator;
import dev.boreal.queryprocessor.execute.QueryWithParts;
import dev.boreal.queryprocessor.execute.RecursiveUnion;
import dev.boreal.queryprocessor.execute.SetOperation;
import dev.boreal.queryprocessor.execute.SortOperator;
import dev.boreal.queryprocessor.execute.SystemTableScan;
import dev.boreal.queryprocessor.execute.ValuesOperator;
import dev.boreal.queryprocessor.execute.WithOperator;
import dev.boreal.queryprocessor.execute.WorkingTableScan;
import dev.boreal.queryprocessor.expression.ConstantValue;
import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Reference;
import dev.boreal.queryprocessor.plan.relation.BoundQuery;
import dev.boreal.queryprocessor.plan.relation.CommonTable;
import dev.boreal.queryprocessor.plan.relation.Expressions;
import dev.boreal.queryprocessor.plan.relation.RelationalNode;
import dev.boreal.queryprocessor.plan.relation.RelationalNode.Definition;
import dev.boreal.queryprocessor.plan.relation.SortKey;
import dev.boreal.queryprocessor.plan.relation.Variable;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes operators of a tree. One thread, one statement. */
public final class PhysicalPlanner {
    private final CatalogSnapshot catalog;
    private final ExpressionCompiler stored;
    private final Pushdown pushdown = new Pushdown(new JoinOrder());
    private final JoinPlanner joins = new JoinPlanner(this);
    private final AggregatePlanner aggregates = new AggregatePlanner(this);
    private final FunctionPlanner functions = new FunctionPlanner(this);
    private final ModificationPlanner modifications = new ModificationPlanner(this);
    private final Map<CommonTable, CteScan> scans = new LinkedHashMap<>();
    private final Map<CommonTable, Integer> workingSlots = new LinkedHashMap<>();
    private int outerSlots;
    private int sharedSlots;

    /** @param stored compiles what tables hold as SQL text: checks, generated columns, index expressions */
    public PhysicalPlanner(CatalogSnapshot catalog, ExpressionCompiler stored) {
        this.catalog = catalog;
        this.stored = stored;
    }

    public int outerSlots() {
        return outerSlots;
    }

    public int sharedSlots() {
        return sharedSlots;
    }

    CatalogSnapshot catalog() {
        return catalog;
    }

    ExpressionCompiler stored() {
        return stored;
    }

    int newOuterSlot() {
        return outerSlots++;
    }

    int newSharedSlot() {
        return sharedSlots++;
    }

    double tableRows(Table table) {
        return JoinOrder.rows(table);
    }

    /** A whole statement: its rows have the query's columns, in order. */
    public Operator plan(BoundQuery query) {
        return exact(query, null);
    }

    /** An expression over a row whose columns are these variables. */
    public Scalar compile(BoundExpression expression, List<? extends @Nullable Variable> columns) {
        return new ScalarCompiler(this, new Layout(columns), null).compile(expression);
    }

    Operator exact(BoundQuery query, @Nullable Outer outer) {
        return exactly(pushdown.rewrite(query.node()), query.outputs(), outer);
    }

    /** For EXISTS: the columns do not matter. */
    Operator anyColumns(BoundQuery query, @Nullable Outer outer) {
        return plan(pushdown.rewrite(query.node()), Expressions.newVariableSet(), outer)
                .operator();
    }

    /** Rows with just these columns. */
    Operator exactly(RelationalNode node, List<Variable> columns, @Nullable Outer outer) {
        if (ModificationPlanner.isModification(node)) {
            return modifications.plan(node, columns, outer);
        }
        if (node instanceof RelationalNode.Extend extend && fusable(extend, columns)) {
            return fused(extend, columns, outer);
        }
        Set<Variable> required = Expressions.newVariableSet();
        required.addAll(columns);
        return project(plan(node, required, outer), columns, outer);
    }

    private static boolean fusable(RelationalNode.Extend extend, List<Variable> columns) {
        Set<Variable> seen = Expressions.newVariableSet();
        for (Variable column : columns) {
            for (Definition definition : extend.definitions()) {
                if (definition.variable() == column && !seen.add(column)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The last projection computes what it can itself. */
    private Operator fused(RelationalNode.Extend extend, List<Variable> columns, @Nullable Outer outer) {
        Map<Variable, BoundExpression> defined = new LinkedHashMap<>();
        extend.definitions().forEach(d -> defined.put(d.variable(), d.expression()));
        Set<Variable> required = Expressions.newVariableSet();
        List<BoundExpression> expressions = new ArrayList<>();
        for (Variable column : columns) {
            BoundExpression expression = defined.getOrDefault(column, new Reference(column));
            expressions.add(expression);
            Expressions.collect(expression, required);
        }
        Stage input = plan(extend.input(), required, outer);
        return new ProjectOperator(
                input.operator(), new ScalarCompiler(this, input.layout(), outer).compileAll(expressions));
    }

    private Operator project(Stage stage, List<Variable> columns, @Nullable Outer outer) {
        if (stage.layout().isExactly(columns)) {
            return stage.operator();
        }
        ScalarCompiler compiler = new ScalarCompiler(this, stage.layout(), outer);
        Scalar[] scalars = new Scalar[columns.size()];
        for (int i = 0; i < scalars.length; i++) {
            scalars[i] = compiler.variable(columns.get(i));
        }
        return new ProjectOperator(stage.operator(), scalars);
    }

    // Nodes ------------------------------------------------------------------------------------------------------

    /** @param required the variables that somebody reads */
    Stage plan(RelationalNode node, Set<Variable> required, @Nullable Outer outer) {
        return switch (node) {
            case RelationalNode.OneRow n -> new Stage(ValuesOperator.ONE_ROW, Layout.NONE, 1);
            case RelationalNode.Empty n -> new Stage(new ValuesOperator(List.of()), new Layout(n.columns()), 1);
            case RelationalNode.TableAccess n ->
                access(n, List.of(), required, List.of(), null, outer).stage();
            case RelationalNode.SystemAccess n -> system(n, required);
            case RelationalNode.Values n -> values(n, outer);
            case RelationalNode.FunctionAccess n -> functions.access(n, outer);
            case RelationalNode.Filter n -> filter(n, required, outer);
            case RelationalNode.Extend n -> extend(n, required, outer);
            case RelationalNode.ProjectSet n -> functions.projectSet(n, required, outer);
            case RelationalNode.Join n -> joins.plan(n, required, outer);
            case RelationalNode.Aggregate n -> aggregates.aggregate(n, outer);
            case RelationalNode.Window n -> aggregates.window(n, required, outer);
            case RelationalNode.Sort n -> sort(n, required, null, outer).stage();
            case RelationalNode.Limit n -> limit(n, required, outer);
            case RelationalNode.Distinct n -> distinct(n, outer);
            case RelationalNode.DistinctOn n -> distinctOn(n, required, outer);
            case RelationalNode.SetOperation n -> setOperation(n, outer);
            case RelationalNode.CommonTableAccess n -> new Stage(scan(n.table(), outer), new Layout(n.columns()));
            case RelationalNode.With n -> with(n, required, outer);
            case RelationalNode.RecursiveUnion n -> recursive(n, outer);
            case RelationalNode.WorkingTableAccess n ->
                new Stage(
                        new WorkingTableScan(java.util.Objects.requireNonNull(workingSlots.get(n.table()))),
                        new Layout(n.columns()),
                        100);
            case RelationalNode.LockRows n -> lock(n, required, outer);
            case RelationalNode.Insert n -> throw new IllegalStateException("INSERT inside a query");
            case RelationalNode.Update n -> throw new IllegalStateException("UPDATE inside a query");
            case RelationalNode.Delete n -> throw new IllegalStateException("DELETE inside a query");
        };
    }

    AccessPaths.Chosen access(
            RelationalNode.TableAccess node,
            List<BoundExpression> conditions,
            Set<Variable> required,
            List<SortKey> wanted,
            @Nullable Scalar limit,
            @Nullable Outer outer) {
        return new AccessPaths(this, node, conditions, outer).choose(required, wanted, limit);
    }

    private static Stage system(RelationalNode.SystemAccess n, Set<Variable> required) {
        List<Variable> columns = new ArrayList<>();
        for (Variable column : n.columns()) {
            if (column != null && required.contains(column)) {
                columns.add(column);
            }
        }
        int[] fields = new int[columns.size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = n.columns().indexOf(columns.get(i));
        }
        return new Stage(new SystemTableScan(n.table(), fields), new Layout(columns), 300);
    }

    private Stage values(RelationalNode.Values n, @Nullable Outer outer) {
        ScalarCompiler compiler = new ScalarCompiler(this, Layout.NONE, outer);
        List<Scalar[]> rows = new ArrayList<>();
        for (List<BoundExpression> row : n.rows()) {
            rows.add(compiler.compileAll(row));
        }
        return new Stage(new ValuesOperator(rows), new Layout(n.columns()), rows.size());
    }

    private Stage filter(RelationalNode.Filter n, Set<Variable> required, @Nullable Outer outer) {
        List<BoundExpression> conditions = Expressions.conjuncts(n.condition());
        if (n.input() instanceof RelationalNode.TableAccess access) {
            return access(access, conditions, required, List.of(), null, outer).stage();
        }
        Set<Variable> needed = with(required, conditions);
        return filtered(plan(n.input(), needed, outer), conditions, outer);
    }

    static Set<Variable> with(Set<Variable> required, List<BoundExpression> expressions) {
        Set<Variable> needed = Expressions.newVariableSet();
        needed.addAll(required);
        for (BoundExpression expression : expressions) {
            Expressions.collect(expression, needed);
        }
        return needed;
    }

    /** The rows for which all conditions hold. */
    Stage filtered(Stage input, List<BoundExpression> conditions, @Nullable Outer outer) {
        List<BoundExpression> constant = new ArrayList<>();
        List<BoundExpression> varying = new ArrayList<>();
        for (BoundExpression condition : conditions) {
            (isConstant(condition, input.layout()) ? constant : varying).add(condition);
        }
        Stage rows = filteredByRow(input, varying, outer);
        BoundExpression once = Expressions.conjunction(constant);
        if (once == null) {
            return rows;
        }
        Scalar compiled = new ScalarCompiler(this, Layout.NONE, outer).compile(once);
        return new Stage(new OneTimeFilter(rows.operator(), compiled, SqlText.of(once)), rows.layout(), rows.rows());
    }

    /** Whether a condition is the same for all rows. */
    private static boolean isConstant(BoundExpression condition, Layout layout) {
        if (Volatility.isVolatile(condition)) {
            return false;
        }
        for (Variable variable : Expressions.variables(condition)) {
            if (layout.find(variable) >= 0) {
                return false;
            }
        }
        return true;
    }

    private Stage filteredByRow(Stage input, List<BoundExpression> conditions, @Nullable Outer outer) {
        BoundExpression condition = Expressions.conjunction(conditions);
        if (condition == null) {
            return input;
        }
        Scalar compiled = new ScalarCompiler(this, input.layout(), outer).compile(condition);
        return new Stage(
                new FilterOperator(input.operator(), compiled, SqlText.of(condition)),
                input.layout(),
                Math.max(1, input.rows() / 3));
    }

    private Stage extend(RelationalNode.Extend n, Set<Variable> required, @Nullable Outer outer) {
        List<Definition> used = new ArrayList<>();
        for (Definition definition : n.definitions()) {
            if (required.contains(definition.variable())) {
                used.add(definition);
            }
        }
        Stage input = plan(n.input(), below(required, used), outer);
        return extended(input, used, required, outer);
    }

    private static Set<Variable> below(Set<Variable> required, List<Definition> definitions) {
        Set<Variable> needed = Expressions.newVariableSet();
        needed.addAll(required);
        for (Definition definition : definitions) {
            needed.remove(definition.variable());
        }
        for (Definition definition : definitions) {
            Expressions.collect(definition.expression(), needed);
        }
        return needed;
    }

    private Stage extended(Stage input, List<Definition> used, Set<Variable> required, @Nullable Outer outer) {
        if (used.isEmpty()) {
            return input;
        }
        List<Variable> columns = new ArrayList<>();
        List<Scalar> scalars = new ArrayList<>();
        ScalarCompiler compiler = new ScalarCompiler(this, input.layout(), outer);
        for (Variable column : input.layout().columns()) {
            if (column != null && required.contains(column)) {
                columns.add(column);
                scalars.add(compiler.variable(column));
            }
        }
        for (Definition definition : used) {
            columns.add(definition.variable());
            scalars.add(compiler.compile(definition.expression()));
        }
        return new Stage(
                new ProjectOperator(input.operator(), scalars.toArray(new Scalar[0])),
                new Layout(columns),
                input.rows());
    }

    // Order and limits -------------------------------------------------------------------------------------------

    private AccessPaths.Chosen sort(
            RelationalNode.Sort n, Set<Variable> required, @Nullable Scalar most, @Nullable Outer outer) {
        List<BoundExpression> keys = new ArrayList<>();
        n.keys().forEach(key -> keys.add(key.expression()));
        Set<Variable> needed = with(required, keys);
        AccessPaths.Chosen ordered = ordered(n.input(), needed, n.keys(), most, outer);
        if (ordered != null && ordered.ordered()) {
            return ordered;
        }
        Stage input = ordered != null ? ordered.stage() : plan(n.input(), needed, outer);
        ScalarCompiler compiler = new ScalarCompiler(this, input.layout(), outer);
        Operator sorted = new SortOperator(
                input.operator(),
                compiler.sortKeys(n.keys()),
                most,
                input.layout().types(TypeRegistry.BYTEA));
        return new AccessPaths.Chosen(new Stage(sorted, input.layout(), input.rows()), true, true);
    }

    /** Plans a tree over one table so that it comes in order, if an index has it; null for other trees. */
    private AccessPaths.@Nullable Chosen ordered(
            RelationalNode node,
            Set<Variable> required,
            List<SortKey> wanted,
            @Nullable Scalar most,
            @Nullable Outer outer) {
        return switch (node) {
            case RelationalNode.TableAccess access -> access(access, List.of(), required, wanted, most, outer);
            case RelationalNode.Filter filter
            when filter.input() instanceof RelationalNode.TableAccess access ->
                access(access, Expressions.conjuncts(filter.condition()), required, wanted, most, outer);
            case RelationalNode.Extend extend -> {
                List<Definition> used = new ArrayList<>();
                for (Definition definition : extend.definitions()) {
                    if (required.contains(definition.variable())) {
                        used.add(definition);
                    }
                }
                AccessPaths.Chosen inner = ordered(extend.input(), below(required, used), wanted, most, outer);
                yield inner == null
                        ? null
                        : new AccessPaths.Chosen(
                                extended(inner.stage(), used, required, outer), inner.ordered(), inner.filtered());
            }
            default -> null;
        };
    }

    private Stage limit(RelationalNode.Limit n, Set<Variable> required, @Nullable Outer outer) {
        ScalarCompiler rowless = new ScalarCompiler(this, Layout.NONE, outer);
        Scalar limit = rowless.compileOptional(n.limit());
        Scalar offset = rowless.compileOptional(n.offset());
        Scalar most = limit == null || !n.ties().isEmpty() ? null : most(limit, offset);
        List<BoundExpression> ties = new ArrayList<>();
        n.ties().forEach(key -> ties.add(key.expression()));
        Set<Variable> needed = with(required, ties);
        Stage input;
        if (n.input() instanceof RelationalNode.Sort sort) {
            input = sort(sort, needed, most, outer).stage();
        } else {
            AccessPaths.Chosen single = ordered(n.input(), needed, List.of(), most, outer);
            input = single != null ? single.stage() : plan(n.input(), needed, outer);
        }
        Operator limited = new LimitOperator(
                input.operator(), limit, offset, new ScalarCompiler(this, input.layout(), outer).sortKeys(n.ties()));
        return new Stage(limited, input.layout(), Math.min(input.rows(), 100));
    }

    /** LIMIT plus OFFSET; NULL if there is no limit. A negative one is an error that the limit itself reports. */
    private static Scalar most(Scalar limit, @Nullable Scalar offset) {
        return (row, execution) -> {
            Object count = limit.evaluate(row, execution);
            if (count == null || ((Number) count).longValue() < 0) {
                return null;
            }
            Object skipped = offset == null ? null : offset.evaluate(row, execution);
            long skip = skipped == null ? 0 : Math.max(0, ((Number) skipped).longValue());
            long sum = ((Number) count).longValue() + skip;
            return sum < 0 ? null : (Object) sum;
        };
    }

    private Stage distinct(RelationalNode.Distinct n, @Nullable Outer outer) {
        Operator input = exactly(n.input(), n.columns(), outer);
        Layout layout = new Layout(n.columns());
        return new Stage(new DistinctOperator(input, layout.types(TypeRegistry.TEXT)), layout);
    }

    private Stage distinctOn(RelationalNode.DistinctOn n, Set<Variable> required, @Nullable Outer outer) {
        Set<Variable> needed = Expressions.newVariableSet();
        needed.addAll(required);
        needed.addAll(n.columns());
        Stage input = plan(n.input(), needed, outer);
        ScalarCompiler compiler = new ScalarCompiler(this, input.layout(), outer);
        Scalar[] keys = new Scalar[n.columns().size()];
        SqlType[] types = new SqlType[keys.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = compiler.variable(n.columns().get(i));
            types[i] = n.columns().get(i).type();
        }
        return new Stage(new DistinctOnOperator(input.operator(), keys, types), input.layout(), input.rows());
    }

    private Stage setOperation(RelationalNode.SetOperation n, @Nullable Outer outer) {
        Operator left = exactly(n.left(), n.leftColumns(), outer);
        Operator right = exactly(n.right(), n.rightColumns(), outer);
        Layout layout = new Layout(n.columns());
        SetOperation.Kind kind = switch (n.kind()) {
            case UNION -> SetOperation.Kind.UNION;
            case INTERSECT -> SetOperation.Kind.INTERSECT;
            case EXCEPT -> SetOperation.Kind.EXCEPT;
        };
        return new Stage(new SetOperation(kind, n.all(), left, right, layout.types(TypeRegistry.TEXT)), layout);
    }

    // WITH -------------------------------------------------------------------------------------------------------

    private CteScan scan(CommonTable table, @Nullable Outer outer) {
        CteScan known = scans.get(table);
        if (known != null) {
            return known;
        }
        Operator definition = exactly(pushdown.rewrite(table.node()), table.outputs(), outer);
        CteScan scan = new CteScan(newSharedSlot(), definition, table.name());
        scans.put(table, scan);
        return scan;
    }

    private Stage with(RelationalNode.With n, Set<Variable> required, @Nullable Outer outer) {
        int before = sharedSlots;
        for (CommonTable table : n.tables()) {
            if (!table.inlined() && table.references() > 0) {
                scan(table, outer);
            }
        }
        Stage input = plan(n.input(), required, outer);
        List<Operator> parts = modifyingParts(n.tables(), outer);
        Operator whole = parts.isEmpty() ? input.operator() : new QueryWithParts(input.operator(), parts);
        return new Stage(bounded(whole, before, outer), input.layout(), input.rows());
    }

    /** The tables that write, which must run whether they are read or not. */
    List<Operator> modifyingParts(List<CommonTable> tables, @Nullable Outer outer) {
        List<Operator> writing = new ArrayList<>();
        for (CommonTable table : tables) {
            if (table.hasEffects()) {
                writing.add(scan(table, outer));
            }
        }
        return writing;
    }

    /** Within a query that is opened again and again, what is shared must begin anew each time. */
    private Operator bounded(Operator input, int from, @Nullable Outer outer) {
        if (outer == null || from == sharedSlots) {
            return input;
        }
        int[] slots = new int[sharedSlots - from];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = from + i;
        }
        return new WithOperator(slots, input);
    }

    private Stage recursive(RelationalNode.RecursiveUnion n, @Nullable Outer outer) {
        int slot = newSharedSlot();
        workingSlots.put(n.working(), slot);
        Operator start = exactly(n.start(), n.startColumns(), outer);
        Operator step = exactly(n.step(), n.stepColumns(), outer);
        Layout layout = new Layout(n.columns());
        return new Stage(new RecursiveUnion(slot, start, step, !n.all(), layout.types(TypeRegistry.TEXT)), layout);
    }

    // Locks ------------------------------------------------------------------------------------------------------

    private Stage lock(RelationalNode.LockRows n, Set<Variable> required, @Nullable Outer outer) {
        Set<Variable> needed = Expressions.newVariableSet();
        needed.addAll(required);
        n.targets().forEach(target -> needed.add(target.rowKey()));
        Stage input = plan(n.input(), needed, outer);
        List<LockRows.Target> targets = new ArrayList<>();
        for (RelationalNode.LockTarget target : n.targets()) {
            int column = input.layout().find(target.rowKey());
            if (column >= 0) {
                targets.add(
                        new LockRows.Target(target.table().oid(), column, ModificationPlanner.mode(target.strength())));
            }
        }
        return new Stage(new LockRows(input.operator(), targets), input.layout(), input.rows());
    }

    static Scalar nothing() {
        return new ConstantValue(null);
    }
}
