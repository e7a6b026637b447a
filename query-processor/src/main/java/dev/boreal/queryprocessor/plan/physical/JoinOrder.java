package dev.boreal.queryprocessor.plan.physical;

import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Statistics;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Operation;
import dev.boreal.queryprocessor.plan.relation.Expressions;
import dev.boreal.queryprocessor.plan.relation.RelationalNode;
import dev.boreal.queryprocessor.plan.relation.RelationalNode.JoinKind;
import dev.boreal.queryprocessor.plan.relation.Relations;
import dev.boreal.queryprocessor.plan.relation.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The order of inner joins: starting with the fewest rows, always the input next that keeps them fewest, and one without a
 * connecting condition only when nothing else is left.
 */
final class JoinOrder {
    private static final double UNKNOWN_ROWS = 1000;

    static double rows(Table table) {
        Statistics statistics = table.statistics();
        return statistics == null ? UNKNOWN_ROWS : Math.max(1, statistics.rows());
    }

    /** @param fixed whether the inputs read one another and so must stay in their order */
    RelationalNode order(List<RelationalNode> inputs, List<BoundExpression> conditions, boolean fixed) {
        List<RelationalNode> left = new ArrayList<>(inputs);
        List<BoundExpression> open = new ArrayList<>(conditions);
        RelationalNode current = left.remove(fixed ? 0 : smallest(left));
        double rows = estimate(current);
        while (!left.isEmpty()) {
            int next = fixed ? 0 : next(current, left, open);
            RelationalNode chosen = left.remove(next);
            rows = Math.max(1, rows * growth(current, chosen, open));
            List<BoundExpression> on = takeBound(left, open);
            boolean lateral = fixed && readsAny(chosen, current);
            current = new RelationalNode.Join(JoinKind.INNER, current, chosen, Expressions.conjunction(on), lateral);
        }
        BoundExpression rest = Expressions.conjunction(open);
        return rest == null ? current : new RelationalNode.Filter(current, rest);
    }

    private static boolean readsAny(RelationalNode right, RelationalNode left) {
        Set<Variable> available = Relations.available(left);
        for (Variable variable : Relations.freeVariables(right)) {
            if (available.contains(variable)) {
                return true;
            }
        }
        return false;
    }

    private static int smallest(List<RelationalNode> inputs) {
        int best = 0;
        for (int i = 1; i < inputs.size(); i++) {
            if (estimate(inputs.get(i)) < estimate(inputs.get(best))) {
                best = i;
            }
        }
        return best;
    }

    private static int next(RelationalNode current, List<RelationalNode> inputs, List<BoundExpression> conditions) {
        int best = -1;
        double bestGrowth = Double.MAX_VALUE;
        for (int i = 0; i < inputs.size(); i++) {
            double growth = growth(current, inputs.get(i), conditions);
            if (!connected(current, inputs.get(i), conditions)) {
                growth = 1e12 * Math.max(1, estimate(inputs.get(i)));
            }
            if (growth < bestGrowth) {
                bestGrowth = growth;
                best = i;
            }
        }
        return Math.max(best, 0);
    }

    private static boolean connected(RelationalNode current, RelationalNode next, List<BoundExpression> conditions) {
        Set<Variable> left = Relations.available(current);
        Set<Variable> right = Relations.available(next);
        for (BoundExpression condition : conditions) {
            Set<Variable> used = Expressions.variables(condition);
            if (anyOf(used, left) && anyOf(used, right)) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyOf(Set<Variable> some, Set<Variable> all) {
        for (Variable variable : some) {
            if (all.contains(variable)) {
                return true;
            }
        }
        return false;
    }

    /** How many rows come out of the join per row of {@code current}. */
    private static double growth(RelationalNode current, RelationalNode next, List<BoundExpression> conditions) {
        double growth = estimate(next);
        Set<Variable> left = Relations.available(current);
        Set<Variable> right = Relations.available(next);
        double distinct = 1;
        for (BoundExpression condition : conditions) {
            Set<Variable> used = Expressions.variables(condition);
            if (!anyOf(used, left) || !anyOf(used, right)) {
                continue;
            }
            boolean equality = condition instanceof Operation operation
                    && operation.operator().signature().isEquality();
            distinct *= equality ? Math.max(10, distinctOf(next, used)) : 3;
        }
        return growth / Math.min(distinct, Math.max(1, total(next)));
    }

    /** About how many values a joining column of the input has. */
    private static double distinctOf(RelationalNode node, Set<Variable> used) {
        RelationalNode.TableAccess access = table(node);
        if (access == null) {
            return Math.max(10, estimate(node) / 2);
        }
        for (Index index : access.table().indexes()) {
            if (!index.unique() || index.columns().size() != 1) {
                continue;
            }
            for (Variable variable : used) {
                if (variable.tableOid() == access.table().oid()
                        && variable.columnNumber() == index.columns().getFirst().columnNumber()
                        && access.columns().contains(variable)) {
                    return rows(access.table());
                }
            }
        }
        return Math.max(10, Math.sqrt(rows(access.table())));
    }

    private static RelationalNode.@org.jspecify.annotations.Nullable TableAccess table(RelationalNode node) {
        return switch (node) {
            case RelationalNode.TableAccess access -> access;
            case RelationalNode.Filter filter -> table(filter.input());
            case RelationalNode.Extend extend -> table(extend.input());
            default -> null;
        };
    }

    private static double total(RelationalNode node) {
        RelationalNode.TableAccess access = table(node);
        return access == null ? estimate(node) : rows(access.table());
    }

    /** The conditions that can be tested as soon as both sides are joined. */
    private static List<BoundExpression> takeBound(List<RelationalNode> later, List<BoundExpression> open) {
        Set<Variable> pending = Expressions.newVariableSet();
        for (RelationalNode node : later) {
            pending.addAll(Relations.available(node));
        }
        List<BoundExpression> taken = new ArrayList<>();
        for (BoundExpression condition : List.copyOf(open)) {
            if (!anyOf(Expressions.variables(condition), pending)) {
                taken.add(condition);
                open.remove(condition);
            }
        }
        return taken;
    }

    /** About how many rows a tree gives. */
    static double estimate(RelationalNode node) {
        return switch (node) {
            case RelationalNode.OneRow n -> 1;
            case RelationalNode.Empty n -> 1;
            case RelationalNode.TableAccess n -> rows(n.table());
            case RelationalNode.SystemAccess n -> 300;
            case RelationalNode.Values n -> n.rows().size();
            case RelationalNode.FunctionAccess n -> 100;
            case RelationalNode.Filter n -> filtered(n);
            case RelationalNode.Join n -> estimateJoin(n);
            case RelationalNode.Aggregate n -> n.plain() ? 1 : Math.max(1, estimate(n.input()) / 10);
            case RelationalNode.Limit n ->
                n.limit() instanceof BoundExpression.Constant constant && constant.value() instanceof Number number
                        ? Math.min(number.doubleValue(), estimate(n.input()))
                        : estimate(n.input());
            case RelationalNode.SetOperation n -> estimate(n.left()) + estimate(n.right());
            case RelationalNode.CommonTableAccess n -> 1000;
            default -> {
                List<RelationalNode> inputs = Relations.inputs(node);
                yield inputs.isEmpty() ? UNKNOWN_ROWS : estimate(inputs.getFirst());
            }
        };
    }

    private static double estimateJoin(RelationalNode.Join n) {
        double left = estimate(n.left());
        if (n.kind() == JoinKind.SEMI || n.kind() == JoinKind.ANTI) {
            return Math.max(1, left / 2);
        }
        double right = estimate(n.right());
        return n.condition() == null ? left * right : Math.max(left, right);
    }

    private static double filtered(RelationalNode.Filter n) {
        double rows = estimate(n.input());
        RelationalNode.TableAccess access = table(n.input());
        Set<Integer> equal = new java.util.TreeSet<>();
        for (BoundExpression condition : Expressions.conjuncts(n.condition())) {
            boolean equality = condition instanceof Operation operation
                    && operation.operator().signature().isEquality();
            rows *= equality ? 0.02 : 0.3;
            if (equality && access != null) {
                for (Variable variable : Expressions.variables(condition)) {
                    if (access.columns().contains(variable)) {
                        equal.add(variable.columnNumber());
                    }
                }
            }
        }
        if (access != null) {
            for (Index index : access.table().indexes()) {
                boolean whole = index.unique();
                for (Index.IndexColumn column : index.columns()) {
                    whole &= equal.contains(column.columnNumber());
                }
                if (whole) {
                    return 1;
                }
            }
        }
        return Math.max(1, rows);
    }
}
