package dev.boreal.queryprocessor.function.time;

import static dev.boreal.queryprocessor.function.Arguments.any;
import static dev.boreal.queryprocessor.function.Arguments.bigint;
import static dev.boreal.queryprocessor.function.Arguments.integer;
import static dev.boreal.queryprocessor.function.Arguments.number;
import static dev.boreal.queryprocessor.function.time.ZonedMoments.MICROS_PER_DAY;

import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.FunctionProvider;
import dev.boreal.queryprocessor.type.Interval;
import dev.boreal.queryprocessor.type.TimeWithZone;
import org.jspecify.annotations.Nullable;

/** Operators on dates, times and intervals. */
public final class TimeOperators implements FunctionProvider {
    @Override
    public void register(Bindings bindings) {
        dates(bindings);
        timestamps(bindings);
        times(bindings);
        intervals(bindings);
    }

    static Interval interval(@Nullable Object[] arguments, int index) {
        return (Interval) any(arguments, index);
    }

    private static void dates(Bindings bindings) {
        bindings.operator("date + int4", (c, a) -> TimestampArithmetic.addDays(integer(a, 0), integer(a, 1)))
                .operator("int4 + date", (c, a) -> TimestampArithmetic.addDays(integer(a, 1), integer(a, 0)))
                .operator("date - int4", (c, a) -> TimestampArithmetic.addDays(integer(a, 0), -(long) integer(a, 1)))
                .operator("date - date", (c, a) -> TimestampArithmetic.subtractDates(integer(a, 0), integer(a, 1)))
                .operator(
                        "date + interval",
                        (c, a) -> TimestampArithmetic.add(ZonedMoments.midnight(integer(a, 0)), interval(a, 1)))
                .operator(
                        "interval + date",
                        (c, a) -> TimestampArithmetic.add(ZonedMoments.midnight(integer(a, 1)), interval(a, 0)))
                .operator(
                        "date - interval",
                        (c, a) -> TimestampArithmetic.add(
                                ZonedMoments.midnight(integer(a, 0)), IntervalArithmetic.negate(interval(a, 1))))
                .operator("date + time", (c, a) -> dateAndTime(integer(a, 0), bigint(a, 1)))
                .operator("time + date", (c, a) -> dateAndTime(integer(a, 1), bigint(a, 0)))
                .operator("date + timetz", (c, a) -> dateAndTime(integer(a, 0), (TimeWithZone) any(a, 1)))
                .operator("timetz + date", (c, a) -> dateAndTime(integer(a, 1), (TimeWithZone) any(a, 0)));
    }

    private static long dateAndTime(int date, long time) {
        long midnight = ZonedMoments.midnight(date);
        return ZonedMoments.isFinite(midnight) ? ZonedMoments.check(midnight + time) : midnight;
    }

    private static long dateAndTime(int date, TimeWithZone time) {
        return dateAndTime(date, time.micros() + time.zoneSeconds() * ZonedMoments.MICROS_PER_SECOND);
    }

    private static void timestamps(Bindings bindings) {
        bindings.operator("timestamp + interval", (c, a) -> TimestampArithmetic.add(bigint(a, 0), interval(a, 1)))
                .operator("interval + timestamp", (c, a) -> TimestampArithmetic.add(bigint(a, 1), interval(a, 0)))
                .operator(
                        "timestamp - interval",
                        (c, a) -> TimestampArithmetic.add(bigint(a, 0), IntervalArithmetic.negate(interval(a, 1))))
                .operator(
                        "timestamptz + interval",
                        (c, a) -> TimestampArithmetic.add(bigint(a, 0), interval(a, 1), c.timeZone()))
                .operator(
                        "interval + timestamptz",
                        (c, a) -> TimestampArithmetic.add(bigint(a, 1), interval(a, 0), c.timeZone()))
                .operator(
                        "timestamptz - interval",
                        (c, a) -> TimestampArithmetic.add(
                                bigint(a, 0), IntervalArithmetic.negate(interval(a, 1)), c.timeZone()))
                .operator(
                        "timestamp - timestamp, timestamptz - timestamptz",
                        (c, a) -> TimestampArithmetic.subtract(bigint(a, 0), bigint(a, 1)));
    }

    private static void times(Bindings bindings) {
        bindings.operator(
                        "time + interval",
                        (c, a) -> timeOfDay(bigint(a, 0) + interval(a, 1).micros()))
                .operator(
                        "interval + time",
                        (c, a) -> timeOfDay(bigint(a, 1) + interval(a, 0).micros()))
                .operator(
                        "time - interval",
                        (c, a) -> timeOfDay(bigint(a, 0) - interval(a, 1).micros()))
                .operator("time - time", (c, a) -> new Interval(0, 0, bigint(a, 0) - bigint(a, 1)))
                .operator(
                        "timetz + interval",
                        (c, a) -> shifted(any(a, 0), interval(a, 1).micros()))
                .operator(
                        "interval + timetz",
                        (c, a) -> shifted(any(a, 1), interval(a, 0).micros()))
                .operator(
                        "timetz - interval",
                        (c, a) -> shifted(any(a, 0), -interval(a, 1).micros()));
    }

    static long timeOfDay(long micros) {
        return Math.floorMod(micros, MICROS_PER_DAY);
    }

    private static TimeWithZone shifted(Object time, long micros) {
        TimeWithZone before = (TimeWithZone) time;
        return new TimeWithZone(timeOfDay(before.micros() + micros), before.zoneSeconds());
    }

    private static void intervals(Bindings bindings) {
        bindings.operator("interval + interval", (c, a) -> IntervalArithmetic.add(interval(a, 0), interval(a, 1)))
                .operator("interval - interval", (c, a) -> IntervalArithmetic.subtract(interval(a, 0), interval(a, 1)))
                .operator("- interval", (c, a) -> IntervalArithmetic.negate(interval(a, 0)))
                .operator("interval * float8", (c, a) -> IntervalArithmetic.multiply(interval(a, 0), number(a, 1)))
                .operator("float8 * interval", (c, a) -> IntervalArithmetic.multiply(interval(a, 1), number(a, 0)))
                .operator("interval / float8", (c, a) -> IntervalArithmetic.divide(interval(a, 0), number(a, 1)));
    }
}
