package dev.boreal.queryprocessor.plan.physical;

import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.SubqueryExpression;
import dev.boreal.queryprocessor.plan.relation.Expressions;
import dev.boreal.queryprocessor.plan.relation.RelationalNode;
import dev.boreal.queryprocessor.plan.relation.Relations;
import dev.boreal.queryprocessor.plan.relation.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * EXISTS or IN as a join that asks only whether there is a partner: the conditions of the query that read rows around it
 * become the join's.
 */
record SemiJoin(
        boolean anti,
        RelationalNode right,
        List<BoundExpression> rightConditions,
        @Nullable BoundExpression condition) {

    /** @param left the variables of the rows that are asked for; null if the condition is nothing of the kind */
    static @Nullable SemiJoin of(BoundExpression condition, Set<Variable> left) {
        boolean anti = condition instanceof BoundExpression.Not;
        BoundExpression positive = condition instanceof BoundExpression.Not not ? not.operand() : condition;
        if (!(positive instanceof SubqueryExpression subquery)) {
            return null;
        }
        List<BoundExpression> joining = new ArrayList<>();
        BoundExpression.SubqueryTest test = subquery.test();
        switch (subquery.kind()) {
            case EXISTS -> {}
            case ANY -> {
                if (anti || test == null || test.operators().isEmpty()) {
                    return null;
                }
                joining.addAll(Expressions.conjuncts(test.condition()));
            }
            default -> {
                return null;
            }
        }
        RelationalNode node = subquery.query().node();
        boolean exists = subquery.kind() == SubqueryExpression.Kind.EXISTS;
        if (exists) {
            node = withoutDecoration(node);
        }
        List<BoundExpression> own = new ArrayList<>();
        RelationalNode right = exists ? pullUp(node, joining, own) : node;
        for (Variable variable : Relations.freeVariables(right)) {
            if (left.contains(variable)) {
                return null;
            }
        }
        BoundExpression joined = Expressions.conjunction(joining);
        if (joined == null || !touches(joined, left)) {
            return null;
        }
        return new SemiJoin(anti, right, own, joined);
    }

    private static boolean touches(BoundExpression condition, Set<Variable> left) {
        for (Variable variable : Expressions.variables(condition)) {
            if (left.contains(variable)) {
                return true;
            }
        }
        return false;
    }

    /** What does not change whether there is a row. */
    private static RelationalNode withoutDecoration(RelationalNode node) {
        return switch (node) {
            case RelationalNode.Extend extend -> withoutDecoration(extend.input());
            case RelationalNode.Sort sort -> withoutDecoration(sort.input());
            case RelationalNode.Distinct distinct -> withoutDecoration(distinct.input());
            default -> node;
        };
    }

    /** Takes the conditions at the top that read the rows around out of the query. */
    private static RelationalNode pullUp(
            RelationalNode node, List<BoundExpression> joining, List<BoundExpression> own) {
        if (!(node instanceof RelationalNode.Filter filter)) {
            return node;
        }
        Set<Variable> inside = Relations.available(filter.input());
        for (BoundExpression condition : Expressions.conjuncts(filter.condition())) {
            boolean correlated = false;
            for (Variable variable : Expressions.variables(condition)) {
                correlated |= !inside.contains(variable);
            }
            boolean movable = correlated && !Expressions.contains(condition, SubqueryExpression.class);
            (movable ? joining : own).add(condition);
        }
        BoundExpression rest = Expressions.conjunction(own);
        own.clear();
        return rest == null ? filter.input() : new RelationalNode.Filter(filter.input(), rest);
    }
}
