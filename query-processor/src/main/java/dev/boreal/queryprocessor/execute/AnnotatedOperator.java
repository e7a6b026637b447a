package dev.boreal.queryprocessor.execute;

import java.util.List;

/**
 * Another operator with more to say in EXPLAIN: {@code Sort Key}, {@code Group Key}, estimates, and the plans of the
 * subqueries in its expressions. It runs as the other one does.
 */
public final class AnnotatedOperator implements Operator {
    private final Operator operator;
    private final List<Property> properties;
    private final List<Subplan> subplans;

    /** As {@link Explanation#property}. */
    public record Property(String name, String value) {}

    /** As {@link Explanation#subplan}. */
    public record Subplan(String title, Operator plan) {}

    public AnnotatedOperator(Operator operator, List<Property> properties, List<Subplan> subplans) {
        this.operator = operator;
        this.properties = List.copyOf(properties);
        this.subplans = List.copyOf(subplans);
    }

    @Override
    public Cursor open(Execution execution) {
        return operator.open(execution);
    }

    @Override
    public List<Operator> inputs() {
        return operator.inputs();
    }

    @Override
    public void explain(Explanation explanation) {
        operator.explain(explanation);
        for (Property property : properties) {
            explanation.property(property.name, property.value);
        }
        for (Subplan subplan : subplans) {
            explanation.subplan(subplan.title, subplan.plan);
        }
    }
}
