package dev.boreal.queryprocessor.function.time;

import static dev.boreal.queryprocessor.function.Arguments.integer;
import static dev.boreal.queryprocessor.function.Arguments.number;
import static dev.boreal.queryprocessor.function.Arguments.text;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.function.FunctionProvider;
import dev.boreal.queryprocessor.type.Interval;
import dev.boreal.queryprocessor.type.JulianDay;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** make_date and its kin, to_timestamp of seconds. */
public final class TimeConstruction implements FunctionProvider {
    @Override
    public void register(Bindings bindings) {
        bindings.scalar("make_date(int4,int4,int4)", (c, a) -> date(integer(a, 0), integer(a, 1), integer(a, 2)))
                .scalar("make_time(int4,int4,float8)", (c, a) -> time(integer(a, 0), integer(a, 1), number(a, 2)))
                .scalar("make_timestamp(int4,int4,int4,int4,int4,float8)", (c, a) -> timestamp(a))
                .scalar(
                        "make_timestamptz(int4,int4,int4,int4,int4,float8)",
                        (c, a) -> ZonedMoments.toUtc(timestamp(a), c.timeZone()))
                .scalar(
                        "make_timestamptz(int4,int4,int4,int4,int4,float8,text)",
                        (c, a) -> ZonedMoments.toUtc(timestamp(a), TimeFunctions.zone(text(a, 6))))
                .scalar("make_interval(int4,int4,int4,int4,int4,int4,float8)", (c, a) -> interval(a))
                .scalar("to_timestamp(float8)", (c, a) -> ofUnixSeconds(c, number(a, 0)));
    }

    private static int date(int year, int month, int day) {
        int astronomical = year < 0 ? year + 1 : year;
        boolean valid = year != 0
                && month >= 1
                && month <= 12
                && day >= 1
                && JulianDay.isValid(astronomical, month, day)
                && day <= JulianDay.daysInMonth(astronomical, month);
        if (!valid) {
            throw new SqlException(
                    SqlState.DATETIME_FIELD_OVERFLOW,
                    String.format(Locale.ROOT, "date field value out of range: %d-%02d-%02d", year, month, day));
        }
        return Calendar.days(astronomical, month, day);
    }

    private static long time(int hour, int minute, double seconds) {
        boolean valid = hour >= 0
                && minute >= 0
                && minute <= 59
                && seconds >= 0
                && seconds <= 60
                && (hour < 24 || (hour == 24 && minute == 0 && seconds == 0));
        if (!valid) {
            throw new SqlException(
                    SqlState.DATETIME_FIELD_OVERFLOW,
                    String.format(
                            Locale.ROOT, "time field value out of range: %d:%02d:%s", hour, minute, shown(seconds)));
        }
        return (hour * 60L + minute) * 60 * ZonedMoments.MICROS_PER_SECOND
                + (long) Math.rint(seconds * ZonedMoments.MICROS_PER_SECOND);
    }

    private static String shown(double seconds) {
        String text = seconds == Math.rint(seconds) && Math.abs(seconds) < 1e9
                ? Long.toString((long) seconds)
                : Double.toString(seconds);
        return text.indexOf('.') == 1 || text.length() == 1 ? "0" + text : text;
    }

    private static long timestamp(@Nullable Object[] a) {
        long midnight = ZonedMoments.midnight(date(integer(a, 0), integer(a, 1), integer(a, 2)));
        return ZonedMoments.check(midnight + time(integer(a, 3), integer(a, 4), number(a, 5)));
    }

    private static Interval interval(@Nullable Object[] a) {
        long months = integer(a, 0) * 12L + integer(a, 1);
        long days = integer(a, 2) * 7L + integer(a, 3);
        double seconds = number(a, 6);
        if ((int) months != months || (int) days != days || Double.isNaN(seconds) || Double.isInfinite(seconds)) {
            throw IntervalArithmetic.outOfRange();
        }
        long micros = (integer(a, 4) * 60L + integer(a, 5)) * 60 * ZonedMoments.MICROS_PER_SECOND;
        return new Interval(
                (int) months, (int) days, micros + (long) Math.rint(seconds * ZonedMoments.MICROS_PER_SECOND));
    }

    private static long ofUnixSeconds(EvaluationContext context, double seconds) {
        if (Double.isNaN(seconds)) {
            throw new SqlException(SqlState.DATETIME_FIELD_OVERFLOW, "timestamp cannot be NaN");
        }
        if (Double.isInfinite(seconds)) {
            return seconds > 0 ? ZonedMoments.INFINITY : ZonedMoments.MINUS_INFINITY;
        }
        double micros = Math.rint((seconds - ZonedMoments.EPOCH_SECONDS) * ZonedMoments.MICROS_PER_SECOND);
        if (Math.abs(micros) > 9.2e18) {
            throw new SqlException(
                    SqlState.DATETIME_FIELD_OVERFLOW,
                    "timestamp out of range: \"" + TypeRegistry.FLOAT8.format(seconds, context) + "\"");
        }
        return ZonedMoments.check((long) micros);
    }
}
