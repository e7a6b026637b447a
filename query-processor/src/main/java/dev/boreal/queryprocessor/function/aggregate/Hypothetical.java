package dev.boreal.queryprocessor.function.aggregate;

import dev.boreal.queryprocessor.function.AggregateFunction;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.function.Ordering;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * rank, dense_rank, percent_rank and cume_dist of a row that is not there. Rows come in the order of WITHIN GROUP: first the values of
 * the row that is asked about, then as many of the row at hand.
 */
final class Hypothetical implements AggregateFunction.State {
    /** What is asked for. */
    enum Form {
        RANK,
        DENSE_RANK,
        PERCENT_RANK,
        CUMULATIVE_DISTRIBUTION
    }

    private final Form form;
    private final List<Ordering> order;
    private final @Nullable Object[] previous;
    private long rows;
    private long before;
    private long distinctBefore;
    private long peers;

    private Hypothetical(Form form, List<Ordering> order) {
        this.form = form;
        this.order = order;
        previous = new Object[order.size()];
    }

    /** The body of a call, which must be told its order. */
    record Body(Form form, List<Ordering> order) implements AggregateFunction {
        @Override
        public State newState() {
            return new Hypothetical(form, order);
        }

        @Override
        public AggregateFunction within(List<Ordering> given) {
            return new Body(form, List.copyOf(given));
        }
    }

    @Override
    public void add(EvaluationContext context, @Nullable Object[] arguments) {
        int width = order.size();
        rows++;
        int comparison = 0;
        for (int i = 0; i < width && comparison == 0; i++) {
            comparison = order.get(i).compare(arguments[width + i], arguments[i]);
        }
        if (comparison == 0) {
            peers++;
        }
        if (comparison >= 0) {
            return;
        }
        boolean repeated = before > 0;
        for (int i = 0; i < width && repeated; i++) {
            repeated = order.get(i).compare(previous[i], arguments[width + i]) == 0;
        }
        before++;
        if (!repeated) {
            distinctBefore++;
            System.arraycopy(arguments, width, previous, 0, width);
        }
    }

    @Override
    public Object result(EvaluationContext context) {
        return switch (form) {
            case RANK -> before + 1;
            case DENSE_RANK -> distinctBefore + 1;
            case PERCENT_RANK -> rows == 0 ? 0.0 : (double) before / rows;
            case CUMULATIVE_DISTRIBUTION -> (before + peers + 1.0) / (rows + 1);
        };
    }
}
