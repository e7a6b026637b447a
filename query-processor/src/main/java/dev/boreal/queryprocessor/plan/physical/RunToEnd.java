package dev.boreal.queryprocessor.plan.physical;

import dev.boreal.queryprocessor.execute.Execution;
import dev.boreal.queryprocessor.execute.Explanation;
import dev.boreal.queryprocessor.execute.Operator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Passes its input on, and at its end runs what must run although nobody may have read it: data-modifying WITH. */
final class RunToEnd implements Operator {
    private final Operator input;
    private final List<Operator> effects;

    RunToEnd(Operator input, List<Operator> effects) {
        this.input = input;
        this.effects = List.copyOf(effects);
    }

    @Override
    public Cursor open(Execution execution) {
        Cursor source = input.open(execution);
        return new Cursor() {
            private boolean ran;

            @Override
            public @Nullable Object @Nullable [] next() {
                @Nullable Object[] row = ran ? null : source.next();
                if (row == null && !ran) {
                    ran = true;
                    for (Operator effect : effects) {
                        runThrough(effect, execution);
                    }
                }
                return row;
            }

            @Override
            public void close() {
                source.close();
            }
        };
    }

    private static void runThrough(Operator effect, Execution execution) {
        try (Cursor cursor = effect.open(execution)) {
            while (cursor.next() != null) {
                execution.checkCancelled();
            }
        }
    }

    @Override
    public List<Operator> inputs() {
        List<Operator> inputs = new ArrayList<>();
        inputs.add(input);
        inputs.addAll(effects);
        return inputs;
    }

    @Override
    public void explain(Explanation explanation) {
        explanation.node("With");
    }
}
