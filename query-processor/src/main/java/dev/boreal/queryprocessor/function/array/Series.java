package dev.boreal.queryprocessor.function.array;

import static dev.boreal.queryprocessor.function.Arguments.bigint;
import static dev.boreal.queryprocessor.function.Arguments.integer;
import static dev.boreal.queryprocessor.function.Arguments.invalid;
import static dev.boreal.queryprocessor.function.Arguments.numeric;

import dev.boreal.queryprocessor.function.Arguments;
import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.FunctionProvider;
import dev.boreal.queryprocessor.function.Resolution;
import dev.boreal.queryprocessor.function.ResolvedOperator;
import dev.boreal.queryprocessor.function.TableFunction;
import dev.boreal.queryprocessor.type.Interval;
import dev.boreal.queryprocessor.type.Numeric;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** generate_series. */
public final class Series implements FunctionProvider {
    @Override
    public void register(Bindings bindings) {
        bindings.table("generate_series(int4,int4)", (c, a) -> new Integers(integer(a, 0), integer(a, 1), 1, true))
                .table(
                        "generate_series(int4,int4,int4)",
                        (c, a) -> new Integers(integer(a, 0), integer(a, 1), step(integer(a, 2)), true))
                .table("generate_series(int8,int8)", (c, a) -> new Integers(bigint(a, 0), bigint(a, 1), 1, false))
                .table(
                        "generate_series(int8,int8,int8)",
                        (c, a) -> new Integers(bigint(a, 0), bigint(a, 1), step(bigint(a, 2)), false))
                .table(
                        "generate_series(numeric,numeric)",
                        (c, a) -> numerics(numeric(a, 0), numeric(a, 1), Numeric.ONE))
                .table(
                        "generate_series(numeric,numeric,numeric)",
                        (c, a) -> numerics(numeric(a, 0), numeric(a, 1), numeric(a, 2)))
                .tableOf("generate_series(timestamp,timestamp,interval)", types -> moments(TypeRegistry.TIMESTAMP))
                .tableOf(
                        "generate_series(timestamptz,timestamptz,interval)",
                        types -> moments(TypeRegistry.TIMESTAMPTZ));
    }

    private static long step(long step) {
        if (step == 0) {
            throw invalid("step size cannot equal zero");
        }
        return step;
    }

    /** Integers, of which the last is computed beforehand so that none overflows. */
    private static final class Integers implements Iterator<@Nullable Object[]> {
        private final long stop;
        private final long step;
        private final boolean narrow;
        private long next;
        private boolean done;

        Integers(long start, long stop, long step, boolean narrow) {
            this.next = start;
            this.stop = stop;
            this.step = step;
            this.narrow = narrow;
            this.done = step > 0 ? start > stop : start < stop;
        }

        @Override
        public boolean hasNext() {
            return !done;
        }

        @Override
        public @Nullable Object[] next() {
            if (done) {
                throw new NoSuchElementException();
            }
            long value = next;
            next = value + step;
            boolean overflow = ((value ^ next) & (step ^ next)) < 0;
            done = overflow || (step > 0 ? next > stop : next < stop);
            return new @Nullable Object[] {narrow ? (Object) (int) value : (Object) value};
        }
    }

    /** Values as long as they do not pass an end. */
    private static final class Stepped<T> implements Iterator<@Nullable Object[]> {
        private final UnaryOperator<T> step;
        private final Predicate<T> within;
        private T next;

        Stepped(T start, UnaryOperator<T> step, Predicate<T> within) {
            this.next = start;
            this.step = step;
            this.within = within;
        }

        @Override
        public boolean hasNext() {
            return within.test(next);
        }

        @Override
        public @Nullable Object[] next() {
            if (!within.test(next)) {
                throw new NoSuchElementException();
            }
            T value = next;
            next = step.apply(value);
            return new @Nullable Object[] {value};
        }
    }

    private static Iterator<@Nullable Object[]> numerics(Numeric start, Numeric stop, Numeric step) {
        if (!start.isFinite()) {
            throw invalid(start.isNaN() ? "start value cannot be NaN" : "start value cannot be infinity");
        }
        if (!stop.isFinite()) {
            throw invalid(stop.isNaN() ? "stop value cannot be NaN" : "stop value cannot be infinity");
        }
        if (!step.isFinite()) {
            throw invalid(step.isNaN() ? "step size cannot be NaN" : "step size cannot be infinity");
        }
        if (step.signum() == 0) {
            throw invalid("step size cannot equal zero");
        }
        boolean up = step.signum() > 0;
        return new Stepped<>(
                start, value -> value.add(step), value -> up ? value.compareTo(stop) <= 0 : value.compareTo(stop) >= 0);
    }

    private static TableFunction moments(SqlType type) {
        return (context, arguments) -> {
            ResolvedOperator plus = Resolution.operator("+", type, TypeRegistry.INTERVAL);
            Interval step = (Interval) Arguments.any(arguments, 2);
            int sign = TypeRegistry.INTERVAL.compare(step, Interval.ZERO);
            if (sign == 0) {
                throw invalid("step size cannot equal zero");
            }
            long stop = bigint(arguments, 1);
            UnaryOperator<Long> next = value -> (Long) Arguments.any(
                    new @Nullable Object[] {plus.body().apply(context, new @Nullable Object[] {value, step})}, 0);
            return new Stepped<>(bigint(arguments, 0), next, value -> sign > 0 ? value <= stop : value >= stop);
        };
    }
}
