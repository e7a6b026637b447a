package dev.boreal.queryprocessor.function.time;

import static dev.boreal.queryprocessor.function.time.ZonedMoments.MICROS_PER_DAY;
import static dev.boreal.queryprocessor.function.time.ZonedMoments.MICROS_PER_SECOND;

import dev.boreal.queryprocessor.type.Interval;
import dev.boreal.queryprocessor.type.JulianDay;
import dev.boreal.queryprocessor.type.Numeric;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TimeWithZone;
import dev.boreal.queryprocessor.type.TimeZones;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** EXTRACT, as numeric. */
final class FieldExtraction {
    private static final long MICROS_PER_HOUR = 3600 * MICROS_PER_SECOND;
    private static final long MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;

    private FieldExtraction() {}

    /** @param zone of a timestamptz, null for a timestamp */
    static @Nullable Numeric ofTimestamp(String name, long micros, @Nullable ZoneId zone) {
        SqlType type = zone == null ? TypeRegistry.TIMESTAMP : TypeRegistry.TIMESTAMPTZ;
        DateTimeUnit unit = DateTimeUnit.of(name, type);
        if (!ZonedMoments.isFinite(micros)) {
            return ofInfinity(unit, micros > 0);
        }
        long local = zone == null ? micros : ZonedMoments.toLocal(micros, zone);
        Calendar calendar = Calendar.of(local);
        return switch (unit) {
            case EPOCH -> epoch(micros);
            case JULIAN -> julian(calendar);
            case TIMEZONE, TIMEZONE_HOUR, TIMEZONE_MINUTE -> {
                if (zone == null) {
                    throw DateTimeUnit.notSupported(name, type);
                }
                yield zoneField(unit, TimeZones.offsetAt(zone, micros));
            }
            case MICROSECONDS, MILLISECONDS, SECOND, MINUTE, HOUR -> timeField(unit, calendar.time());
            default -> Numeric.of((long) dateField(unit, calendar));
        };
    }

    static @Nullable Numeric ofDate(String name, int date) {
        DateTimeUnit unit = DateTimeUnit.of(name, TypeRegistry.DATE);
        if (date == Integer.MAX_VALUE || date == Integer.MIN_VALUE) {
            return switch (unit) {
                case MICROSECONDS, MILLISECONDS, SECOND, MINUTE, HOUR, TIMEZONE, TIMEZONE_HOUR, TIMEZONE_MINUTE ->
                    throw DateTimeUnit.notSupported(name, TypeRegistry.DATE);
                default -> ofInfinity(unit, date > 0);
            };
        }
        return switch (unit) {
            case EPOCH -> Numeric.of(date * 86_400L + ZonedMoments.EPOCH_SECONDS);
            case JULIAN -> Numeric.of((long) date + JulianDay.POSTGRES_EPOCH);
            case MICROSECONDS, MILLISECONDS, SECOND, MINUTE, HOUR, TIMEZONE, TIMEZONE_HOUR, TIMEZONE_MINUTE ->
                throw DateTimeUnit.notSupported(name, TypeRegistry.DATE);
            default -> Numeric.of((long) dateField(unit, Calendar.ofDay(date, 0)));
        };
    }

    private static @Nullable Numeric ofInfinity(DateTimeUnit unit, boolean positive) {
        return switch (unit) {
            case YEAR, DECADE, CENTURY, MILLENNIUM, JULIAN, ISOYEAR, EPOCH ->
                positive ? Numeric.POSITIVE_INFINITY : Numeric.NEGATIVE_INFINITY;
            default -> null;
        };
    }

    private static Numeric epoch(long micros) {
        return Numeric.of(BigDecimal.valueOf(micros, 6).add(BigDecimal.valueOf(ZonedMoments.EPOCH_SECONDS)));
    }

    private static Numeric julian(Calendar calendar) {
        BigDecimal day = BigDecimal.valueOf((long) calendar.days() + JulianDay.POSTGRES_EPOCH);
        BigDecimal fraction = BigDecimal.valueOf(calendar.time())
                .divide(BigDecimal.valueOf(MICROS_PER_DAY), 20, RoundingMode.HALF_UP);
        return Numeric.of(day.add(fraction));
    }

    private static Numeric zoneField(DateTimeUnit unit, int offset) {
        return Numeric.of((long)
                switch (unit) {
                    case TIMEZONE_HOUR -> offset / 3600;
                    case TIMEZONE_MINUTE -> offset / 60 % 60;
                    default -> offset;
                });
    }

    private static Numeric timeField(DateTimeUnit unit, long time) {
        long inMinute = time % MICROS_PER_MINUTE;
        return switch (unit) {
            case MICROSECONDS -> Numeric.of(inMinute);
            case MILLISECONDS -> Numeric.of(BigDecimal.valueOf(inMinute, 3));
            case SECOND -> Numeric.of(BigDecimal.valueOf(inMinute, 6));
            case MINUTE -> Numeric.of(time / MICROS_PER_MINUTE % 60);
            default -> Numeric.of(time / MICROS_PER_HOUR);
        };
    }

    private static int dateField(DateTimeUnit unit, Calendar calendar) {
        int year = calendar.year();
        return switch (unit) {
            case DAY -> calendar.day();
            case WEEK -> calendar.isoWeek();
            case MONTH -> calendar.month();
            case QUARTER -> (calendar.month() - 1) / 3 + 1;
            case YEAR -> year > 0 ? year : year - 1;
            case DECADE -> year >= 0 ? year / 10 : -((8 - (year - 1)) / 10);
            case CENTURY -> year > 0 ? (year + 99) / 100 : -((99 - (year - 1)) / 100);
            case MILLENNIUM -> year > 0 ? (year + 999) / 1000 : -((999 - (year - 1)) / 1000);
            case ISOYEAR -> calendar.isoYear() > 0 ? calendar.isoYear() : calendar.isoYear() - 1;
            case DOW -> calendar.dayOfWeek();
            case ISODOW -> calendar.dayOfWeek() == 0 ? 7 : calendar.dayOfWeek();
            case DOY -> calendar.dayOfYear();
            default -> throw new IllegalStateException(unit.toString());
        };
    }

    static Numeric ofTime(String name, long time) {
        DateTimeUnit unit = DateTimeUnit.of(name, TypeRegistry.TIME);
        return switch (unit) {
            case MICROSECONDS, MILLISECONDS, SECOND, MINUTE, HOUR -> timeField(unit, time);
            case EPOCH -> Numeric.of(BigDecimal.valueOf(time, 6));
            default -> throw DateTimeUnit.notSupported(name, TypeRegistry.TIME);
        };
    }

    static Numeric ofTime(String name, TimeWithZone time) {
        DateTimeUnit unit = DateTimeUnit.of(name, TypeRegistry.TIMETZ);
        return switch (unit) {
            case MICROSECONDS, MILLISECONDS, SECOND, MINUTE, HOUR -> timeField(unit, time.micros());
            case EPOCH -> Numeric.of(BigDecimal.valueOf(time.micros() + time.zoneSeconds() * MICROS_PER_SECOND, 6));
            case TIMEZONE, TIMEZONE_HOUR, TIMEZONE_MINUTE -> zoneField(unit, -time.zoneSeconds());
            default -> throw DateTimeUnit.notSupported(name, TypeRegistry.TIMETZ);
        };
    }

    static Numeric ofInterval(String name, Interval span) {
        DateTimeUnit unit = DateTimeUnit.of(name, TypeRegistry.INTERVAL);
        int years = span.months() / 12;
        int months = span.months() % 12;
        return switch (unit) {
            case MICROSECONDS, MILLISECONDS, SECOND, MINUTE, HOUR -> timeField(unit, span.micros());
            case DAY -> Numeric.of((long) span.days());
            case MONTH -> Numeric.of((long) months);
            case QUARTER -> Numeric.of(months / 3 + 1L);
            case YEAR -> Numeric.of((long) years);
            case DECADE -> Numeric.of(years / 10L);
            case CENTURY -> Numeric.of(years / 100L);
            case MILLENNIUM -> Numeric.of(years / 1000L);
            case EPOCH -> {
                BigDecimal days = BigDecimal.valueOf(years)
                        .multiply(new BigDecimal("365.25"))
                        .add(BigDecimal.valueOf(months * 30L + span.days()));
                yield Numeric.of(days.multiply(BigDecimal.valueOf(86_400))
                        .add(BigDecimal.valueOf(span.micros(), 6))
                        .setScale(6, RoundingMode.HALF_UP));
            }
            default -> throw DateTimeUnit.notSupported(name, TypeRegistry.INTERVAL);
        };
    }
}
