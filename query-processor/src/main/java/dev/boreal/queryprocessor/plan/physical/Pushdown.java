package dev.boreal.queryprocessor.plan.physical;

import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Operation;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Reference;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.SubqueryExpression;
import dev.boreal.queryprocessor.plan.relation.CommonTable;
import dev.boreal.queryprocessor.plan.relation.Expressions;
import dev.boreal.queryprocessor.plan.relation.RelationalNode;
import dev.boreal.queryprocessor.plan.relation.RelationalNode.Definition;
import dev.boreal.queryprocessor.plan.relation.RelationalNode.JoinKind;
import dev.boreal.queryprocessor.plan.relation.Relations;
import dev.boreal.queryprocessor.plan.relation.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Moves conditions as far down as they go, turns EXISTS and IN into semijoins, and outer joins into inner ones where a
 * condition above rejects their nulls.
 */
final class Pushdown {
    private final JoinOrder order;

    Pushdown(JoinOrder order) {
        this.order = order;
    }

    RelationalNode rewrite(RelationalNode node) {
        return push(node, List.of());
    }

    private RelationalNode push(RelationalNode node, List<BoundExpression> conditions) {
        return switch (node) {
            case RelationalNode.Filter n -> {
                List<BoundExpression> all = new ArrayList<>(conditions);
                all.addAll(Expressions.conjuncts(n.condition()));
                yield push(n.input(), all);
            }
            case RelationalNode.Extend n -> extend(n, conditions);
            case RelationalNode.Join n -> join(n, conditions);
            case RelationalNode.Aggregate n -> aggregate(n, conditions);
            case RelationalNode.SetOperation n -> setOperation(n, conditions);
            case RelationalNode.Sort n -> new RelationalNode.Sort(push(n.input(), conditions), n.keys());
            case RelationalNode.Distinct n -> distinct(n, conditions);
            case RelationalNode.With n -> {
                for (CommonTable table : n.tables()) {
                    table.define(rewrite(table.node()), table.outputs());
                }
                yield new RelationalNode.With(push(n.input(), conditions), n.tables());
            }
            case RelationalNode.CommonTableAccess n -> commonTable(n, conditions);
            case RelationalNode.ProjectSet n -> projectSet(n, conditions);
            case RelationalNode.LockRows n ->
                above(new RelationalNode.LockRows(rewrite(n.input()), n.targets()), conditions);
            case RelationalNode.Window n -> above(new RelationalNode.Window(rewrite(n.input()), n.calls()), conditions);
            case RelationalNode.Limit n ->
                above(new RelationalNode.Limit(rewrite(n.input()), n.limit(), n.offset(), n.ties()), conditions);
            case RelationalNode.DistinctOn n ->
                above(new RelationalNode.DistinctOn(rewrite(n.input()), n.columns()), conditions);
            case RelationalNode.RecursiveUnion n ->
                above(
                        new RelationalNode.RecursiveUnion(
                                n.working(),
                                n.all(),
                                rewrite(n.start()),
                                n.startColumns(),
                                rewrite(n.step()),
                                n.stepColumns(),
                                n.columns()),
                        conditions);
            case RelationalNode.Insert n ->
                new RelationalNode.Insert(n.table(), rewrite(n.input()), n.values(), n.written(), n.conflict());
            case RelationalNode.Update n ->
                new RelationalNode.Update(n.table(), rewrite(n.input()), n.rowKey(), n.old(), n.updates(), n.written());
            case RelationalNode.Delete n ->
                new RelationalNode.Delete(n.table(), rewrite(n.input()), n.rowKey(), n.old());
            default -> above(node, conditions);
        };
    }

    /** The conditions on top of a node, those over queries as semijoins where they can be. */
    private RelationalNode above(RelationalNode node, List<BoundExpression> conditions) {
        List<BoundExpression> plain = new ArrayList<>();
        List<SemiJoin> joins = new ArrayList<>();
        for (BoundExpression condition : conditions) {
            SemiJoin join = SemiJoin.of(condition, Relations.available(node));
            if (join != null) {
                joins.add(join);
            } else {
                plain.add(condition);
            }
        }
        BoundExpression filter = Expressions.conjunction(plain);
        RelationalNode current = filter == null ? node : new RelationalNode.Filter(node, filter);
        for (SemiJoin join : joins) {
            current = new RelationalNode.Join(
                    join.anti() ? JoinKind.ANTI : JoinKind.SEMI,
                    current,
                    push(join.right(), join.rightConditions()),
                    join.condition(),
                    false);
        }
        return current;
    }

    private RelationalNode extend(RelationalNode.Extend n, List<BoundExpression> conditions) {
        Map<Variable, BoundExpression> definitions = new LinkedHashMap<>();
        Set<Variable> fixed = Expressions.newVariableSet();
        for (Definition definition : n.definitions()) {
            if (Volatility.isVolatile(definition.expression())
                    || Expressions.contains(definition.expression(), SubqueryExpression.class)) {
                fixed.add(definition.variable());
            } else {
                definitions.put(definition.variable(), definition.expression());
            }
        }
        List<BoundExpression> below = new ArrayList<>();
        List<BoundExpression> stay = new ArrayList<>();
        for (BoundExpression condition : conditions) {
            Set<Variable> used = Expressions.variables(condition);
            boolean hasQuery = Expressions.contains(condition, SubqueryExpression.class);
            boolean movable = !Volatility.isVolatile(condition);
            for (Variable variable : used) {
                movable &= !fixed.contains(variable) && !(hasQuery && definitions.containsKey(variable));
            }
            if (movable) {
                below.add(Expressions.substitute(condition, definitions));
            } else {
                stay.add(condition);
            }
        }
        return above(new RelationalNode.Extend(push(n.input(), below), n.definitions()), stay);
    }

    private RelationalNode projectSet(RelationalNode.ProjectSet n, List<BoundExpression> conditions) {
        Set<Variable> made = Expressions.newVariableSet();
        n.definitions().forEach(definition -> made.add(definition.variable()));
        List<BoundExpression> below = new ArrayList<>();
        List<BoundExpression> stay = new ArrayList<>();
        for (BoundExpression condition : conditions) {
            (touches(condition, made) || Volatility.isVolatile(condition) ? stay : below).add(condition);
        }
        return above(new RelationalNode.ProjectSet(push(n.input(), below), n.definitions()), stay);
    }

    private static boolean touches(BoundExpression condition, Set<Variable> variables) {
        for (Variable variable : Expressions.variables(condition)) {
            if (variables.contains(variable)) {
                return true;
            }
        }
        return false;
    }

    private RelationalNode aggregate(RelationalNode.Aggregate n, List<BoundExpression> conditions) {
        Map<Variable, BoundExpression> keys = new LinkedHashMap<>();
        if (!n.plain()) {
            for (int i = 0; i < n.keys().size(); i++) {
                boolean everywhere = true;
                for (List<Integer> set : n.sets()) {
                    everywhere &= set.contains(i);
                }
                if (everywhere) {
                    keys.put(n.keys().get(i).variable(), n.keys().get(i).expression());
                }
            }
        }
        Set<Variable> produced = Relations.available(n);
        List<BoundExpression> below = new ArrayList<>();
        List<BoundExpression> stay = new ArrayList<>();
        for (BoundExpression condition : conditions) {
            boolean movable = !n.plain()
                    && !Volatility.isVolatile(condition)
                    && !Expressions.contains(condition, SubqueryExpression.class);
            for (Variable variable : Expressions.variables(condition)) {
                movable &= keys.containsKey(variable) || !produced.contains(variable);
            }
            if (movable) {
                below.add(Expressions.substitute(condition, keys));
            } else {
                stay.add(condition);
            }
        }
        RelationalNode input = push(n.input(), below);
        return above(
                new RelationalNode.Aggregate(input, n.keys(), n.sets(), n.aggregates(), n.groupings(), n.plain()),
                stay);
    }

    private RelationalNode distinct(RelationalNode.Distinct n, List<BoundExpression> conditions) {
        List<BoundExpression> below = new ArrayList<>();
        List<BoundExpression> stay = new ArrayList<>();
        for (BoundExpression condition : conditions) {
            (Volatility.isVolatile(condition) ? stay : below).add(condition);
        }
        return above(new RelationalNode.Distinct(push(n.input(), below), n.columns()), stay);
    }

    private RelationalNode setOperation(RelationalNode.SetOperation n, List<BoundExpression> conditions) {
        Map<Variable, BoundExpression> left = new LinkedHashMap<>();
        Map<Variable, BoundExpression> right = new LinkedHashMap<>();
        for (int i = 0; i < n.columns().size(); i++) {
            left.put(n.columns().get(i), new Reference(n.leftColumns().get(i)));
            right.put(n.columns().get(i), new Reference(n.rightColumns().get(i)));
        }
        List<BoundExpression> leftBelow = new ArrayList<>();
        List<BoundExpression> rightBelow = new ArrayList<>();
        List<BoundExpression> stay = new ArrayList<>();
        for (BoundExpression condition : conditions) {
            if (Volatility.isVolatile(condition) || Expressions.contains(condition, SubqueryExpression.class)) {
                stay.add(condition);
            } else {
                leftBelow.add(Expressions.substitute(condition, left));
                rightBelow.add(Expressions.substitute(condition, right));
            }
        }
        return above(
                new RelationalNode.SetOperation(
                        n.kind(),
                        n.all(),
                        push(n.left(), leftBelow),
                        n.leftColumns(),
                        push(n.right(), rightBelow),
                        n.rightColumns(),
                        n.columns()),
                stay);
    }

    /** A plain query that is referred to once is planned where it stands. */
    private RelationalNode commonTable(RelationalNode.CommonTableAccess n, List<BoundExpression> conditions) {
        if (!n.table().inlined()) {
            return above(n, conditions);
        }
        List<Definition> definitions = new ArrayList<>();
        for (int i = 0; i < n.columns().size(); i++) {
            definitions.add(new Definition(
                    n.columns().get(i), new Reference(n.table().outputs().get(i))));
        }
        return push(new RelationalNode.Extend(n.table().node(), definitions), conditions);
    }

    // Joins ------------------------------------------------------------------------------------------------------

    private RelationalNode join(RelationalNode.Join join, List<BoundExpression> conditions) {
        RelationalNode.Join n = join.kind() == JoinKind.RIGHT && !join.lateral()
                ? mirrored(join.right(), join.left(), join.condition())
                : join;
        if (n.kind() == JoinKind.LEFT && rejectsNulls(conditions, Relations.available(n.right()))) {
            n = new RelationalNode.Join(JoinKind.INNER, n.left(), n.right(), n.condition(), n.lateral());
        }
        return switch (n.kind()) {
            case INNER -> inner(n, conditions);
            case LEFT, SEMI, ANTI -> oneSided(n, conditions);
            case RIGHT, FULL ->
                above(
                        new RelationalNode.Join(
                                n.kind(), rewrite(n.left()), rewrite(n.right()), n.condition(), n.lateral()),
                        conditions);
        };
    }

    private static RelationalNode.Join mirrored(
            RelationalNode outer, RelationalNode inner, @org.jspecify.annotations.Nullable BoundExpression condition) {
        return new RelationalNode.Join(JoinKind.LEFT, outer, inner, condition, false);
    }

    private static boolean rejectsNulls(List<BoundExpression> conditions, Set<Variable> variables) {
        for (BoundExpression condition : conditions) {
            if (condition instanceof Operation operation
                    && operation.operator().strict()
                    && (isOneOf(operation.left(), variables) || isOneOf(operation.right(), variables))) {
                return true;
            }
            if (condition instanceof BoundExpression.NullTest test
                    && test.negated()
                    && isOneOf(test.operand(), variables)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOneOf(
            @org.jspecify.annotations.Nullable BoundExpression expression, Set<Variable> variables) {
        return switch (expression) {
            case null -> false;
            case Reference reference -> variables.contains(reference.variable());
            case BoundExpression.Relabel relabel -> isOneOf(relabel.operand(), variables);
            case BoundExpression.Cast cast -> isOneOf(cast.operand(), variables);
            default -> false;
        };
    }

    private RelationalNode oneSided(RelationalNode.Join n, List<BoundExpression> conditions) {
        Set<Variable> right = Relations.available(n.right());
        Set<Variable> left = Relations.available(n.left());
        List<BoundExpression> leftBelow = new ArrayList<>();
        List<BoundExpression> stay = new ArrayList<>();
        for (BoundExpression condition : conditions) {
            boolean moves = touches(condition, left) && !touches(condition, right) && !Volatility.isVolatile(condition);
            (moves ? leftBelow : stay).add(condition);
        }
        List<BoundExpression> rightBelow = new ArrayList<>();
        List<BoundExpression> on = new ArrayList<>();
        for (BoundExpression condition : Expressions.conjuncts(n.condition())) {
            (touches(condition, left) || Volatility.isVolatile(condition) ? on : rightBelow).add(condition);
        }
        return above(
                new RelationalNode.Join(
                        n.kind(),
                        push(n.left(), leftBelow),
                        push(n.right(), rightBelow),
                        Expressions.conjunction(on),
                        n.lateral()),
                stay);
    }

    private RelationalNode inner(RelationalNode.Join n, List<BoundExpression> conditions) {
        List<RelationalNode> leaves = new ArrayList<>();
        List<BoundExpression> all = new ArrayList<>(conditions);
        boolean lateral = flatten(n, leaves, all);
        List<List<BoundExpression>> perLeaf = new ArrayList<>();
        List<Set<Variable>> available = new ArrayList<>();
        Set<Variable> everywhere = Expressions.newVariableSet();
        for (RelationalNode leaf : leaves) {
            perLeaf.add(new ArrayList<>());
            Set<Variable> variables = Relations.available(leaf);
            available.add(variables);
            everywhere.addAll(variables);
        }
        List<BoundExpression> joining = new ArrayList<>();
        for (BoundExpression condition : all) {
            int only = onlyLeaf(condition, available);
            if (only >= 0 && !Volatility.isVolatile(condition)) {
                perLeaf.get(only).add(condition);
            } else {
                joining.add(condition);
            }
        }
        List<BoundExpression> late = new ArrayList<>();
        for (BoundExpression condition : List.copyOf(joining)) {
            // What reads none of the inputs is evaluated once, before any of them is started.
            boolean constant = !touches(condition, everywhere) && !Volatility.isVolatile(condition);
            if (constant || SemiJoin.of(condition, everywhere) != null) {
                joining.remove(condition);
                late.add(condition);
            }
        }
        List<RelationalNode> pushed = new ArrayList<>();
        for (int i = 0; i < leaves.size(); i++) {
            pushed.add(push(leaves.get(i), perLeaf.get(i)));
        }
        return above(order.order(pushed, joining, lateral), late);
    }

    /** The only leaf whose variables a condition reads, or -1. */
    private static int onlyLeaf(BoundExpression condition, List<Set<Variable>> available) {
        int only = -1;
        for (Variable variable : Expressions.variables(condition)) {
            for (int i = 0; i < available.size(); i++) {
                if (available.get(i).contains(variable)) {
                    if (only >= 0 && only != i) {
                        return -1;
                    }
                    only = i;
                }
            }
        }
        return only;
    }

    /** Collects the inputs and conditions of nested inner joins; whether any of them is lateral. */
    private static boolean flatten(RelationalNode node, List<RelationalNode> leaves, List<BoundExpression> conditions) {
        return switch (node) {
            case RelationalNode.Join join
            when join.kind() == JoinKind.INNER -> {
                conditions.addAll(Expressions.conjuncts(join.condition()));
                boolean left = flatten(join.left(), leaves, conditions);
                boolean right;
                if (join.lateral()) {
                    leaves.add(join.right());
                    right = true;
                } else {
                    right = flatten(join.right(), leaves, conditions);
                }
                yield left || right;
            }
            case RelationalNode.Filter filter
            when filter.input() instanceof RelationalNode.Join join && join.kind() == JoinKind.INNER -> {
                conditions.addAll(Expressions.conjuncts(filter.condition()));
                yield flatten(join, leaves, conditions);
            }
            default -> {
                leaves.add(node);
                yield false;
            }
        };
    }
}
