package dev.boreal.queryprocessor.plan.bind;

import dev.boreal.queryprocessor.plan.bind.SelectBinder.Target;
import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Reference;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.SetCall;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.WindowCall;
import dev.boreal.queryprocessor.plan.relation.BoundQuery;
import dev.boreal.queryprocessor.plan.relation.ExpressionRewriter;
import dev.boreal.queryprocessor.plan.relation.Expressions;
import dev.boreal.queryprocessor.plan.relation.RelationalNode;
import dev.boreal.queryprocessor.plan.relation.RelationalNode.Definition;
import dev.boreal.queryprocessor.plan.relation.Relations;
import dev.boreal.queryprocessor.plan.relation.SortKey;
import dev.boreal.queryprocessor.plan.relation.Variable;
import dev.boreal.queryprocessor.syntax.tree.SelectBody;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What of a SELECT comes after WHERE, in the making: each step moves a kind of call out of the expressions into a node. */
record SelectTail(
        Analysis analysis,
        RelationalNode node,
        List<Target> targets,
        List<SortKey> order,
        @Nullable BoundExpression having,
        List<SortKey> distinctOn) {

    /** Every expression rewritten, over a new node. */
    SelectTail rewrite(ExpressionRewriter rewriter, RelationalNode newNode) {
        return new SelectTail(
                analysis,
                newNode,
                rewriteTargets(rewriter),
                rewriteKeys(order, rewriter),
                having == null ? null : rewriter.rewrite(having),
                rewriteKeys(distinctOn, rewriter));
    }

    List<Target> rewriteTargets(ExpressionRewriter rewriter) {
        List<Target> rewritten = new ArrayList<>(targets.size());
        for (Target target : targets) {
            rewritten.add(new Target(target.name(), rewriter.rewrite(target.expression()), target.written()));
        }
        return rewritten;
    }

    private static List<SortKey> rewriteKeys(List<SortKey> keys, ExpressionRewriter rewriter) {
        List<SortKey> rewritten = new ArrayList<>(keys.size());
        for (SortKey key : keys) {
            rewritten.add(new SortKey(rewriter.rewrite(key.expression()), key.descending(), key.nullsFirst()));
        }
        return rewritten;
    }

    /** Moves calls of one kind into definitions, innermost first. */
    private static final class Extraction extends ExpressionRewriter {
        private final Class<? extends BoundExpression> kind;
        private final List<List<Definition>> levels = new ArrayList<>();
        private final Map<BoundExpression, Variable> known = new HashMap<>();
        private int depth;

        Extraction(Class<? extends BoundExpression> kind) {
            this.kind = kind;
        }

        @Override
        public BoundExpression rewrite(BoundExpression part) {
            if (!kind.isInstance(part)) {
                return rewriteParts(part);
            }
            int outer = depth;
            depth = 0;
            BoundExpression rewritten = rewriteParts(part);
            int level = depth;
            depth = Math.max(outer, level + 1);
            while (levels.size() <= level) {
                levels.add(new ArrayList<>());
            }
            Variable variable = known.get(rewritten);
            if (variable == null) {
                variable = Variable.of("call", rewritten);
                known.put(rewritten, variable);
                levels.get(level).add(new Definition(variable, rewritten));
            }
            return new Reference(variable);
        }
    }

    SelectTail computeWindows() {
        Extraction extraction = new Extraction(WindowCall.class);
        SelectTail rewritten = rewrite(extraction, node);
        RelationalNode windowed = node;
        for (List<Definition> calls : extraction.levels) {
            windowed = new RelationalNode.Window(windowed, calls);
        }
        return new SelectTail(
                analysis, windowed, rewritten.targets, rewritten.order, rewritten.having, rewritten.distinctOn);
    }

    private SelectTail computeSets() {
        Extraction extraction = new Extraction(SetCall.class);
        SelectTail rewritten = rewrite(extraction, node);
        RelationalNode multiplied = node;
        for (List<Definition> calls : extraction.levels) {
            multiplied = new RelationalNode.ProjectSet(multiplied, calls);
        }
        return new SelectTail(
                analysis, multiplied, rewritten.targets, rewritten.order, rewritten.having, rewritten.distinctOn);
    }

    BoundQuery finish(
            SelectBody.Select select,
            @Nullable BoundExpression limit,
            @Nullable BoundExpression offset,
            boolean withTies,
            boolean sets) {
        SelectTail tail = sets ? computeSets() : this;
        return tail.build(select, limit, offset, withTies);
    }

    private BoundQuery build(
            SelectBody.Select select,
            @Nullable BoundExpression limit,
            @Nullable BoundExpression offset,
            boolean withTies) {
        List<Definition> definitions = new ArrayList<>();
        List<Variable> outputs = new ArrayList<>(SelectBinder.define(targets, definitions));
        defineOuterColumns(outputs, definitions);
        rememberUndecided(definitions);
        Map<BoundExpression, Variable> defined = new HashMap<>();
        for (Definition definition : definitions) {
            defined.put(definition.expression(), definition.variable());
        }
        List<Definition> sortOnly = new ArrayList<>();
        List<SortKey> keys = keyed(order, defined, sortOnly);
        List<SortKey> onKeys = keyed(distinctOn, defined, sortOnly);
        boolean distinct = select.distinct();
        boolean sorted = !keys.isEmpty() || !onKeys.isEmpty();
        List<Definition> before = new ArrayList<>(sortOnly);
        List<Definition> after = new ArrayList<>();
        Set<Variable> needed = Expressions.newVariableSet();
        keys.forEach(key -> Expressions.collect(key.expression(), needed));
        onKeys.forEach(key -> Expressions.collect(key.expression(), needed));
        for (Definition definition : definitions) {
            boolean early = distinct || !sorted || needed.contains(definition.variable());
            (early ? before : after).add(definition);
        }
        RelationalNode current = extend(node, before);
        if (distinct && onKeys.isEmpty()) {
            current = new RelationalNode.Distinct(current, distinctVariables(outputs));
        }
        List<SortKey> fullOrder = onKeys.isEmpty() ? keys : SortBinder.startingWith(onKeys, keys);
        if (!fullOrder.isEmpty()) {
            current = new RelationalNode.Sort(current, fullOrder);
        }
        if (!onKeys.isEmpty()) {
            List<Variable> columns = new ArrayList<>();
            for (SortKey key : onKeys) {
                columns.add(((Reference) key.expression()).variable());
            }
            current = new RelationalNode.DistinctOn(current, columns);
        }
        if (limit != null || offset != null) {
            current = new RelationalNode.Limit(current, limit, offset, withTies ? fullOrder : List.of());
        }
        List<String> names = new ArrayList<>();
        for (Target target : targets) {
            names.add(target.name());
        }
        return new BoundQuery(extend(current, after), outputs, names);
    }

    /** A column of a query around this one becomes a column of its own: the rows of this query do not carry it. */
    private void defineOuterColumns(List<Variable> outputs, List<Definition> definitions) {
        Set<Variable> available = Relations.available(node);
        definitions.forEach(definition -> available.add(definition.variable()));
        for (int i = 0; i < outputs.size(); i++) {
            if (!available.contains(outputs.get(i))) {
                BoundExpression outer = new Reference(outputs.get(i));
                Variable own = Variable.of(outputs.get(i).name(), outer);
                definitions.add(new Definition(own, outer));
                outputs.set(i, own);
            }
        }
    }

    private void rememberUndecided(List<Definition> definitions) {
        for (Definition definition : definitions) {
            if (Coercion.isUnknown(definition.expression())) {
                analysis.rememberUndecided(definition.variable(), definition.expression());
            }
        }
    }

    private static List<Variable> distinctVariables(List<Variable> outputs) {
        List<Variable> columns = new ArrayList<>();
        for (Variable output : outputs) {
            if (!columns.contains(output)) {
                columns.add(output);
            }
        }
        return columns;
    }

    private static RelationalNode extend(RelationalNode input, List<Definition> definitions) {
        return definitions.isEmpty() ? input : new RelationalNode.Extend(input, List.copyOf(definitions));
    }

    /** The keys as variables; those that are no column yet are defined beside the targets. */
    private static List<SortKey> keyed(
            List<SortKey> keys, Map<BoundExpression, Variable> defined, List<Definition> sortOnly) {
        List<SortKey> keyed = new ArrayList<>(keys.size());
        for (SortKey key : keys) {
            BoundExpression expression = key.expression();
            if (!(expression instanceof Reference)) {
                Variable variable = defined.get(expression);
                if (variable == null) {
                    variable = Variable.of("sort", expression);
                    defined.put(expression, variable);
                    sortOnly.add(new Definition(variable, expression));
                }
                expression = new Reference(variable);
            }
            keyed.add(new SortKey(expression, key.descending(), key.nullsFirst()));
        }
        return keyed;
    }
}
