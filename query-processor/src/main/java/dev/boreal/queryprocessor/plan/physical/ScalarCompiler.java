package dev.boreal.queryprocessor.plan.physical;

import dev.boreal.queryprocessor.execute.ArraySubquery;
import dev.boreal.queryprocessor.execute.ExistsSubquery;
import dev.boreal.queryprocessor.execute.InSubquery;
import dev.boreal.queryprocessor.execute.QuantifiedSubquery;
import dev.boreal.queryprocessor.execute.ScalarSubquery;
import dev.boreal.queryprocessor.execute.SortKey;
import dev.boreal.queryprocessor.expression.ArrayValue;
import dev.boreal.queryprocessor.expression.CastValue;
import dev.boreal.queryprocessor.expression.ColumnValue;
import dev.boreal.queryprocessor.expression.Comparison;
import dev.boreal.queryprocessor.expression.Conditional;
import dev.boreal.queryprocessor.expression.Conjunction;
import dev.boreal.queryprocessor.expression.ConstantValue;
import dev.boreal.queryprocessor.expression.FunctionValue;
import dev.boreal.queryprocessor.expression.IntegerArithmetic;
import dev.boreal.queryprocessor.expression.Membership;
import dev.boreal.queryprocessor.expression.OuterValue;
import dev.boreal.queryprocessor.expression.ParameterValue;
import dev.boreal.queryprocessor.expression.QuantifiedComparison;
import dev.boreal.queryprocessor.expression.RowOrder;
import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.expression.Subscripting;
import dev.boreal.queryprocessor.function.ResolvedOperator;
import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.plan.relation.BoundQuery;
import dev.boreal.queryprocessor.plan.relation.Relations;
import dev.boreal.queryprocessor.plan.relation.Variable;
import dev.boreal.queryprocessor.type.SqlRecord;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles expressions against the layout of the rows that they will see. */
final class ScalarCompiler {
    private final PhysicalPlanner planner;
    private final Layout layout;
    private final @Nullable Outer outer;
    private final Map<BoundExpression.CaseOperand, Scalar> caseOperands = new HashMap<>();

    ScalarCompiler(PhysicalPlanner planner, Layout layout, @Nullable Outer outer) {
        this.planner = planner;
        this.layout = layout;
        this.outer = outer;
    }

    Scalar[] compileAll(List<BoundExpression> expressions) {
        Scalar[] scalars = new Scalar[expressions.size()];
        for (int i = 0; i < scalars.length; i++) {
            scalars[i] = compile(expressions.get(i));
        }
        return scalars;
    }

    @Nullable Scalar compileOptional(@Nullable BoundExpression expression) {
        return expression == null ? null : compile(expression);
    }

    List<SortKey> sortKeys(List<dev.boreal.queryprocessor.plan.relation.SortKey> keys) {
        List<SortKey> compiled = new ArrayList<>(keys.size());
        for (var key : keys) {
            compiled.add(new SortKey(
                    compile(key.expression()), key.expression().type(), key.descending(), key.nullsFirst()));
        }
        return compiled;
    }

    Scalar variable(Variable variable) {
        int column = layout.find(variable);
        if (column >= 0) {
            return new ColumnValue(column);
        }
        for (Outer level = outer; level != null; level = level.next()) {
            int place = level.layout().find(variable);
            if (place >= 0) {
                return new OuterValue(level.slot(), place);
            }
        }
        throw new IllegalStateException("no column for variable " + variable.name());
    }

    Scalar compile(BoundExpression expression) {
        return switch (expression) {
            case BoundExpression.Constant e -> new ConstantValue(e.value());
            case BoundExpression.Parameter e -> new ParameterValue(e.number());
            case BoundExpression.Reference e -> variable(e.variable());
            case BoundExpression.Call e -> call(e);
            case BoundExpression.Operation e -> operation(e);
            case BoundExpression.Cast e -> new CastValue(compile(e.operand()), e.function());
            case BoundExpression.Modifier e -> modifier(e);
            case BoundExpression.Relabel e -> compile(e.operand());
            case BoundExpression.Connective e -> new Conjunction(e.and(), compileAll(e.operands()));
            case BoundExpression.Not e -> not(e);
            case BoundExpression.NullTest e -> nullTest(compile(e.operand()), e.negated());
            case BoundExpression.BooleanTest e -> booleanTest(compile(e.operand()), e.truth(), e.negated());
            case BoundExpression.DistinctTest e -> distinct(e);
            case BoundExpression.Case e -> caseOf(e);
            case BoundExpression.CaseOperand e -> {
                Scalar operand = caseOperands.get(e);
                if (operand == null) {
                    throw new IllegalStateException("CASE operand outside of its CASE");
                }
                yield operand;
            }
            case BoundExpression.Coalesce e -> coalesce(compileAll(e.arguments()));
            case BoundExpression.NullIf e -> nullIf(e);
            case BoundExpression.Extremum e -> extremum(e);
            case BoundExpression.Quantified e -> quantified(e);
            case BoundExpression.Row e -> row(e);
            case BoundExpression.RowComparison e -> rowComparison(e);
            case BoundExpression.ArrayOf e ->
                new ArrayValue(compileAll(e.elements()), e.elementType().oid(), e.nested());
            case BoundExpression.Subscript e -> subscript(e);
            case BoundExpression.FieldOf e -> field(compile(e.base()), e.field());
            case BoundExpression.SubqueryExpression e -> subquery(e, false);
            case BoundExpression.AggregateCall e -> throw misplaced("aggregate");
            case BoundExpression.WindowCall e -> throw misplaced("window function");
            case BoundExpression.SetCall e -> throw misplaced("set-returning function");
            case BoundExpression.GroupingCall e -> throw misplaced("GROUPING");
        };
    }

    private static IllegalStateException misplaced(String what) {
        return new IllegalStateException(what + " outside of its node");
    }

    private Scalar call(BoundExpression.Call e) {
        var body = e.function().scalar();
        if (body == null) {
            throw new IllegalStateException(
                    "not a scalar function: " + e.function().signature().name());
        }
        return new FunctionValue(body, e.function().strict(), compileAll(e.arguments()));
    }

    private Scalar operation(BoundExpression.Operation e) {
        BoundExpression left = e.left();
        Scalar right = compile(e.right());
        if (left == null) {
            return new FunctionValue(e.operator().body(), e.operator().strict(), new Scalar[] {right});
        }
        return binary(e.operator(), compile(left), right);
    }

    private static Scalar binary(ResolvedOperator operator, Scalar left, Scalar right) {
        SqlType leftType = operator.left();
        String symbol = operator.signature().symbol();
        Scalar special = null;
        if (leftType != null && sameType(operator)) {
            boolean ordered = operator.signature().btreeStrategy() != 0 || symbol.equals("<>");
            if (ordered && leftType.comparable() && hasPlainOrder(leftType)) {
                special = Comparison.of(symbol, left, right, leftType);
            } else if (leftType.oid() == TypeRegistry.INT4.oid() || leftType.oid() == TypeRegistry.INT8.oid()) {
                special = IntegerArithmetic.of(symbol, leftType.oid() == TypeRegistry.INT8.oid(), left, right);
            }
        }
        return special != null
                ? special
                : new FunctionValue(operator.body(), operator.strict(), new Scalar[] {left, right});
    }

    /** Types whose operators are certainly those of their order. */
    private static boolean hasPlainOrder(SqlType type) {
        return switch (type.name()) {
            case "int2",
                    "int4",
                    "int8",
                    "text",
                    "varchar",
                    "bool",
                    "date",
                    "timestamp",
                    "timestamptz",
                    "uuid",
                    "oid",
                    "numeric",
                    "bpchar",
                    "float8",
                    "float4",
                    "name" -> true;
            default -> false;
        };
    }

    private Scalar modifier(BoundExpression.Modifier e) {
        Scalar operand = compile(e.operand());
        SqlType type = e.type();
        int modifier = e.typeModifier();
        boolean explicit = e.explicit();
        return (row, execution) -> {
            Object value = operand.evaluate(row, execution);
            return value == null ? null : type.applyModifier(value, modifier, explicit);
        };
    }

    private Scalar not(BoundExpression.Not e) {
        if (e.operand() instanceof BoundExpression.SubqueryExpression subquery
                && subquery.kind() == BoundExpression.SubqueryExpression.Kind.ANY) {
            return subquery(subquery, true);
        }
        Scalar operand = compile(e.operand());
        return (row, execution) -> {
            Object value = operand.evaluate(row, execution);
            return value == null ? null : (Object) !(Boolean) value;
        };
    }

    private static Scalar nullTest(Scalar operand, boolean negated) {
        return (row, execution) -> (operand.evaluate(row, execution) == null) != negated;
    }

    private static Scalar booleanTest(Scalar operand, @Nullable Boolean truth, boolean negated) {
        return (row, execution) -> {
            Object value = operand.evaluate(row, execution);
            boolean same = truth == null ? value == null : truth.equals(value);
            return same != negated;
        };
    }

    private Scalar distinct(BoundExpression.DistinctTest e) {
        Scalar left = compile(e.left());
        Scalar right = compile(e.right());
        var equality = e.equality().body();
        boolean negated = e.negated();
        return (row, execution) -> {
            Object a = left.evaluate(row, execution);
            Object b = right.evaluate(row, execution);
            boolean differ = a == null || b == null
                    ? (a == null) != (b == null)
                    : !Boolean.TRUE.equals(equality.apply(execution.context(), new Object[] {a, b}));
            return differ != negated;
        };
    }

    /**
     * Puts a value where the conditions of its CASE look for it. What was there is put back: stored expressions are compiled
     * apart from the statement that evaluates them, so their slots may be the same.
     */
    private static Scalar evaluatedOnce(Scalar value, int slot, Scalar conditional) {
        return (row, execution) -> {
            @Nullable Object[] operand = new Object[] {value.evaluate(row, execution)};
            @Nullable Object[] before = execution.exchangeOuterRow(slot, operand);
            Object result = conditional.evaluate(row, execution);
            execution.exchangeOuterRow(slot, before);
            return result;
        };
    }

    private Scalar caseOf(BoundExpression.Case e) {
        BoundExpression operand = e.operand();
        int count = e.whens().size();
        Scalar[] conditions = new Scalar[count];
        Scalar[] results = new Scalar[count];
        Scalar value = null;
        int slot = -1;
        if (operand != null) {
            boolean once = !(operand instanceof BoundExpression.Reference
                    || operand instanceof BoundExpression.Constant
                    || operand instanceof BoundExpression.Parameter
                    || operand instanceof BoundExpression.CaseOperand);
            slot = once ? planner.newOuterSlot() : -1;
            Scalar evaluated = compile(operand);
            Scalar compiled = once ? new OuterValue(slot, 0) : evaluated;
            value = once ? evaluated : null;
            for (BoundExpression.When when : e.whens()) {
                dev.boreal.queryprocessor.plan.relation.Expressions.visit(when.condition(), part -> {
                    if (part instanceof BoundExpression.CaseOperand placeholder) {
                        caseOperands.putIfAbsent(placeholder, compiled);
                    }
                    return true;
                });
            }
        }
        for (int i = 0; i < count; i++) {
            conditions[i] = compile(e.whens().get(i).condition());
            results[i] = compile(e.whens().get(i).result());
        }
        Scalar otherwise = e.otherwise() == null ? new ConstantValue(null) : compile(e.otherwise());
        Scalar conditional = new Conditional(conditions, results, otherwise);
        return value == null ? conditional : evaluatedOnce(value, slot, conditional);
    }

    private static Scalar coalesce(Scalar[] arguments) {
        return (row, execution) -> {
            for (Scalar argument : arguments) {
                Object value = argument.evaluate(row, execution);
                if (value != null) {
                    return value;
                }
            }
            return null;
        };
    }

    private Scalar nullIf(BoundExpression.NullIf e) {
        Scalar left = compile(e.left());
        Scalar equal = binary(e.equality(), compile(e.comparedLeft()), compile(e.comparedRight()));
        return (row, execution) -> equal.isTrue(row, execution) ? null : left.evaluate(row, execution);
    }

    private Scalar extremum(BoundExpression.Extremum e) {
        Scalar[] arguments = compileAll(e.arguments());
        SqlType type = e.type();
        int sign = e.greatest() ? 1 : -1;
        return (row, execution) -> {
            Object best = null;
            for (Scalar argument : arguments) {
                Object value = argument.evaluate(row, execution);
                if (value != null && (best == null || sign * Integer.signum(type.compare(value, best)) > 0)) {
                    best = value;
                }
            }
            return best;
        };
    }

    private Scalar quantified(BoundExpression.Quantified e) {
        ResolvedOperator operator = e.operator();
        String symbol = operator.signature().symbol();
        boolean membership = symbol.equals("=") && e.any() || symbol.equals("<>") && !e.any();
        if (membership && sameType(operator) && hasPlainOrder(operator.right())) {
            List<@Nullable Object> constants = constants(e.array());
            if (constants != null) {
                return new Membership(compile(e.left()), operator.right(), constants, !e.any());
            }
        }
        return new QuantifiedComparison(
                compile(e.left()), compile(e.array()), operator.body(), operator.strict(), e.any());
    }

    static @Nullable List<@Nullable Object> constants(BoundExpression array) {
        if (!(array instanceof BoundExpression.ArrayOf list) || list.nested()) {
            return null;
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (BoundExpression element : list.elements()) {
            if (!(element instanceof BoundExpression.Constant constant)) {
                return null;
            }
            values.add(constant.value());
        }
        return values;
    }

    private Scalar row(BoundExpression.Row e) {
        Scalar[] fields = compileAll(e.fields());
        List<SqlType> types = new ArrayList<>();
        for (BoundExpression field : e.fields()) {
            types.add(field.type());
        }
        List<SqlType> fieldTypes = List.copyOf(types);
        List<String> names = List.copyOf(e.names());
        return (row, execution) -> {
            @Nullable Object[] values = new Object[fields.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = fields[i].evaluate(row, execution);
            }
            return new SqlRecord(fieldTypes, names, values);
        };
    }

    private Scalar rowComparison(BoundExpression.RowComparison e) {
        int count = e.left().size();
        Scalar[] less = new Scalar[count];
        Scalar[] equal = new Scalar[count];
        for (int i = 0; i < count; i++) {
            Scalar left = compile(e.left().get(i));
            Scalar right = compile(e.right().get(i));
            less[i] = binary(e.less().get(i), left, right);
            equal[i] = binary(e.equal().get(i), left, right);
        }
        return new RowOrder(less, equal, e.symbol().length() == 2);
    }

    private Scalar subscript(BoundExpression.Subscript e) {
        int count = e.bounds().size();
        @Nullable Scalar[] lower = new Scalar[count];
        @Nullable Scalar[] upper = new Scalar[count];
        for (int i = 0; i < count; i++) {
            lower[i] = compileOptional(e.bounds().get(i).lower());
            upper[i] = compileOptional(e.bounds().get(i).upper());
        }
        return new Subscripting(compile(e.base()), lower, upper, e.slice());
    }

    private static Scalar field(Scalar base, int field) {
        return (row, execution) -> {
            SqlRecord record = (SqlRecord) base.evaluate(row, execution);
            return record == null ? null : record.values()[field];
        };
    }

    // Subqueries -------------------------------------------------------------------------------------------------

    private Scalar subquery(BoundExpression.SubqueryExpression e, boolean negated) {
        BoundQuery query = e.query();
        Set<Variable> free = Relations.freeVariables(query.node());
        boolean correlated = false;
        for (Variable variable : free) {
            correlated |= layout.has(variable);
        }
        int slot = correlated ? planner.newOuterSlot() : -1;
        Outer inner = correlated ? new Outer(layout, slot, outer) : outer;
        int cache = free.isEmpty() ? planner.newSharedSlot() : -1;
        BoundExpression.SubqueryTest test = e.test();
        return switch (e.kind()) {
            case SCALAR -> new ScalarSubquery(planner.exact(query, inner), slot, cache);
            case EXISTS -> new ExistsSubquery(planner.anyColumns(query, inner), slot, cache);
            case ARRAY ->
                new ArraySubquery(query.outputs().getFirst().type(), planner.exact(query, inner), slot, cache);
            case ANY, ALL -> {
                Scalar quantified = quantified(e, java.util.Objects.requireNonNull(test), inner, slot, cache, negated);
                yield quantified;
            }
        };
    }

    private Scalar quantified(
            BoundExpression.SubqueryExpression e,
            BoundExpression.SubqueryTest test,
            @Nullable Outer inner,
            int slot,
            int cache,
            boolean negated) {
        boolean all = e.kind() == BoundExpression.SubqueryExpression.Kind.ALL;
        if (!all && hashable(test)) {
            SqlType[] types = new SqlType[test.left().size()];
            for (int i = 0; i < types.length; i++) {
                types[i] = test.operators().get(i).right();
            }
            return new InSubquery(
                    compileAll(test.left()), types, planner.exact(e.query(), inner), negated, slot, cache);
        }
        // The comparison reads the whole row, then the query's row: only what it needs of the row is passed on.
        List<Variable> used = new ArrayList<>();
        for (Variable variable : dev.boreal.queryprocessor.plan.relation.Expressions.variables(test.condition())) {
            if (layout.has(variable)) {
                used.add(variable);
            }
        }
        Scalar[] left = new Scalar[used.size()];
        for (int i = 0; i < left.length; i++) {
            left[i] = variable(used.get(i));
        }
        Layout both = new Layout(used).plus(e.query().outputs());
        Scalar comparison = new ScalarCompiler(planner, both, outer).compile(test.condition());
        Scalar any = new QuantifiedSubquery(left, comparison, planner.exact(e.query(), inner), all, slot, cache);
        if (!negated) {
            return any;
        }
        return (row, execution) -> {
            Object value = any.evaluate(row, execution);
            return value == null ? null : (Object) !(Boolean) value;
        };
    }

    private static boolean sameType(ResolvedOperator operator) {
        SqlType left = operator.left();
        return left != null && left.oid() == operator.right().oid();
    }

    private static boolean hashable(BoundExpression.SubqueryTest test) {
        if (test.operators().isEmpty()) {
            return false;
        }
        for (ResolvedOperator operator : test.operators()) {
            if (!operator.signature().symbol().equals("=") || !sameType(operator)) {
                return false;
            }
        }
        return true;
    }
}
