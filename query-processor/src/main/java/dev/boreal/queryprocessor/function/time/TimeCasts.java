package dev.boreal.queryprocessor.function.time;

import static dev.boreal.queryprocessor.function.time.ZonedMoments.MICROS_PER_DAY;

import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.CastFunction;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.function.FunctionProvider;
import dev.boreal.queryprocessor.type.Interval;
import dev.boreal.queryprocessor.type.TimeWithZone;
import dev.boreal.queryprocessor.type.TimeZones;

/** Casts among date and time types. */
public final class TimeCasts implements FunctionProvider {
    @Override
    public void register(Bindings bindings) {
        CastFunction same = CastFunction.IDENTITY;
        bindings.cast("time time, timestamp timestamp, timestamptz timestamptz, interval interval, timetz timetz", same)
                .cast("date timestamp", (c, v) -> ZonedMoments.midnight((Integer) v))
                .cast("date timestamptz", (c, v) -> ZonedMoments.midnight((Integer) v, c.timeZone()))
                .cast("timestamp date", (c, v) -> date((Long) v))
                .cast("timestamptz date", (c, v) -> date(ZonedMoments.toLocal((Long) v, c.timeZone())))
                .cast("timestamp timestamptz", (c, v) -> ZonedMoments.toUtc((Long) v, c.timeZone()))
                .cast("timestamptz timestamp", (c, v) -> ZonedMoments.toLocal((Long) v, c.timeZone()))
                .cast("time interval", (c, v) -> new Interval(0, 0, (Long) v))
                .cast("interval time", (c, v) -> TimeOperators.timeOfDay(((Interval) v).micros()))
                .cast("time timetz", TimeCasts::withZone)
                .cast("timetz time", (c, v) -> ((TimeWithZone) v).micros());
        bindings.cast("timestamp time", finite((c, v) -> time(v)))
                .cast("timestamptz time", finite((c, v) -> time(ZonedMoments.toLocal(v, c.timeZone()))))
                .cast(
                        "timestamptz timetz",
                        finite((c, v) -> new TimeWithZone(
                                time(ZonedMoments.toLocal(v, c.timeZone())), -TimeZones.offsetAt(c.timeZone(), v))));
    }

    private interface OfMoment {
        Object apply(EvaluationContext context, long micros);
    }

    /** An infinite timestamp has no time of day. */
    private static CastFunction finite(OfMoment body) {
        return (context, value) -> {
            long micros = (Long) value;
            if (!ZonedMoments.isFinite(micros)) {
                throw ZonedMoments.outOfRange();
            }
            return body.apply(context, micros);
        };
    }

    static int date(long localMicros) {
        if (localMicros == ZonedMoments.INFINITY) {
            return Integer.MAX_VALUE;
        }
        if (localMicros == ZonedMoments.MINUS_INFINITY) {
            return Integer.MIN_VALUE;
        }
        return (int) Math.floorDiv(localMicros, MICROS_PER_DAY);
    }

    static long time(long localMicros) {
        return Math.floorMod(localMicros, MICROS_PER_DAY);
    }

    private static Object withZone(EvaluationContext context, Object value) {
        long today = ZonedMoments.toLocal(context.transactionTimestampMicros(), context.timeZone());
        long local = today - time(today) + (Long) value;
        int offset = TimeZones.offsetOfLocal(context.timeZone(), local);
        return new TimeWithZone((Long) value, -offset);
    }
}
