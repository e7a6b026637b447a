package dev.boreal.queryprocessor.function.format;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.format.MomentKeyword.Convention;
import dev.boreal.queryprocessor.type.JulianDay;

/** What a template found in a text, field by field; 0 is not given. One that is given twice must be the same. */
final class MomentFields {
    private static final int LARGEST_ZONE_HOURS = 15;
    private static final String INVALID_TIME_ZONE_DISPLACEMENT = "22009";

    Convention convention = Convention.NONE;
    boolean twelveHours;
    int hour;
    int afternoon;
    int minute;
    int second;
    int secondOfDay;
    int millis;
    int micros;
    /** Digits of the fraction that FF asked for. */
    int precision;

    /** From 1 for Sunday. */
    int dayOfWeek;

    int day;
    int dayOfYear;
    int month;
    int year;
    int yearDigits;
    int beforeChrist;
    int week;
    int weekOfMonth;
    int century;
    int julian;
    int zoneSign;
    int zoneHours;
    int zoneMinutes;

    /**
     * A date and a time, checked.
     *
     * @param year astronomical: 0 is 1 BC, also of a text without a year
     * @param micros since midnight
     */
    record Resolved(int year, int month, int day, long micros) {}

    Resolved resolve(String text) {
        return new DateResolution(this, text).resolve();
    }

    /** Makes a date and a time of the fields. */
    private static final class DateResolution {
        private final MomentFields fields;
        private final String text;
        private int year;
        private int month = 1;
        private int day = 1;
        private boolean yearGiven;
        private boolean monthGiven;
        private boolean dayGiven;

        DateResolution(MomentFields fields, String text) {
            this.fields = fields;
            this.text = text;
        }

        Resolved resolve() {
            int hour = fields.hour != 0 ? fields.hour : fields.secondOfDay / 3600;
            int minute = fields.minute != 0 ? fields.minute : fields.secondOfDay / 60 % 60;
            int second = fields.second != 0 ? fields.second : fields.secondOfDay % 60;
            if (fields.twelveHours) {
                hour = ofTwelve(hour);
            }
            year();
            if (fields.julian != 0) {
                julian(fields.julian);
            }
            week();
            if (fields.weekOfMonth != 0) {
                fields.day = (fields.weekOfMonth - 1) * 7 + 1;
            }
            if (fields.day != 0) {
                day = fields.day;
                dayGiven = true;
            }
            if (fields.month != 0) {
                month = fields.month;
                monthGiven = true;
            }
            if (fields.dayOfYear != 0 && (month <= 1 || day <= 1)) {
                dayOfYear();
            }
            long fraction = fields.millis * 1000L + fields.micros;
            checkDate();
            boolean valid = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
            if (!valid || fraction < 0 || fraction >= 1_000_000) {
                throw overflow();
            }
            checkZone();
            return new Resolved(year, month, day, ((hour * 60L + minute) * 60 + second) * 1_000_000 + fraction);
        }

        private int ofTwelve(int hour) {
            if (hour < 1 || hour > 12) {
                throw new SqlException(SqlError.error(
                                SqlState.INVALID_DATETIME_FORMAT,
                                "hour \"" + hour + "\" is invalid for the 12-hour clock")
                        .withHint("Use the 24-hour clock, or give an hour between 1 and 12."));
            }
            return hour % 12 + (fields.afternoon != 0 ? 12 : 0);
        }

        private void year() {
            int century = fields.beforeChrist != 0 ? -fields.century : fields.century;
            if (fields.year != 0 && century != 0 && fields.yearDigits <= 2) {
                int inCentury = fields.year % 100;
                if (inCentury == 0) {
                    year = century * 100 + (century >= 0 ? 0 : 1);
                } else {
                    year = century >= 0 ? inCentury + (century - 1) * 100 : (century + 1) * 100 - inCentury + 1;
                }
            } else if (fields.year != 0) {
                year = fields.beforeChrist != 0 ? -fields.year : fields.year;
                year += year < 0 ? 1 : 0;
            } else if (century != 0) {
                year = century >= 0 ? (century - 1) * 100 + 1 : century * 100 + 1;
            }
            yearGiven = fields.year != 0 || century != 0;
        }

        private void julian(int julian) {
            year = JulianDay.year(julian);
            month = JulianDay.month(julian);
            day = JulianDay.day(julian);
            yearGiven = true;
            monthGiven = true;
            dayGiven = true;
        }

        private void week() {
            if (fields.week == 0) {
                return;
            }
            if (fields.convention == Convention.ISO) {
                int fromMonday = fields.dayOfWeek == 0 ? 0 : fields.dayOfWeek > 1 ? fields.dayOfWeek - 2 : 6;
                julian(Moment.isoMonday(year, fields.week) + fromMonday);
            } else {
                fields.dayOfYear = (fields.week - 1) * 7 + 1;
            }
        }

        private void dayOfYear() {
            if (year == 0 && fields.beforeChrist == 0) {
                throw new SqlException(
                        SqlState.INVALID_DATETIME_FORMAT, "cannot calculate day of year without year information");
            }
            if (fields.convention == Convention.ISO) {
                julian(Moment.isoMonday(year, 1) - 1 + fields.dayOfYear);
                return;
            }
            int rest = fields.dayOfYear;
            int found = 1;
            while (found <= 12 && rest > JulianDay.daysInMonth(year, found)) {
                rest -= JulianDay.daysInMonth(year, found);
                found++;
            }
            if (month <= 1) {
                month = found;
            }
            if (day <= 1) {
                day = rest;
            }
            monthGiven = true;
            dayGiven = true;
        }

        private void checkDate() {
            boolean valid = (!monthGiven || (month >= 1 && month <= 12))
                    && (!dayGiven || (day >= 1 && day <= 31))
                    && (!yearGiven || !monthGiven || !dayGiven || day <= JulianDay.daysInMonth(year, month));
            if (!valid) {
                throw overflow();
            }
        }

        private void checkZone() {
            boolean valid = fields.zoneHours >= 0
                    && fields.zoneHours <= LARGEST_ZONE_HOURS
                    && fields.zoneMinutes >= 0
                    && fields.zoneMinutes < 60;
            if (fields.zoneSign != 0 && !valid) {
                throw new SqlException(
                        INVALID_TIME_ZONE_DISPLACEMENT, "time zone displacement out of range: \"" + text + "\"");
            }
        }

        private SqlException overflow() {
            return new SqlException(
                    SqlState.DATETIME_FIELD_OVERFLOW, "date/time field value out of range: \"" + text + "\"");
        }
    }
}
