package dev.boreal.queryprocessor.plan.bind;

import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.plan.bind.RangeEntry.RangeColumn;
import dev.boreal.queryprocessor.plan.bind.SelectBinder.Target;
import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.AggregateCall;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.GroupingCall;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Reference;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.SubqueryExpression;
import dev.boreal.queryprocessor.plan.relation.ExpressionRewriter;
import dev.boreal.queryprocessor.plan.relation.Expressions;
import dev.boreal.queryprocessor.plan.relation.RelationalNode;
import dev.boreal.queryprocessor.plan.relation.RelationalNode.Definition;
import dev.boreal.queryprocessor.plan.relation.RelationalNode.GroupingDefinition;
import dev.boreal.queryprocessor.plan.relation.Variable;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.SelectBody;
import dev.boreal.queryprocessor.syntax.tree.SelectBody.GroupingElement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** GROUP BY and aggregates: what is a key, what is computed per group, and what is neither and so an error. */
final class GroupBinder {
    private final Binder binder;

    GroupBinder(Binder binder) {
        this.binder = binder;
    }

    /**
     * GROUP BY as written.
     *
     * @param keys each expression once
     * @param sets the grouping sets, as places in {@code keys}
     */
    record Grouping(boolean present, List<BoundExpression> keys, List<List<Integer>> sets) {}

    Grouping grouping(SelectBody.Select select, List<Target> targets, Scope scope) {
        List<BoundExpression> keys = new ArrayList<>();
        List<List<Integer>> sets = new ArrayList<>();
        sets.add(List.of());
        for (GroupingElement element : select.groupBy()) {
            sets = product(sets, sets(element, keys, targets, scope));
        }
        if (select.groupDistinct()) {
            sets = new ArrayList<>(new LinkedHashSet<>(sets));
        }
        return new Grouping(!select.groupBy().isEmpty(), keys, sets);
    }

    private static List<List<Integer>> product(List<List<Integer>> left, List<List<Integer>> right) {
        List<List<Integer>> product = new ArrayList<>();
        for (List<Integer> a : left) {
            for (List<Integer> b : right) {
                product.add(union(a, b));
            }
        }
        return product;
    }

    private static List<Integer> union(List<Integer> a, List<Integer> b) {
        LinkedHashSet<Integer> both = new LinkedHashSet<>(a);
        both.addAll(b);
        return both.stream().sorted().toList();
    }

    private List<List<Integer>> sets(
            GroupingElement element, List<BoundExpression> keys, List<Target> targets, Scope scope) {
        return switch (element) {
            case GroupingElement.GroupingExpression e -> List.of(places(e.expression(), keys, targets, scope));
            case GroupingElement.EmptyGroupingSet e -> List.of(List.of());
            case GroupingElement.Rollup e -> rollup(composite(e.elements(), keys, targets, scope));
            case GroupingElement.Cube e -> cube(composite(e.elements(), keys, targets, scope));
            case GroupingElement.GroupingSets e -> {
                List<List<Integer>> all = new ArrayList<>();
                for (GroupingElement inner : e.sets()) {
                    all.addAll(sets(inner, keys, targets, scope));
                }
                yield all;
            }
        };
    }

    private List<List<Integer>> composite(
            List<Expression> elements, List<BoundExpression> keys, List<Target> targets, Scope scope) {
        List<List<Integer>> places = new ArrayList<>();
        for (Expression element : elements) {
            places.add(places(element, keys, targets, scope));
        }
        return places;
    }

    private static List<List<Integer>> rollup(List<List<Integer>> elements) {
        List<List<Integer>> sets = new ArrayList<>();
        for (int length = elements.size(); length >= 0; length--) {
            List<Integer> set = List.of();
            for (int i = 0; i < length; i++) {
                set = union(set, elements.get(i));
            }
            sets.add(set);
        }
        return sets;
    }

    private static List<List<Integer>> cube(List<List<Integer>> elements) {
        List<List<Integer>> sets = new ArrayList<>();
        int combinations = 1 << elements.size();
        for (int absent = 0; absent < combinations; absent++) {
            List<Integer> set = List.of();
            for (int i = 0; i < elements.size(); i++) {
                if ((absent >> (elements.size() - 1 - i) & 1) == 0) {
                    set = union(set, elements.get(i));
                }
            }
            sets.add(set);
        }
        return sets;
    }

    /** The places of one grouping expression; a row without the keyword ROW is its fields. */
    private List<Integer> places(Expression written, List<BoundExpression> keys, List<Target> targets, Scope scope) {
        if (written instanceof Expression.RowConstructor row && !row.explicit()) {
            List<Integer> places = List.of();
            for (Expression field : row.fields()) {
                places = union(places, places(field, keys, targets, scope));
            }
            return places;
        }
        BoundExpression key = binder.coercion.decided(find(written, targets, scope), written.position());
        if (Expressions.contains(key, AggregateCall.class)) {
            throw BindErrors.at(
                    written.position(), SqlState.GROUPING_ERROR, "aggregate functions are not allowed in GROUP BY");
        }
        if (Expressions.contains(key, BoundExpression.WindowCall.class)) {
            throw BindErrors.at(
                    written.position(), BindErrors.WINDOWING_ERROR, "window functions are not allowed in GROUP BY");
        }
        int place = keys.indexOf(key);
        if (place < 0) {
            place = keys.size();
            keys.add(key);
        }
        return List.of(place);
    }

    /** A bare name is a column of FROM first, unlike in ORDER BY. */
    private BoundExpression find(Expression written, List<Target> targets, Scope scope) {
        scope.enter(Clause.GROUP_BY);
        if (written instanceof Expression.ColumnReference column
                && column.parts().size() == 1) {
            if (binder.columns.findBareHere(column.name(), column.position(), scope) == null) {
                Target named = SortBinder.byName(column.name(), targets, column.position(), Clause.GROUP_BY);
                if (named != null) {
                    return named.expression();
                }
            }
            return binder.expressions.bind(written, scope);
        }
        Target ordinal = SortBinder.byOrdinal(written, targets, Clause.GROUP_BY);
        return ordinal != null ? ordinal.expression() : binder.expressions.bind(written, scope);
    }

    // Aggregation ------------------------------------------------------------------------------------------------

    /** Puts the aggregation under {@code tail}, and HAVING on top of it. */
    SelectTail aggregate(SelectTail tail, Grouping grouping, Scope scope) {
        Replacement replacement = new Replacement(scope);
        for (BoundExpression key : grouping.keys()) {
            Variable variable = key instanceof Reference reference ? reference.variable() : Variable.of("key", key);
            replacement.keys.add(new Definition(variable, key));
            replacement.variables.put(key, variable);
        }
        boolean plain = grouping.sets().size() == 1;
        if (plain) {
            replacement.dependent = dependentColumns(grouping, scope);
        }
        SelectTail rewritten = tail.rewrite(replacement, tail.node());
        List<List<Integer>> sets = grouping.sets();
        if (plain) {
            List<Integer> all = new ArrayList<>();
            for (int i = 0; i < replacement.keys.size(); i++) {
                all.add(i);
            }
            sets = List.of(all);
        }
        RelationalNode node = new RelationalNode.Aggregate(
                tail.node(),
                List.copyOf(replacement.keys),
                sets,
                List.copyOf(replacement.aggregates),
                List.copyOf(replacement.groupings),
                !grouping.present());
        BoundExpression having = rewritten.having();
        if (having != null) {
            node = new RelationalNode.Filter(node, having);
        }
        return new SelectTail(
                tail.analysis(), node, rewritten.targets(), rewritten.order(), null, rewritten.distinctOn());
    }

    /** Columns of tables whose whole primary key is grouped by. */
    private static Set<Variable> dependentColumns(Grouping grouping, Scope scope) {
        Set<Variable> dependent = Expressions.newVariableSet();
        for (RangeEntry entry : scope.entries()) {
            Table table = entry.table();
            Index key = table == null ? null : table.primaryKey();
            if (key == null) {
                continue;
            }
            boolean whole = true;
            for (Index.IndexColumn part : key.columns()) {
                whole &= isKey(grouping, entry, part.columnNumber());
            }
            if (whole) {
                for (RangeColumn column : entry.columns()) {
                    if (column.expression() instanceof Reference reference) {
                        dependent.add(reference.variable());
                    }
                }
            }
        }
        return dependent;
    }

    private static boolean isKey(Grouping grouping, RangeEntry entry, int columnNumber) {
        for (RangeColumn column : entry.columns()) {
            if (column.expression() instanceof Reference reference
                    && reference.variable().columnNumber() == columnNumber) {
                return grouping.keys().contains(reference);
            }
        }
        return false;
    }

    private static final class Replacement extends ExpressionRewriter {
        private final Map<Variable, String> own = new java.util.LinkedHashMap<>();
        private final List<Definition> keys = new ArrayList<>();
        private final Map<BoundExpression, Variable> variables = new HashMap<>();
        private final List<Definition> aggregates = new ArrayList<>();
        private final List<GroupingDefinition> groupings = new ArrayList<>();
        private Set<Variable> dependent = Set.of();

        Replacement(Scope scope) {
            for (RangeEntry entry : scope.entries()) {
                for (RangeColumn column : entry.columns()) {
                    for (Variable variable : Expressions.variables(column.expression())) {
                        own.putIfAbsent(variable, entry.name() + "." + column.name());
                    }
                }
            }
        }

        @Override
        public BoundExpression rewrite(BoundExpression part) {
            Variable known = variables.get(part);
            if (known != null) {
                return new Reference(known);
            }
            return switch (part) {
                case AggregateCall call -> {
                    Variable variable = Variable.of("aggregate", call);
                    aggregates.add(new Definition(variable, call));
                    variables.put(call, variable);
                    yield new Reference(variable);
                }
                case GroupingCall call -> groupingOf(call);
                case Reference reference -> ungrouped(reference);
                case SubqueryExpression subquery -> {
                    checkInside(subquery);
                    yield rewriteParts(subquery);
                }
                default -> rewriteParts(part);
            };
        }

        private BoundExpression groupingOf(GroupingCall call) {
            List<Integer> places = new ArrayList<>();
            for (BoundExpression argument : call.arguments()) {
                int place = -1;
                for (int i = 0; i < keys.size(); i++) {
                    if (keys.get(i).expression().equals(argument)) {
                        place = i;
                    }
                }
                if (place < 0) {
                    throw BindErrors.at(
                            argument instanceof Reference reference ? reference.position() : 0,
                            SqlState.GROUPING_ERROR,
                            "arguments to GROUPING must be grouping expressions of the associated query level");
                }
                places.add(place);
            }
            Variable variable = Variable.of("grouping", call);
            groupings.add(new GroupingDefinition(variable, places));
            variables.put(call, variable);
            return new Reference(variable);
        }

        private @Nullable Reference dependentKey(Variable variable) {
            if (!dependent.contains(variable)) {
                return null;
            }
            Reference reference = new Reference(variable);
            keys.add(new Definition(variable, reference));
            variables.put(reference, variable);
            return reference;
        }

        private BoundExpression ungrouped(Reference reference) {
            String name = own.get(reference.variable());
            if (name == null) {
                return reference;
            }
            Reference key = dependentKey(reference.variable());
            if (key != null) {
                return key;
            }
            throw BindErrors.at(
                    reference.position(),
                    SqlState.GROUPING_ERROR,
                    "column \"" + name + "\" must appear in the GROUP BY clause or be used in an aggregate function");
        }

        private void checkInside(SubqueryExpression subquery) {
            for (Variable variable : Expressions.variables(
                    new SubqueryExpression(subquery.kind(), subquery.query(), null, subquery.type(), -1))) {
                String name = own.get(variable);
                if (name != null && !variables.containsKey(new Reference(variable)) && dependentKey(variable) == null) {
                    throw BindErrors.at(
                            0,
                            SqlState.GROUPING_ERROR,
                            "subquery uses ungrouped column \"" + name + "\" from outer query");
                }
            }
        }
    }
}
