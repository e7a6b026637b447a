package dev.boreal.queryprocessor.plan.physical;

import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.execute.HashJoin;
import dev.boreal.queryprocessor.execute.JoinType;
import dev.boreal.queryprocessor.execute.NestedLoopJoin;
import dev.boreal.queryprocessor.execute.Operator;
import dev.boreal.queryprocessor.expression.CastValue;
import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.function.CastFunction;
import dev.boreal.queryprocessor.function.Casts;
import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Operation;
import dev.boreal.queryprocessor.plan.relation.Expressions;
import dev.boreal.queryprocessor.plan.relation.RelationalNode;
import dev.boreal.queryprocessor.plan.relation.RelationalNode.JoinKind;
import dev.boreal.queryprocessor.plan.relation.Relations;
import dev.boreal.queryprocessor.plan.relation.Variable;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chooses how two inputs are joined: by lookups in the right one's index, by hash, or by comparing all pairs. */
final class JoinPlanner {
    /** A lookup costs about as much as reading so many rows of a scan. */
    private static final double LOOKUP_COST = 4;

    private final PhysicalPlanner planner;

    JoinPlanner(PhysicalPlanner planner) {
        this.planner = planner;
    }

    Stage plan(RelationalNode.Join n, Set<Variable> required, @Nullable Outer outer) {
        List<BoundExpression> conditions = Expressions.conjuncts(n.condition());
        Set<Variable> needed = PhysicalPlanner.with(required, conditions);
        if (n.lateral()) {
            needed.addAll(Relations.freeVariables(n.right()));
        }
        Stage left = planner.plan(n.left(), restricted(needed, n.left()), outer);
        boolean correlated = n.lateral() && n.kind() != JoinKind.RIGHT && n.kind() != JoinKind.FULL;
        if (correlated) {
            return nested(n, n.right(), conditions, left, needed, outer);
        }
        if (n.kind() != JoinKind.RIGHT && n.kind() != JoinKind.FULL && worthLookups(n, conditions, left.rows())) {
            BoundExpression condition = n.condition();
            RelationalNode right = condition == null ? n.right() : filtered(n.right(), conditions);
            return nested(n, right, List.of(), left, needed, outer);
        }
        Stage right = planner.plan(n.right(), restricted(needed, n.right()), outer);
        return hashedOrCompared(n, conditions, left, right, outer);
    }

    private static Set<Variable> restricted(Set<Variable> needed, RelationalNode node) {
        Set<Variable> available = Relations.available(node);
        available.retainAll(needed);
        return available;
    }

    private static RelationalNode filtered(RelationalNode node, List<BoundExpression> conditions) {
        List<BoundExpression> all = new ArrayList<>(conditions);
        RelationalNode input = node;
        if (node instanceof RelationalNode.Filter filter) {
            all.addAll(Expressions.conjuncts(filter.condition()));
            input = filter.input();
        }
        BoundExpression condition = Expressions.conjunction(all);
        return condition == null ? input : new RelationalNode.Filter(input, condition);
    }

    /** The right side anew for each left row. */
    private Stage nested(
            RelationalNode.Join n,
            RelationalNode rightNode,
            List<BoundExpression> conditions,
            Stage left,
            Set<Variable> needed,
            @Nullable Outer outer) {
        int slot = planner.newOuterSlot();
        Stage right = planner.plan(rightNode, restricted(needed, rightNode), new Outer(left.layout(), slot, outer));
        Layout both = left.layout().concatenate(right.layout());
        BoundExpression condition = Expressions.conjunction(conditions);
        Scalar compiled = new ScalarCompiler(planner, both, outer).compileOptional(condition);
        Operator join = new NestedLoopJoin(
                left.operator(),
                right.operator(),
                type(n.kind()),
                compiled,
                condition == null ? "" : SqlText.of(condition),
                left.layout().width(),
                right.layout().width(),
                slot);
        return new Stage(join, leftOnly(n.kind()) ? left.layout() : both, left.rows() * Math.max(1, right.rows()));
    }

    private static boolean leftOnly(JoinKind kind) {
        return kind == JoinKind.SEMI || kind == JoinKind.ANTI;
    }

    private static JoinType type(JoinKind kind) {
        return switch (kind) {
            case INNER -> JoinType.INNER;
            case LEFT -> JoinType.LEFT;
            case RIGHT -> JoinType.RIGHT;
            case FULL -> JoinType.FULL;
            case SEMI -> JoinType.SEMI;
            case ANTI -> JoinType.ANTI;
        };
    }

    /** Whether the right side is a table with a key on what is joined, and few enough left rows ask for it. */
    private static boolean worthLookups(RelationalNode.Join n, List<BoundExpression> conditions, double leftRows) {
        RelationalNode.TableAccess access = switch (n.right()) {
            case RelationalNode.TableAccess table -> table;
            case RelationalNode.Filter filter when filter.input() instanceof RelationalNode.TableAccess table -> table;
            default -> null;
        };
        if (access == null || leftRows * LOOKUP_COST > JoinOrder.rows(access.table())) {
            return false;
        }
        List<BoundExpression> all = new ArrayList<>(conditions);
        if (n.right() instanceof RelationalNode.Filter filter) {
            all.addAll(Expressions.conjuncts(filter.condition()));
        }
        Set<Variable> own = Expressions.newVariableSet();
        for (Variable column : access.columns()) {
            if (column != null) {
                own.add(column);
            }
        }
        Set<Integer> joined = new java.util.TreeSet<>();
        for (BoundExpression condition : conditions) {
            KeyCondition key = KeyCondition.of(condition, access.columns(), own);
            if (key != null && key.symbol().equals("=")) {
                joined.add(key.field() + 1);
            }
        }
        Set<Integer> bound = new java.util.TreeSet<>(joined);
        for (BoundExpression condition : all) {
            KeyCondition key = KeyCondition.of(condition, access.columns(), own);
            if (key != null && key.symbol().equals("=")) {
                bound.add(key.field() + 1);
            }
        }
        for (Index index : access.table().indexes()) {
            if (index.state() != Index.State.READY || index.predicateSql() != null) {
                continue;
            }
            boolean useful = false;
            for (Index.IndexColumn column : index.columns()) {
                if (!bound.contains(column.columnNumber())) {
                    break;
                }
                useful |= joined.contains(column.columnNumber());
            }
            if (useful) {
                return true;
            }
        }
        return false;
    }

    // Hash -------------------------------------------------------------------------------------------------------

    private Stage hashedOrCompared(
            RelationalNode.Join n, List<BoundExpression> conditions, Stage left, Stage right, @Nullable Outer outer) {
        ScalarCompiler leftCompiler = new ScalarCompiler(planner, left.layout(), outer);
        ScalarCompiler rightCompiler = new ScalarCompiler(planner, right.layout(), outer);
        List<Scalar> leftKeys = new ArrayList<>();
        List<Scalar> rightKeys = new ArrayList<>();
        List<SqlType> types = new ArrayList<>();
        List<BoundExpression> rest = new ArrayList<>();
        for (BoundExpression condition : conditions) {
            if (!addKey(condition, left, right, leftCompiler, rightCompiler, leftKeys, rightKeys, types)) {
                rest.add(condition);
            }
        }
        Layout both = left.layout().concatenate(right.layout());
        ScalarCompiler compiler = new ScalarCompiler(planner, both, outer);
        Scalar residual = compiler.compileOptional(Expressions.conjunction(rest));
        Operator join = leftKeys.isEmpty()
                ? new NestedLoopJoin(
                        left.operator(),
                        right.operator(),
                        type(n.kind()),
                        residual,
                        SqlText.conjunction(rest),
                        left.layout().width(),
                        right.layout().width(),
                        -1)
                : new HashJoin(
                        left.operator(),
                        right.operator(),
                        type(n.kind()),
                        leftKeys.toArray(new Scalar[0]),
                        rightKeys.toArray(new Scalar[0]),
                        types.toArray(new SqlType[0]),
                        residual,
                        SqlText.conjunction(conditions),
                        left.layout().width(),
                        right.layout().width(),
                        false);
        double rows = conditions.isEmpty() ? left.rows() * right.rows() : Math.max(left.rows(), right.rows());
        return new Stage(join, leftOnly(n.kind()) ? left.layout() : both, rows);
    }

    private static boolean addKey(
            BoundExpression condition,
            Stage left,
            Stage right,
            ScalarCompiler leftCompiler,
            ScalarCompiler rightCompiler,
            List<Scalar> leftKeys,
            List<Scalar> rightKeys,
            List<SqlType> types) {
        if (!(condition instanceof Operation operation)
                || operation.left() == null
                || !operation.operator().signature().symbol().equals("=")
                || !operation.operator().signature().isEquality()) {
            return false;
        }
        BoundExpression a = operation.left();
        BoundExpression b = operation.right();
        boolean straight = reads(a, left.layout(), right.layout()) && reads(b, right.layout(), left.layout());
        boolean swapped =
                !straight && reads(b, left.layout(), right.layout()) && reads(a, right.layout(), left.layout());
        if (!straight && !swapped) {
            return false;
        }
        BoundExpression l = straight ? a : b;
        BoundExpression r = straight ? b : a;
        SqlType type = common(l.type(), r.type());
        if (type == null || !type.comparable()) {
            return false;
        }
        leftKeys.add(cast(leftCompiler.compile(l), l.type(), type));
        rightKeys.add(cast(rightCompiler.compile(r), r.type(), type));
        types.add(type);
        return true;
    }

    /** Whether the expression reads columns of one side, and none of the other. */
    private static boolean reads(BoundExpression expression, Layout one, Layout other) {
        boolean some = false;
        for (Variable variable : Expressions.variables(expression)) {
            if (other.has(variable)) {
                return false;
            }
            some |= one.has(variable);
        }
        return some && !Volatility.isVolatile(expression);
    }

    private static @Nullable SqlType common(SqlType a, SqlType b) {
        if (a.oid() == b.oid()) {
            return a;
        }
        if (Casts.find(a, b, Casts.Context.IMPLICIT) != null) {
            return b;
        }
        return Casts.find(b, a, Casts.Context.IMPLICIT) != null ? a : null;
    }

    private static Scalar cast(Scalar scalar, SqlType from, SqlType to) {
        CastFunction cast = from.oid() == to.oid() ? null : Casts.find(from, to, Casts.Context.IMPLICIT);
        return cast == null || cast.isIdentity() ? scalar : new CastValue(scalar, cast);
    }
}
