package dev.boreal.queryprocessor.function.aggregate;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.AggregateFunction;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.type.Interval;
import dev.boreal.queryprocessor.type.SqlArray;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * percentile_cont, percentile_disc and mode. Rows come in the order of WITHIN GROUP: direct arguments first, the ordered value last.
 * Rows whose ordered value is null do not count.
 */
final class OrderedSet implements AggregateFunction.State {
    /** What is asked for. */
    enum Form {
        CONTINUOUS,
        DISCRETE,
        MODE
    }

    private final Form form;
    private final SqlType valueType;
    private final int resultElementOid;
    private final List<Object> values = new ArrayList<>();
    private @Nullable Object direct;

    OrderedSet(Form form, SqlType valueType, int resultElementOid) {
        this.form = form;
        this.valueType = valueType;
        this.resultElementOid = resultElementOid;
    }

    @Override
    public void add(EvaluationContext context, @Nullable Object[] arguments) {
        Object value = arguments[arguments.length - 1];
        if (arguments.length > 1) {
            direct = arguments[0];
        }
        if (value != null) {
            values.add(value);
        }
    }

    @Override
    public @Nullable Object result(EvaluationContext context) {
        if (values.isEmpty()) {
            return null;
        }
        if (form == Form.MODE) {
            return mode();
        }
        if (direct instanceof SqlArray fractions) {
            @Nullable Object[] results = new Object[fractions.elements().length];
            for (int i = 0; i < results.length; i++) {
                results[i] = fractions.elements()[i] instanceof Double fraction ? percentile(fraction) : null;
            }
            return new SqlArray(resultElementOid, fractions.dimensions(), fractions.lowerBounds(), results);
        }
        return direct instanceof Double fraction ? percentile(fraction) : null;
    }

    private Object percentile(double fraction) {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new SqlException(
                    SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
                    "percentile value " + shown(fraction) + " is not between 0 and 1");
        }
        if (form == Form.DISCRETE) {
            return values.get((int) Math.max(0, Math.ceil(fraction * values.size()) - 1));
        }
        double position = fraction * (values.size() - 1);
        int below = (int) Math.floor(position);
        int above = (int) Math.ceil(position);
        Object low = values.get(below);
        return below == above ? low : between(low, values.get(above), position - below);
    }

    private static String shown(double fraction) {
        return fraction == Math.rint(fraction) && Math.abs(fraction) < 1e15
                ? Long.toString((long) fraction)
                : Double.toString(fraction);
    }

    private static Object between(Object low, Object high, double share) {
        if (low instanceof Interval from && high instanceof Interval to) {
            return new Interval(
                    (int) Math.rint(from.months() + (to.months() - from.months()) * share),
                    (int) Math.rint(from.days() + (to.days() - from.days()) * share),
                    (long) Math.rint(from.micros() + (to.micros() - from.micros()) * share));
        }
        double from = (Double) low;
        return from + ((Double) high - from) * share;
    }

    private Object mode() {
        Object best = values.getFirst();
        int bestCount = 0;
        int start = 0;
        for (int i = 1; i <= values.size(); i++) {
            if (i == values.size() || !valueType.equal(values.get(i), values.get(start))) {
                if (i - start > bestCount) {
                    bestCount = i - start;
                    best = values.get(start);
                }
                start = i;
            }
        }
        return best;
    }
}
