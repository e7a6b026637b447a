package dev.boreal.queryprocessor.function.format;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.format.Template.Ordinal;
import dev.boreal.queryprocessor.function.format.Template.Part;
import java.util.Locale;

/** Prints a timestamp or an interval by a template. */
final class MomentPrinter {
    private static final int LONGEST_NAME = 9;
    private static final int LONGEST_ROMAN_MONTH = 4;
    private static final int NOON = 12;

    private final Moment moment;
    private final StringBuilder out = new StringBuilder();

    private MomentPrinter(Moment moment) {
        this.moment = moment;
    }

    static String print(Template<MomentKeyword> template, Moment moment) {
        MomentPrinter printer = new MomentPrinter(moment);
        for (Part<MomentKeyword> part : template.parts()) {
            MomentKeyword keyword = part.keyword();
            if (keyword == null) {
                printer.out.append(part.text());
            } else {
                printer.print(keyword, part);
            }
        }
        return printer.out.toString();
    }

    private void print(MomentKeyword keyword, Part<MomentKeyword> part) {
        switch (keyword) {
            case AM, PM -> name(part, MomentNames.HALF_DAYS[afternoon()]);
            case A_M, P_M -> name(part, MomentNames.DOTTED_HALF_DAYS[afternoon()]);
            case HH, HH12 -> number(part, moment.hour() % NOON == 0 ? NOON : moment.hour() % NOON, moment.hour(), 2);
            case HH24 -> number(part, moment.hour(), 2);
            case MI -> number(part, moment.minute(), 2);
            case SS -> number(part, moment.second(), 2);
            case SSSS, SSSSS -> digits(part, moment.hour() * 3600 + moment.minute() * 60L + moment.second(), 0);
            case FF1 -> digits(part, moment.micros() / 100_000, 1);
            case FF2 -> digits(part, moment.micros() / 10_000, 2);
            case FF3, MS -> digits(part, moment.micros() / 1000, 3);
            case FF4 -> digits(part, moment.micros() / 100, 4);
            case FF5 -> digits(part, moment.micros() / 10, 5);
            case FF6, US -> digits(part, moment.micros(), 6);
            case TZ, TZH, TZM, OF -> zone(keyword, part);
            case AD, BC -> era(part, MomentNames.ERAS);
            case A_D, B_C -> era(part, MomentNames.DOTTED_ERAS);
            case MONTH -> {
                requireTimestamp();
                padded(part, MomentNames.MONTHS[moment.month() - 1]);
            }
            case MON -> {
                requireTimestamp();
                name(part, MomentNames.SHORT_MONTHS[moment.month() - 1]);
            }
            case RM -> romanMonth(part);
            case DAY -> {
                requireTimestamp();
                padded(part, MomentNames.DAYS[moment.dayOfWeek()]);
            }
            case DY -> {
                requireTimestamp();
                name(part, MomentNames.SHORT_DAYS[moment.dayOfWeek()]);
            }
            case MM -> number(part, moment.month(), 2);
            case Q -> {
                if (moment.month() != 0) {
                    digits(part, (moment.month() - 1) / 3 + 1, 0);
                }
            }
            case DDD, IDDD, DD, D, ID, WW, IW, W, J -> day(keyword, part);
            case CC, Y_YYY, YYYY, YYY, YY, Y, IYYY, IYY, IY, I -> year(keyword, part);
            case FX -> {}
        }
    }

    private int afternoon() {
        return moment.hour() % 24 >= NOON ? 1 : 0;
    }

    private void requireTimestamp() {
        if (moment.isInterval()) {
            throw new SqlException(SqlError.error(
                            SqlState.INVALID_DATETIME_FORMAT, "invalid format specification for an interval value")
                    .withHint("Intervals are not tied to specific calendar dates."));
        }
    }

    private void number(Part<MomentKeyword> part, long value, int width) {
        number(part, value, value, width);
    }

    /** With leading zeros, and one place more for a minus sign, unless FM forbids them. */
    private void number(Part<MomentKeyword> part, long value, long signed, int width) {
        digits(part, value, part.unpadded() ? 0 : signed >= 0 ? width : width + 1);
    }

    private void digits(Part<MomentKeyword> part, long value, int width) {
        String text = zeroPadded(value, width);
        out.append(text);
        ordinal(part, text);
    }

    private void ordinal(Part<MomentKeyword> part, String text) {
        if (part.ordinal() != Ordinal.NONE) {
            out.append(OrdinalEnding.of(text, part.ordinal() == Ordinal.SMALL));
        }
    }

    private static String zeroPadded(long value, int width) {
        String digits = Long.toString(Math.abs(value));
        String sign = value < 0 ? "-" : "";
        return sign + "0".repeat(Math.max(0, width - sign.length() - digits.length())) + digits;
    }

    private void name(Part<MomentKeyword> part, String name) {
        out.append(cased(part, name));
    }

    private static String cased(Part<MomentKeyword> part, String name) {
        return part.isSmall()
                ? name.toLowerCase(Locale.ROOT)
                : part.isCapitalized() ? name : name.toUpperCase(Locale.ROOT);
    }

    private void padded(Part<MomentKeyword> part, String name) {
        name(part, name);
        if (!part.unpadded() && !part.translated()) {
            out.repeat(' ', LONGEST_NAME - name.length());
        }
    }

    private void era(Part<MomentKeyword> part, String[] eras) {
        requireTimestamp();
        name(part, eras[moment.year() <= 0 ? 1 : 0]);
    }

    /** Months of an interval count round the year, backwards if they are negative. */
    private void romanMonth(Part<MomentKeyword> part) {
        int month = moment.month();
        if (month == 0 && moment.year() == 0) {
            return;
        }
        int fromDecember = month > 0 ? 12 - month : month < 0 ? -month - 1 : moment.year() >= 0 ? 0 : 11;
        String name = MomentNames.ROMAN_MONTHS[fromDecember];
        name(part, name);
        if (!part.unpadded()) {
            out.repeat(' ', LONGEST_ROMAN_MONTH - name.length());
        }
    }

    private void zone(MomentKeyword keyword, Part<MomentKeyword> part) {
        requireTimestamp();
        int offset = Math.abs(moment.offsetSeconds());
        char sign = moment.offsetSeconds() >= 0 ? '+' : '-';
        switch (keyword) {
            case TZH -> out.append(sign).append(zeroPadded(offset / 3600, 2));
            case TZM -> out.append(zeroPadded(offset / 60 % 60, 2));
            case OF -> {
                out.append(sign).append(zeroPadded(offset / 3600, part.unpadded() ? 0 : 2));
                if (offset % 3600 != 0) {
                    out.append(':').append(zeroPadded(offset / 60 % 60, 2));
                }
            }
            default -> {
                String zone = moment.zone();
                if (zone != null) {
                    out.append(part.isSmall() ? zone.toLowerCase(Locale.ROOT) : zone);
                }
            }
        }
    }

    private void day(MomentKeyword keyword, Part<MomentKeyword> part) {
        switch (keyword) {
            case DDD -> digits(part, moment.dayOfYear(), part.unpadded() ? 0 : 3);
            case IDDD -> digits(part, moment.dayOfIsoYear(), part.unpadded() ? 0 : 3);
            case DD -> digits(part, moment.day(), part.unpadded() ? 0 : 2);
            case WW -> digits(part, (moment.dayOfYear() - 1) / 7 + 1, part.unpadded() ? 0 : 2);
            case IW -> digits(part, moment.isoWeek(), part.unpadded() ? 0 : 2);
            case W -> digits(part, (moment.day() - 1) / 7 + 1, 0);
            case J -> digits(part, moment.julianDay(), 0);
            case D -> {
                requireTimestamp();
                digits(part, moment.dayOfWeek() + 1, 0);
            }
            default -> {
                requireTimestamp();
                digits(part, moment.dayOfWeek() == 0 ? 7 : moment.dayOfWeek(), 0);
            }
        }
    }

    private void year(MomentKeyword keyword, Part<MomentKeyword> part) {
        int year = moment.shownYear(moment.year());
        switch (keyword) {
            case CC -> century(part);
            case Y_YYY -> {
                int thousands = year / 1000;
                String text = thousands + "," + zeroPadded(year - thousands * 1000, 3);
                out.append(text);
                ordinal(part, text);
            }
            case YYYY -> number(part, year, 4);
            case YYY -> number(part, year % 1000, year, 3);
            case YY -> number(part, year % 100, year, 2);
            case Y -> digits(part, year % 10, 1);
            default -> {
                int isoYear = moment.shownYear(moment.isoYear());
                switch (keyword) {
                    case IYYY -> number(part, isoYear, year, 4);
                    case IYY -> number(part, isoYear % 1000, year, 3);
                    case IY -> number(part, isoYear % 100, year, 2);
                    default -> digits(part, isoYear % 10, 1);
                }
            }
        }
    }

    private void century(Part<MomentKeyword> part) {
        int year = moment.year();
        int century = moment.isInterval() ? year / 100 : year > 0 ? (year - 1) / 100 + 1 : year / 100 - 1;
        if (Math.abs(century) <= 99) {
            number(part, century, 2);
        } else {
            digits(part, century, 0);
        }
    }
}
