package dev.boreal.queryprocessor.plan.relation;

import dev.boreal.queryprocessor.plan.relation.BoundExpression.Connective;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Reference;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.SubqueryExpression;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Questions about expressions. */
public final class Expressions {
    private Expressions() {}

    /** Visits an expression and its parts; stops where {@code descend} says no. */
    public static void visit(@Nullable BoundExpression expression, Predicate<BoundExpression> descend) {
        if (expression == null) {
            return;
        }
        new ExpressionRewriter() {
            @Override
            public BoundExpression rewrite(BoundExpression part) {
                return descend.test(part) ? rewriteParts(part) : part;
            }
        }.rewrite(expression);
    }

    public static boolean contains(@Nullable BoundExpression expression, Class<? extends BoundExpression> kind) {
        boolean[] found = new boolean[1];
        visit(expression, part -> {
            found[0] |= kind.isInstance(part);
            return !found[0];
        });
        return found[0];
    }

    /** An empty set of variables; variables are told apart by identity. */
    public static Set<Variable> newVariableSet() {
        return new LinkedHashSet<>();
    }

    /** The variables that an expression reads, free variables of the queries in it included. */
    public static Set<Variable> variables(@Nullable BoundExpression expression) {
        Set<Variable> variables = newVariableSet();
        collect(expression, variables);
        return variables;
    }

    public static void collect(@Nullable BoundExpression expression, Set<Variable> variables) {
        visit(expression, part -> {
            if (part instanceof Reference reference) {
                variables.add(reference.variable());
            } else if (part instanceof SubqueryExpression subquery) {
                Set<Variable> inner = Relations.freeVariables(subquery.query().node());
                BoundExpression.SubqueryTest test = subquery.test();
                if (test != null) {
                    Set<Variable> tested = variables(test.condition());
                    subquery.query().outputs().forEach(tested::remove);
                    inner.addAll(tested);
                }
                variables.addAll(inner);
                return false;
            }
            return true;
        });
    }

    /** The parts of a conjunction. */
    public static List<BoundExpression> conjuncts(@Nullable BoundExpression condition) {
        List<BoundExpression> parts = new ArrayList<>();
        addConjuncts(condition, parts);
        return parts;
    }

    private static void addConjuncts(@Nullable BoundExpression condition, List<BoundExpression> parts) {
        if (condition instanceof Connective connective && connective.and()) {
            for (BoundExpression operand : connective.operands()) {
                addConjuncts(operand, parts);
            }
        } else if (condition != null && !isTrue(condition)) {
            parts.add(condition);
        }
    }

    private static boolean isTrue(BoundExpression condition) {
        return condition instanceof BoundExpression.Constant constant && Boolean.TRUE.equals(constant.value());
    }

    /** The conjunction of conditions; null for none. */
    public static @Nullable BoundExpression conjunction(List<BoundExpression> conditions) {
        return switch (conditions.size()) {
            case 0 -> null;
            case 1 -> conditions.getFirst();
            default -> new Connective(true, List.copyOf(conditions), TypeRegistry.BOOL);
        };
    }

    /** The expression with variables replaced. */
    public static BoundExpression substitute(BoundExpression expression, Map<Variable, BoundExpression> replacements) {
        return replacements.isEmpty()
                ? expression
                : new ExpressionRewriter() {
                    @Override
                    public BoundExpression rewrite(BoundExpression part) {
                        if (part instanceof Reference reference) {
                            BoundExpression replacement = replacements.get(reference.variable());
                            return replacement == null ? part : replacement;
                        }
                        return rewriteParts(part);
                    }
                }.rewrite(expression);
    }
}
