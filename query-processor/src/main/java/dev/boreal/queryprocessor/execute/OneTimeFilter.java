package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.expression.Scalar;
import java.util.List;

/** A condition that reads no column of its input: it is evaluated once, and unless it holds the input is never started. */
public final class OneTimeFilter implements Operator {
    private final Operator input;
    private final Scalar condition;
    private final String text;

    /** @param condition over no row */
    public OneTimeFilter(Operator input, Scalar condition, String text) {
        this.input = input;
        this.condition = condition;
        this.text = text;
    }

    @Override
    public Cursor open(Execution execution) {
        return condition.isTrue(KeyBounds.NO_ROW, execution) ? execution.open(input) : EmptyCursor.INSTANCE;
    }

    @Override
    public List<Operator> inputs() {
        return List.of(input);
    }

    @Override
    public void explain(Explanation explanation) {
        explanation.node("Result");
        explanation.property("One-Time Filter", text);
    }
}
