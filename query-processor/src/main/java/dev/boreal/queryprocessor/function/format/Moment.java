package dev.boreal.queryprocessor.function.format;

import dev.boreal.queryprocessor.type.Interval;
import dev.boreal.queryprocessor.type.JulianDay;
import dev.boreal.queryprocessor.type.TimeZones;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A timestamp or an interval taken apart. An interval's fields carry its sign.
 *
 * @param year astronomical: 0 is 1 BC
 * @param dayOfWeek 0 for Sunday
 * @param dayOfYear from 1; of an interval about its length in days
 * @param zone abbreviation of the time zone, null if it has none
 * @param offsetSeconds east of Greenwich
 */
record Moment(
        boolean isInterval,
        int year,
        int month,
        int day,
        long hour,
        int minute,
        int second,
        int micros,
        int dayOfWeek,
        int dayOfYear,
        @Nullable String zone,
        int offsetSeconds) {
    private static final long MICROS_PER_SECOND = 1_000_000;

    static Moment ofLocal(long localMicros) {
        return of(localMicros, null, 0);
    }

    static Moment ofZoned(long utcMicros, ZoneId zone) {
        int offset = TimeZones.offsetAt(zone, utcMicros);
        return of(utcMicros + offset * MICROS_PER_SECOND, TimeZones.abbreviation(zone, utcMicros), offset);
    }

    private static Moment of(long local, @Nullable String zone, int offset) {
        int days = (int) Math.floorDiv(local, JulianDay.MICROS_PER_DAY);
        long time = Math.floorMod(local, JulianDay.MICROS_PER_DAY);
        int julian = days + JulianDay.POSTGRES_EPOCH;
        int year = JulianDay.year(julian);
        long seconds = time / MICROS_PER_SECOND;
        return new Moment(
                false,
                year,
                JulianDay.month(julian),
                JulianDay.day(julian),
                seconds / 3600,
                (int) (seconds / 60 % 60),
                (int) (seconds % 60),
                (int) (time % MICROS_PER_SECOND),
                JulianDay.dayOfWeek(julian),
                julian - JulianDay.of(year, 1, 1) + 1,
                zone,
                offset);
    }

    static Moment of(Interval span) {
        long seconds = span.micros() / MICROS_PER_SECOND;
        return new Moment(
                true,
                span.months() / 12,
                span.months() % 12,
                span.days(),
                seconds / 3600,
                (int) (seconds / 60 % 60),
                (int) (seconds % 60),
                (int) (span.micros() % MICROS_PER_SECOND),
                0,
                span.months() * 30 + span.days(),
                null,
                0);
    }

    /** As it is counted from the birth of Christ in both directions. */
    int shownYear(int astronomical) {
        return isInterval || astronomical > 0 ? astronomical : 1 - astronomical;
    }

    int julianDay() {
        return JulianDay.of(year, month, day);
    }

    int isoYear() {
        return JulianDay.year(thursday());
    }

    int isoWeek() {
        int thursday = thursday();
        return (thursday - JulianDay.of(JulianDay.year(thursday), 1, 1)) / 7 + 1;
    }

    int dayOfIsoYear() {
        return julianDay() - isoMonday(isoYear(), 1) + 1;
    }

    private int thursday() {
        int julian = julianDay();
        return julian - Math.floorMod(JulianDay.dayOfWeek(julian) + 6, 7) + 3;
    }

    /** The Monday of a week of an ISO year, as a Julian day. */
    static int isoMonday(int isoYear, int week) {
        int fourth = JulianDay.of(isoYear, 1, 4);
        return fourth - Math.floorMod(JulianDay.dayOfWeek(fourth) + 6, 7) + (week - 1) * 7;
    }
}
