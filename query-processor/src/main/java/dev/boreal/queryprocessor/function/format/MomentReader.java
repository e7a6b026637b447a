package dev.boreal.queryprocessor.function.format;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.format.MomentKeyword.Convention;
import dev.boreal.queryprocessor.function.format.Template.Kind;
import dev.boreal.queryprocessor.function.format.Template.Ordinal;
import dev.boreal.queryprocessor.function.format.Template.Part;
import java.util.List;

/** Reads a date and a time by a template. Spaces count for nothing, unless the template begins with FX. */
final class MomentReader {
    private final List<Part<MomentKeyword>> parts;
    private final TextCursor cursor;
    private final MomentFields fields = new MomentFields();
    private boolean exact;
    /** Characters that were skipped beyond what the template asks for. */
    private int skipped;

    private MomentReader(Template<MomentKeyword> template, String text) {
        parts = template.parts();
        cursor = new TextCursor(text);
    }

    static MomentFields read(Template<MomentKeyword> template, String text) {
        MomentReader reader = new MomentReader(template, text);
        for (int i = 0; i < reader.parts.size() && !reader.cursor.atEnd(); i++) {
            reader.read(i);
        }
        return reader.fields;
    }

    private void read(int index) {
        Part<MomentKeyword> part = parts.get(index);
        MomentKeyword keyword = part.keyword();
        if (!exact && keyword != MomentKeyword.FX && (keyword != null || index == 0)) {
            skipped += cursor.skipSpaces();
        }
        if (keyword == null) {
            plain(part.kind());
            return;
        }
        convention(keyword.convention());
        field(
                keyword,
                part,
                new FieldText(cursor, part.text(), keyword.pattern().length(), part.unpadded() || endsBefore(index)));
        if (!exact) {
            skipped = cursor.skipSpaces();
        }
    }

    private void plain(Kind kind) {
        if (exact) {
            cursor.skip();
        } else if (kind == Kind.CHARACTER) {
            if (skipped > 0) {
                skipped--;
            } else {
                cursor.skip();
            }
        } else {
            skipped--;
            char c = cursor.current();
            if (TemplateParser.isSpace(c) || TemplateParser.isSeparator(c)) {
                cursor.skip();
                skipped++;
            }
        }
    }

    private void convention(Convention convention) {
        if (convention == Convention.NONE) {
            return;
        }
        if (fields.convention != Convention.NONE && fields.convention != convention) {
            throw new SqlException(
                    SqlError.error(SqlState.INVALID_DATETIME_FORMAT, "invalid combination of date conventions")
                            .withHint("Do not mix Gregorian and ISO week date conventions in a formatting template."));
        }
        fields.convention = convention;
    }

    /** Whether what follows a field cannot be a digit, so that the field takes all digits that come. */
    private boolean endsBefore(int index) {
        if (parts.get(index).ordinal() != Ordinal.NONE || index + 1 == parts.size()) {
            return true;
        }
        Part<MomentKeyword> next = parts.get(index + 1);
        MomentKeyword keyword = next.keyword();
        if (keyword != null) {
            return !keyword.isNumeric();
        }
        char c = next.text().charAt(0);
        return c < '0' || c > '9';
    }

    private void field(MomentKeyword keyword, Part<MomentKeyword> part, FieldText text) {
        switch (keyword) {
            case FX -> exact = true;
            case A_M, P_M -> halfDay(text.name(MomentNames.DOTTED_HALF_DAYS), text);
            case AM, PM -> halfDay(text.name(MomentNames.HALF_DAYS), text);
            case A_D, B_C -> fields.beforeChrist = text.same(fields.beforeChrist, text.name(MomentNames.DOTTED_ERAS));
            case AD, BC -> fields.beforeChrist = text.same(fields.beforeChrist, text.name(MomentNames.ERAS));
            case MONTH -> fields.month = text.same(fields.month, text.name(MomentNames.MONTHS) + 1);
            case MON -> fields.month = text.same(fields.month, text.name(MomentNames.SHORT_MONTHS) + 1);
            case RM -> fields.month = text.same(fields.month, 12 - text.name(MomentNames.ROMAN_MONTHS));
            case DAY -> fields.dayOfWeek = text.same(fields.dayOfWeek, text.name(MomentNames.DAYS)) + 1;
            case DY -> fields.dayOfWeek = text.same(fields.dayOfWeek, text.name(MomentNames.SHORT_DAYS)) + 1;
            case TZ, OF ->
                throw new SqlException(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "formatting field \"" + part.text() + "\" is only supported in to_char");
            case TZH -> zoneHours(text);
            case TZM -> {
                fields.zoneSign = fields.zoneSign == 0 ? 1 : fields.zoneSign;
                fields.zoneMinutes = text.number(fields.zoneMinutes, 2);
            }
            case MS -> {
                int millis = text.number(fields.millis, 3);
                fields.millis = millis * (text.length() == 1 ? 100 : text.length() == 2 ? 10 : 1);
                skipOrdinal(part);
            }
            case US -> micros(text, 6, part);
            case FF1, FF2, FF3, FF4, FF5, FF6 -> {
                fields.precision = keyword.ordinal() - MomentKeyword.FF1.ordinal() + 1;
                micros(text, fields.precision, part);
            }
            default -> {
                number(keyword, text);
                skipOrdinal(part);
            }
        }
    }

    private void skipOrdinal(Part<MomentKeyword> part) {
        if (part.ordinal() != Ordinal.NONE) {
            cursor.skip();
            cursor.skip();
        }
    }

    private void halfDay(int half, FieldText text) {
        fields.afternoon = text.same(fields.afternoon, half);
        fields.twelveHours = true;
    }

    private void micros(FieldText text, int digits, Part<MomentKeyword> part) {
        int micros = text.number(fields.micros, digits);
        for (int i = text.length(); i < 6 && text.length() > 0; i++) {
            micros *= 10;
        }
        fields.micros = micros;
        skipOrdinal(part);
    }

    private void zoneHours(FieldText text) {
        char c = cursor.current();
        if (c == '+' || c == '-' || c == ' ') {
            fields.zoneSign = c == '-' ? -1 : 1;
            cursor.skip();
        } else {
            fields.zoneSign = skipped > 0 && cursor.previous() == '-' ? -1 : 1;
        }
        fields.zoneHours = text.number(fields.zoneHours, 2);
    }

    private void number(MomentKeyword keyword, FieldText text) {
        switch (keyword) {
            case HH, HH12 -> {
                fields.hour = text.number(fields.hour, 2);
                fields.twelveHours = true;
            }
            case HH24 -> fields.hour = text.number(fields.hour, 2);
            case MI -> fields.minute = text.number(fields.minute);
            case SS -> fields.second = text.number(fields.second);
            case SSSS, SSSSS -> fields.secondOfDay = text.number(fields.secondOfDay);
            case MM -> fields.month = text.number(fields.month);
            case DDD -> fields.dayOfYear = text.number(fields.dayOfYear);
            case IDDD -> fields.dayOfYear = text.number(fields.dayOfYear, 3);
            case DD -> fields.day = text.number(fields.day);
            case D -> fields.dayOfWeek = text.number(fields.dayOfWeek);
            case ID -> {
                int fromMonday = text.number(fields.dayOfWeek, 1);
                fields.dayOfWeek = fromMonday >= 7 ? 1 : fromMonday + 1;
            }
            case WW, IW -> fields.week = text.number(fields.week);
            case W -> fields.weekOfMonth = text.number(fields.weekOfMonth);
            case J -> fields.julian = text.number(fields.julian);
            case CC -> fields.century = text.number(fields.century);
            case Q -> text.number(0);
            case Y_YYY -> {
                fields.year = text.same(fields.year, text.yearWithComma());
                fields.yearDigits = 4;
            }
            case YYYY, IYYY -> year(text, 4);
            case YYY, IYY -> year(text, 3);
            case YY, IY -> year(text, 2);
            default -> year(text, 1);
        }
    }

    private void year(FieldText text, int digits) {
        int year = text.number(fields.year);
        fields.year = digits < 4 && text.length() < 4 ? nearest(year) : year;
        fields.yearDigits = digits;
    }

    /** A year of less than four digits is the one nearest to 2020. */
    private static int nearest(int year) {
        if (year < 70) {
            return year + 2000;
        }
        if (year < 100) {
            return year + 1900;
        }
        return year < 520 ? year + 2000 : year < 1000 ? year + 1000 : year;
    }
}
