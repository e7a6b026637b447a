package dev.boreal.queryprocessor.function.aggregate;

import dev.boreal.queryprocessor.function.AggregateFunction;
import dev.boreal.queryprocessor.function.Arguments;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.type.Numeric;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Sum or average of integers, exact: a long that spills into a BigInteger. */
final class IntegerSum implements AggregateFunction.State {
    /** What is asked for. */
    enum Form {
        /** bigint; 22003 if it does not fit. */
        BIGINT_SUM,
        NUMERIC_SUM,
        AVERAGE
    }

    private final Form form;
    private long count;
    private long sum;
    private @Nullable BigInteger spilled;

    IntegerSum(Form form) {
        this.form = form;
    }

    @Override
    public void add(EvaluationContext context, @Nullable Object[] arguments) {
        long value = Arguments.bigint(arguments, 0);
        count++;
        long next = sum + value;
        if (((sum ^ next) & (value ^ next)) < 0) {
            BigInteger before = spilled;
            spilled = before == null ? BigInteger.valueOf(sum) : before.add(BigInteger.valueOf(sum));
            next = value;
        }
        sum = next;
    }

    @Override
    public @Nullable Object result(EvaluationContext context) {
        if (count == 0) {
            return null;
        }
        BigInteger high = spilled;
        if (form == Form.BIGINT_SUM) {
            if (high == null) {
                return sum;
            }
            BigInteger total = high.add(BigInteger.valueOf(sum));
            if (total.bitLength() > 63) {
                throw Arguments.outOfRange("bigint");
            }
            return total.longValue();
        }
        Numeric total = high == null ? Numeric.of(sum) : Numeric.of(new BigDecimal(high.add(BigInteger.valueOf(sum))));
        return form == Form.AVERAGE ? total.divide(Numeric.of(count)) : total;
    }
}
