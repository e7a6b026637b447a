package dev.boreal.queryprocessor.function.format;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;

/** Takes the text of one field from the cursor. */
final class FieldText {
    private final TextCursor cursor;
    private final String pattern;
    private final int width;
    /** Whether it takes as many digits as come, not just its width. */
    private final boolean open;

    private int length;

    FieldText(TextCursor cursor, String pattern, int width, boolean open) {
        this.cursor = cursor;
        this.pattern = pattern;
        this.width = width;
        this.open = open;
    }

    /** Characters that the last number took, white space before it included. */
    int length() {
        return length;
    }

    int number(int before) {
        return number(before, width);
    }

    /**
     * @param before what the field holds already, 0 if nothing
     * @param digits how many it takes if another number follows at once
     */
    int number(int before, int digits) {
        int init = cursor.position();
        cursor.skipSpaces();
        int start = cursor.position();
        if (!open && cursor.remaining() < digits) {
            throw new SqlException(SqlError.error(
                            SqlState.INVALID_DATETIME_FORMAT,
                            "source string too short for \"" + pattern + "\" formatting field")
                    .withDetail("Field requires " + digits + " characters, but only " + cursor.remaining() + " remain.")
                    .withHint("If your source string is not fixed-width, try using the \"FM\" modifier."));
        }
        int limit = open ? Integer.MAX_VALUE : start + digits;
        long value = integer(limit, start);
        int used = cursor.position() - start;
        if (!open && used > 0 && used < digits) {
            throw new SqlException(SqlError.error(
                            SqlState.INVALID_DATETIME_FORMAT, invalid(cursor.slice(start, start + digits)))
                    .withDetail("Field requires " + digits + " characters, but only " + used + " could be parsed.")
                    .withHint("If your source string is not fixed-width, try using the \"FM\" modifier."));
        }
        if (used == 0 && (open || start == init)) {
            throw new SqlException(
                    SqlError.error(SqlState.INVALID_DATETIME_FORMAT, invalid(cursor.slice(start, start + digits)))
                            .withDetail("Value must be an integer."));
        }
        if ((int) value != value) {
            throw new SqlException(SqlError.error(
                            SqlState.DATETIME_FIELD_OVERFLOW,
                            "value for \"" + pattern + "\" in source string is out of range")
                    .withDetail("Value must be in the range -2147483648 to 2147483647."));
        }
        length = cursor.position() - init;
        return same(before, (int) value);
    }

    /** Reads sign and digits; stays at the start if there are none. */
    private long integer(int limit, int start) {
        int at = start;
        char sign = cursor.charAt(at);
        if (sign == '-' || sign == '+') {
            at++;
        }
        int first = at;
        long value = 0;
        while (at < limit && cursor.charAt(at) >= '0' && cursor.charAt(at) <= '9') {
            value = Math.min(value * 10 + cursor.charAt(at) - '0', 1L << 40);
            at++;
        }
        cursor.moveTo(at == first ? start : at);
        return sign == '-' ? -value : value;
    }

    private String invalid(String text) {
        return "invalid value \"" + text + "\" for \"" + pattern + "\"";
    }

    /** A field that is given twice must have the same value both times. */
    int same(int before, int value) {
        if (before != 0 && before != value) {
            throw new SqlException(SqlError.error(
                            SqlState.INVALID_DATETIME_FORMAT,
                            "conflicting values for \"" + pattern + "\" field in formatting string")
                    .withDetail("This value contradicts a previous setting for the same field type."));
        }
        return value;
    }

    /** The index of the first name with which the text begins. */
    int name(String[] names) {
        for (int i = 0; i < names.length; i++) {
            if (cursor.startsWithIgnoreCase(names[i])) {
                cursor.moveTo(cursor.position() + names[i].length());
                return i;
            }
        }
        int end = cursor.position();
        while (cursor.charAt(end) != 0 && !TemplateParser.isSpace(cursor.charAt(end))) {
            end++;
        }
        throw new SqlException(
                SqlError.error(SqlState.INVALID_DATETIME_FORMAT, invalid(cursor.slice(cursor.position(), end)))
                        .withDetail("The given value did not match any of the allowed values for this field."));
    }

    /** {@code 2,024} */
    int yearWithComma() {
        cursor.skipSpaces();
        int start = cursor.position();
        long thousands = integer(Integer.MAX_VALUE, start);
        int comma = cursor.position();
        if (comma > start && cursor.charAt(comma) == ',') {
            cursor.moveTo(comma + 1);
            cursor.skipSpaces();
            int rest = cursor.position();
            long years = integer(rest + 3, rest);
            if (cursor.position() > rest) {
                return (int) (thousands * 1000 + years);
            }
        }
        throw new SqlException(SqlState.INVALID_DATETIME_FORMAT, "invalid input string for \"Y,YYY\"");
    }
}
