package dev.boreal.queryprocessor.function.time;

import static dev.boreal.queryprocessor.function.Arguments.any;
import static dev.boreal.queryprocessor.function.Arguments.bigint;
import static dev.boreal.queryprocessor.function.Arguments.integer;
import static dev.boreal.queryprocessor.function.Arguments.number;
import static dev.boreal.queryprocessor.function.Arguments.text;
import static dev.boreal.queryprocessor.function.time.TimeOperators.interval;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.function.FunctionProvider;
import dev.boreal.queryprocessor.function.ScalarFunction;
import dev.boreal.queryprocessor.type.Interval;
import dev.boreal.queryprocessor.type.Numeric;
import dev.boreal.queryprocessor.type.TimeWithZone;
import dev.boreal.queryprocessor.type.TimeZones;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Functions of dates, times and intervals. */
public final class TimeFunctions implements FunctionProvider {
    @Override
    public void register(Bindings bindings) {
        moments(bindings);
        fields(bindings);
        truncation(bindings);
        ages(bindings);
        zones(bindings);
        tests(bindings);
    }

    private static void moments(Bindings bindings) {
        bindings.scalar("now(), transaction_timestamp()", (c, a) -> c.transactionTimestampMicros())
                .scalar("statement_timestamp()", (c, a) -> c.statementTimestampMicros())
                .scalar("clock_timestamp()", (c, a) -> c.clockTimestampMicros())
                .scalar("timeofday()", (c, a) -> timeOfDay(c))
                .scalar("pg_sleep(float8)", (c, a) -> {
                    sleep(c, number(a, 0));
                    return "";
                })
                .scalar("pg_sleep_for(interval)", (c, a) -> {
                    Interval span = interval(a, 0);
                    long start = c.clockTimestampMicros();
                    sleep(c, (TimestampArithmetic.add(start, span, c.timeZone()) - start) / 1e6);
                    return "";
                })
                .scalar("pg_sleep_until(timestamptz)", (c, a) -> {
                    sleep(c, (bigint(a, 0) - c.clockTimestampMicros()) / 1e6);
                    return "";
                });
    }

    private static String timeOfDay(EvaluationContext context) {
        java.time.Instant now =
                java.time.Instant.ofEpochSecond(ZonedMoments.EPOCH_SECONDS, context.clockTimestampMicros() * 1000);
        return java.time.format.DateTimeFormatter.ofPattern(
                        "EEE MMM dd HH:mm:ss.SSSSSS yyyy zzz", java.util.Locale.ENGLISH)
                .format(now.atZone(context.timeZone()));
    }

    private static void sleep(EvaluationContext context, double seconds) {
        long end = context.clockTimestampMicros() + (long) (Math.min(seconds, 1e12) * 1e6);
        try {
            for (long left = end - context.clockTimestampMicros();
                    left > 0;
                    left = end - context.clockTimestampMicros()) {
                context.checkCancelled();
                Thread.sleep(Math.min(left / 1000 + 1, 20));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            context.checkCancelled();
        }
    }

    private static void field(Bindings bindings, String type, ScalarFunction body) {
        bindings.scalar("extract(text," + type + ")", body);
        bindings.scalar("date_part(text," + type + ")", (c, a) -> {
            Object value = body.apply(c, a);
            return value == null ? null : ((Numeric) value).doubleValue();
        });
    }

    private static void fields(Bindings bindings) {
        field(bindings, "timestamp", (c, a) -> FieldExtraction.ofTimestamp(text(a, 0), bigint(a, 1), null));
        field(bindings, "timestamptz", (c, a) -> FieldExtraction.ofTimestamp(text(a, 0), bigint(a, 1), c.timeZone()));
        field(bindings, "time", (c, a) -> FieldExtraction.ofTime(text(a, 0), bigint(a, 1)));
        field(bindings, "timetz", (c, a) -> FieldExtraction.ofTime(text(a, 0), (TimeWithZone) any(a, 1)));
        field(bindings, "interval", (c, a) -> FieldExtraction.ofInterval(text(a, 0), interval(a, 1)));
        bindings.scalar("extract(text,date)", (c, a) -> FieldExtraction.ofDate(text(a, 0), integer(a, 1)))
                .scalar("date_part(text,date)", (c, a) -> {
                    Numeric value = FieldExtraction.ofTimestamp(text(a, 0), ZonedMoments.midnight(integer(a, 1)), null);
                    return value == null ? null : value.doubleValue();
                });
    }

    private static void truncation(Bindings bindings) {
        bindings.scalar(
                        "date_trunc(text,timestamp)",
                        (c, a) -> Truncation.local(text(a, 0), bigint(a, 1), TypeRegistry.TIMESTAMP))
                .scalar(
                        "date_trunc(text,timestamptz)",
                        (c, a) -> Truncation.zoned(text(a, 0), bigint(a, 1), c.timeZone()))
                .scalar(
                        "date_trunc(text,timestamptz,text)",
                        (c, a) -> Truncation.zoned(text(a, 0), bigint(a, 1), zone(text(a, 2))))
                .scalar("date_trunc(text,interval)", (c, a) -> Truncation.interval(text(a, 0), interval(a, 1)))
                .scalar(
                        "date_bin(interval,timestamp,timestamp), date_bin(interval,timestamptz,timestamptz)",
                        (c, a) -> Truncation.bin(interval(a, 0), bigint(a, 1), bigint(a, 2)));
    }

    private static void ages(Bindings bindings) {
        bindings.scalar("age(timestamp,timestamp)", (c, a) -> TimestampArithmetic.age(bigint(a, 0), bigint(a, 1)))
                .scalar(
                        "age(timestamptz,timestamptz)",
                        (c, a) -> TimestampArithmetic.age(
                                ZonedMoments.toLocal(bigint(a, 0), c.timeZone()),
                                ZonedMoments.toLocal(bigint(a, 1), c.timeZone())))
                .scalar("age(timestamp)", (c, a) -> TimestampArithmetic.age(today(c), bigint(a, 0)))
                .scalar(
                        "age(timestamptz)",
                        (c, a) -> TimestampArithmetic.age(today(c), ZonedMoments.toLocal(bigint(a, 0), c.timeZone())))
                .scalar("justify_hours(interval)", (c, a) -> IntervalArithmetic.justifyHours(interval(a, 0)))
                .scalar("justify_days(interval)", (c, a) -> IntervalArithmetic.justifyDays(interval(a, 0)))
                .scalar("justify_interval(interval)", (c, a) -> IntervalArithmetic.justify(interval(a, 0)));
    }

    /** Midnight at the start of today, local. */
    private static long today(EvaluationContext context) {
        long local = ZonedMoments.toLocal(context.transactionTimestampMicros(), context.timeZone());
        return local - TimeCasts.time(local);
    }

    static ZoneId zone(String name) {
        ZoneId zone = TimeZones.findByNameOrAbbreviation(name);
        if (zone == null) {
            throw new SqlException(SqlState.INVALID_PARAMETER_VALUE, "time zone \"" + name + "\" not recognized");
        }
        return zone;
    }

    private static ZoneId zone(Interval offset) {
        if (offset.months() != 0 || offset.days() != 0) {
            throw new SqlException(
                    SqlState.INVALID_PARAMETER_VALUE,
                    "interval time zone \"" + offset + "\" must not include months or days");
        }
        return java.time.ZoneOffset.ofTotalSeconds((int) (offset.micros() / ZonedMoments.MICROS_PER_SECOND));
    }

    private static void zones(Bindings bindings) {
        bindings.scalar("timezone(text,timestamp)", (c, a) -> ZonedMoments.toUtc(bigint(a, 1), zone(text(a, 0))))
                .scalar("timezone(text,timestamptz)", (c, a) -> ZonedMoments.toLocal(bigint(a, 1), zone(text(a, 0))))
                .scalar(
                        "timezone(interval,timestamp)",
                        (c, a) -> ZonedMoments.toUtc(bigint(a, 1), zone(interval(a, 0))))
                .scalar(
                        "timezone(interval,timestamptz)",
                        (c, a) -> ZonedMoments.toLocal(bigint(a, 1), zone(interval(a, 0))))
                .scalar("timezone(text,timetz)", (c, a) -> inZone(c, (TimeWithZone) any(a, 1), zone(text(a, 0))))
                .scalar(
                        "timezone(interval,timetz)",
                        (c, a) -> inZone(c, (TimeWithZone) any(a, 1), zone(interval(a, 0))));
    }

    private static TimeWithZone inZone(EvaluationContext context, TimeWithZone time, ZoneId zone) {
        int offset = TimeZones.offsetAt(zone, context.transactionTimestampMicros());
        long utc = time.micros() + time.zoneSeconds() * ZonedMoments.MICROS_PER_SECOND;
        return new TimeWithZone(TimeOperators.timeOfDay(utc + offset * ZonedMoments.MICROS_PER_SECOND), -offset);
    }

    private static void tests(Bindings bindings) {
        bindings.scalar(
                        "isfinite(date)",
                        (c, a) -> integer(a, 0) != Integer.MAX_VALUE && integer(a, 0) != Integer.MIN_VALUE)
                .scalar("isfinite(timestamp), isfinite(timestamptz)", (c, a) -> ZonedMoments.isFinite(bigint(a, 0)))
                .scalar("isfinite(interval)", (c, a) -> true)
                .scalar(
                        "overlaps(timestamp,timestamp,timestamp,timestamp),"
                                + " overlaps(timestamptz,timestamptz,timestamptz,timestamptz),"
                                + " overlaps(time,time,time,time)",
                        (c, a) -> overlaps(a[0], a[1], a[2], a[3]))
                .scalar(
                        "overlaps(timetz,timetz,timetz,timetz)",
                        (c, a) -> overlaps(utc(a[0]), utc(a[1]), utc(a[2]), utc(a[3])))
                .scalar(
                        "overlaps(time,interval,time,interval)",
                        (c, a) -> overlaps(a[0], laterTime(a[0], a[1]), a[2], laterTime(a[2], a[3])))
                .scalar(
                        "overlaps(time,time,time,interval)",
                        (c, a) -> overlaps(a[0], a[1], a[2], laterTime(a[2], a[3])))
                .scalar(
                        "overlaps(time,interval,time,time)",
                        (c, a) -> overlaps(a[0], laterTime(a[0], a[1]), a[2], a[3]))
                .scalar(
                        "overlaps(timestamp,interval,timestamp,interval)",
                        (c, a) -> overlaps(a[0], later(a[0], a[1], null), a[2], later(a[2], a[3], null)))
                .scalar(
                        "overlaps(timestamp,timestamp,timestamp,interval)",
                        (c, a) -> overlaps(a[0], a[1], a[2], later(a[2], a[3], null)))
                .scalar(
                        "overlaps(timestamp,interval,timestamp,timestamp)",
                        (c, a) -> overlaps(a[0], later(a[0], a[1], null), a[2], a[3]))
                .scalar(
                        "overlaps(timestamptz,interval,timestamptz,interval)",
                        (c, a) ->
                                overlaps(a[0], later(a[0], a[1], c.timeZone()), a[2], later(a[2], a[3], c.timeZone())))
                .scalar(
                        "overlaps(timestamptz,timestamptz,timestamptz,interval)",
                        (c, a) -> overlaps(a[0], a[1], a[2], later(a[2], a[3], c.timeZone())))
                .scalar(
                        "overlaps(timestamptz,interval,timestamptz,timestamptz)",
                        (c, a) -> overlaps(a[0], later(a[0], a[1], c.timeZone()), a[2], a[3]));
    }

    private static @Nullable Object utc(@Nullable Object time) {
        return time == null
                ? null
                : (Object) (((TimeWithZone) time).micros()
                        + ((TimeWithZone) time).zoneSeconds() * ZonedMoments.MICROS_PER_SECOND);
    }

    private static @Nullable Object laterTime(@Nullable Object start, @Nullable Object span) {
        return start == null || span == null
                ? null
                : (Object) TimeOperators.timeOfDay((Long) start + ((Interval) span).micros());
    }

    private static @Nullable Object later(@Nullable Object start, @Nullable Object span, @Nullable ZoneId zone) {
        if (start == null || span == null) {
            return null;
        }
        return zone == null
                ? TimestampArithmetic.add((Long) start, (Interval) span)
                : TimestampArithmetic.add((Long) start, (Interval) span, zone);
    }

    /** By the SQL standard: a period may be given back to front, and one end of it may be unknown. */
    private static @Nullable Boolean overlaps(
            @Nullable Object start1, @Nullable Object end1, @Nullable Object start2, @Nullable Object end2) {
        if ((start1 == null && end1 == null) || (start2 == null && end2 == null)) {
            return null;
        }
        Long from1 = first(start1, end1);
        Long to1 = start1 == null || end1 == null ? null : last(start1, end1);
        Long from2 = first(start2, end2);
        Long to2 = start2 == null || end2 == null ? null : last(start2, end2);
        int order = Long.compare(from1, from2);
        if (order == 0) {
            return to1 == null || to2 == null ? null : Boolean.TRUE;
        }
        Long end = order > 0 ? to2 : to1;
        long start = order > 0 ? from1 : from2;
        if (end == null) {
            return null;
        }
        if (start < end) {
            return Boolean.TRUE;
        }
        return (order > 0 ? to1 : to2) == null ? null : Boolean.FALSE;
    }

    private static Long first(@Nullable Object a, @Nullable Object b) {
        return a == null
                ? (Long) any(new @Nullable Object[] {b}, 0)
                : b == null ? (Long) a : (Long) Math.min((Long) a, (Long) b);
    }

    private static Long last(Object a, Object b) {
        return Math.max((Long) a, (Long) b);
    }
}
