package dev.boreal.queryprocessor.plan.relation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Questions about trees. */
public final class Relations {
    private Relations() {}

    /** The variables that a tree reads but does not make: those of the queries around it. */
    public static Set<Variable> freeVariables(RelationalNode node) {
        Set<Variable> used = Expressions.newVariableSet();
        Set<Variable> made = Expressions.newVariableSet();
        collect(node, used, made);
        used.removeAll(made);
        return used;
    }

    private static void collect(RelationalNode node, Set<Variable> used, Set<Variable> made) {
        made.addAll(produced(node));
        expressions(node, expression -> Expressions.collect(expression, used));
        for (RelationalNode input : inputs(node)) {
            collect(input, used, made);
        }
    }

    /** The variables that a node and those below it hand upwards. */
    public static Set<Variable> available(RelationalNode node) {
        Set<Variable> variables = Expressions.newVariableSet();
        addAvailable(node, variables);
        return variables;
    }

    private static void addAvailable(RelationalNode node, Set<Variable> variables) {
        variables.addAll(produced(node));
        switch (node) {
            case RelationalNode.Filter n -> addAvailable(n.input(), variables);
            case RelationalNode.Extend n -> addAvailable(n.input(), variables);
            case RelationalNode.ProjectSet n -> addAvailable(n.input(), variables);
            case RelationalNode.Join n -> {
                addAvailable(n.left(), variables);
                if (n.kind() != RelationalNode.JoinKind.SEMI && n.kind() != RelationalNode.JoinKind.ANTI) {
                    addAvailable(n.right(), variables);
                }
            }
            case RelationalNode.Window n -> addAvailable(n.input(), variables);
            case RelationalNode.Sort n -> addAvailable(n.input(), variables);
            case RelationalNode.Limit n -> addAvailable(n.input(), variables);
            case RelationalNode.DistinctOn n -> addAvailable(n.input(), variables);
            case RelationalNode.With n -> addAvailable(n.input(), variables);
            case RelationalNode.LockRows n -> addAvailable(n.input(), variables);
            case RelationalNode.Insert n -> addAvailable(n.input(), variables);
            case RelationalNode.Update n -> addAvailable(n.input(), variables);
            case RelationalNode.Delete n -> addAvailable(n.input(), variables);
            case RelationalNode.Distinct n -> variables.addAll(n.columns());
            default -> {}
        }
    }

    /** The trees directly below. */
    public static List<RelationalNode> inputs(RelationalNode node) {
        return switch (node) {
            case RelationalNode.OneRow n -> List.of();
            case RelationalNode.Empty n -> List.of();
            case RelationalNode.TableAccess n -> List.of();
            case RelationalNode.SystemAccess n -> List.of();
            case RelationalNode.Values n -> List.of();
            case RelationalNode.FunctionAccess n -> List.of();
            case RelationalNode.Filter n -> List.of(n.input());
            case RelationalNode.Extend n -> List.of(n.input());
            case RelationalNode.ProjectSet n -> List.of(n.input());
            case RelationalNode.Join n -> List.of(n.left(), n.right());
            case RelationalNode.Aggregate n -> List.of(n.input());
            case RelationalNode.Window n -> List.of(n.input());
            case RelationalNode.Sort n -> List.of(n.input());
            case RelationalNode.Limit n -> List.of(n.input());
            case RelationalNode.Distinct n -> List.of(n.input());
            case RelationalNode.DistinctOn n -> List.of(n.input());
            case RelationalNode.SetOperation n -> List.of(n.left(), n.right());
            case RelationalNode.CommonTableAccess n -> List.of();
            case RelationalNode.With n -> {
                List<RelationalNode> inputs = new ArrayList<>();
                inputs.add(n.input());
                for (CommonTable table : n.tables()) {
                    inputs.add(table.node());
                }
                yield inputs;
            }
            case RelationalNode.RecursiveUnion n -> List.of(n.start(), n.step());
            case RelationalNode.WorkingTableAccess n -> List.of();
            case RelationalNode.LockRows n -> List.of(n.input());
            case RelationalNode.Insert n -> List.of(n.input());
            case RelationalNode.Update n -> List.of(n.input());
            case RelationalNode.Delete n -> List.of(n.input());
        };
    }

    /** The variables that a node makes itself. */
    public static List<Variable> produced(RelationalNode node) {
        List<@Nullable Variable> produced = new ArrayList<>();
        switch (node) {
            case RelationalNode.Empty n -> produced.addAll(n.columns());
            case RelationalNode.TableAccess n -> {
                produced.addAll(n.columns());
                produced.add(n.rowKey());
            }
            case RelationalNode.SystemAccess n -> produced.addAll(n.columns());
            case RelationalNode.Values n -> produced.addAll(n.columns());
            case RelationalNode.FunctionAccess n -> {
                for (RelationalNode.FunctionItem item : n.functions()) {
                    produced.addAll(item.columns());
                }
                produced.add(n.ordinality());
            }
            case RelationalNode.Extend n -> addDefined(n.definitions(), produced);
            case RelationalNode.ProjectSet n -> addDefined(n.definitions(), produced);
            case RelationalNode.Aggregate n -> {
                addDefined(n.keys(), produced);
                addDefined(n.aggregates(), produced);
                for (RelationalNode.GroupingDefinition grouping : n.groupings()) {
                    produced.add(grouping.variable());
                }
            }
            case RelationalNode.Window n -> addDefined(n.calls(), produced);
            case RelationalNode.SetOperation n -> produced.addAll(n.columns());
            case RelationalNode.CommonTableAccess n -> produced.addAll(n.columns());
            case RelationalNode.RecursiveUnion n -> produced.addAll(n.columns());
            case RelationalNode.WorkingTableAccess n -> produced.addAll(n.columns());
            case RelationalNode.Insert n -> {
                produced.addAll(n.written());
                RelationalNode.Conflict conflict = n.conflict();
                if (conflict != null) {
                    produced.addAll(conflict.existing());
                    produced.addAll(conflict.excluded());
                }
            }
            case RelationalNode.Update n -> produced.addAll(n.written());
            default -> {}
        }
        List<Variable> present = new ArrayList<>(produced.size());
        for (Variable variable : produced) {
            if (variable != null) {
                present.add(variable);
            }
        }
        return present;
    }

    private static void addDefined(List<RelationalNode.Definition> definitions, List<@Nullable Variable> produced) {
        for (RelationalNode.Definition definition : definitions) {
            produced.add(definition.variable());
        }
    }

    /** Hands every expression of a node, not of those below, to {@code sink}. */
    public static void expressions(RelationalNode node, Consumer<BoundExpression> sink) {
        switch (node) {
            case RelationalNode.Values n -> n.rows().forEach(row -> row.forEach(sink));
            case RelationalNode.FunctionAccess n ->
                n.functions().forEach(item -> item.arguments().forEach(sink));
            case RelationalNode.Filter n -> sink.accept(n.condition());
            case RelationalNode.Extend n -> n.definitions().forEach(d -> sink.accept(d.expression()));
            case RelationalNode.ProjectSet n -> n.definitions().forEach(d -> sink.accept(d.expression()));
            case RelationalNode.Join n -> {
                if (n.condition() != null) {
                    sink.accept(n.condition());
                }
            }
            case RelationalNode.Aggregate n -> {
                n.keys().forEach(d -> sink.accept(d.expression()));
                n.aggregates().forEach(d -> sink.accept(d.expression()));
            }
            case RelationalNode.Window n -> n.calls().forEach(d -> sink.accept(d.expression()));
            case RelationalNode.Sort n -> n.keys().forEach(k -> sink.accept(k.expression()));
            case RelationalNode.Limit n -> {
                if (n.limit() != null) {
                    sink.accept(n.limit());
                }
                if (n.offset() != null) {
                    sink.accept(n.offset());
                }
                n.ties().forEach(k -> sink.accept(k.expression()));
            }
            case RelationalNode.Update n -> n.updates().values().forEach(sink);
            case RelationalNode.Insert n -> {
                RelationalNode.Conflict conflict = n.conflict();
                if (conflict != null && conflict.updates() != null) {
                    conflict.updates().values().forEach(sink);
                }
                if (conflict != null && conflict.condition() != null) {
                    sink.accept(conflict.condition());
                }
            }
            default -> {}
        }
    }
}
