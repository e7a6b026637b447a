package dev.boreal.queryprocessor.function.json;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.function.TypeFamily;
import dev.boreal.queryprocessor.function.time.ZonedMoments;
import dev.boreal.queryprocessor.type.Jsonb;
import dev.boreal.queryprocessor.type.JulianDay;
import dev.boreal.queryprocessor.type.SqlArray;
import dev.boreal.queryprocessor.type.SqlRecord;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TimeZones;
import org.jspecify.annotations.Nullable;

/** Writes values of all types as JSON. */
final class JsonWriter {
    private final EvaluationContext context;
    private final StringBuilder out = new StringBuilder();

    private JsonWriter(EvaluationContext context) {
        this.context = context;
    }

    static String write(EvaluationContext context, SqlType type, @Nullable Object value) {
        return write(context, type, value, false);
    }

    /** @param lines whether members at the top stand on lines of their own */
    static String write(EvaluationContext context, SqlType type, @Nullable Object value, boolean lines) {
        JsonWriter writer = new JsonWriter(context);
        writer.append(type, value, lines ? ",\n " : ",");
        return writer.out.toString();
    }

    static Jsonb toJsonb(EvaluationContext context, SqlType type, @Nullable Object value) {
        return value instanceof Jsonb jsonb ? jsonb : Jsonb.parse(write(context, type, value));
    }

    static String quote(String text) {
        return Jsonb.of(text).toString();
    }

    /** A value as an object's key: its text, quoted. */
    static String key(EvaluationContext context, SqlType type, Object value) {
        if (value instanceof SqlArray
                || value instanceof SqlRecord
                || type.name().startsWith("json")) {
            throw new SqlException(
                    SqlState.INVALID_PARAMETER_VALUE, "key value must be scalar, not array, composite, or json");
        }
        return quote(keyText(context, type, value));
    }

    static String keyText(EvaluationContext context, SqlType type, Object value) {
        return value instanceof Boolean bool ? bool.toString() : type.format(value, context);
    }

    private void append(SqlType type, @Nullable Object value, String separator) {
        if (value == null) {
            out.append("null");
            return;
        }
        if (value instanceof SqlArray array) {
            SqlType element = TypeFamily.elementOf(type);
            appendArray(array, element == null ? type : element, 0, 0, separator);
            return;
        }
        if (value instanceof SqlRecord row) {
            appendRecord(row, separator);
            return;
        }
        switch (type.name()) {
            case "bool" -> out.append((Boolean) value ? "true" : "false");
            case "int2", "int4", "int8", "float4", "float8", "numeric" -> appendNumber(type.format(value, context));
            case "json", "jsonb" -> out.append(value);
            case "date" -> out.append('"').append(date((Integer) value)).append('"');
            case "timestamp" ->
                out.append('"').append(timestamp((Long) value, false)).append('"');
            case "timestamptz" ->
                out.append('"').append(timestamp((Long) value, true)).append('"');
            default -> out.append(quote(type.format(value, context)));
        }
    }

    private void appendNumber(String text) {
        char last = text.charAt(text.length() - 1);
        if (Character.isDigit(last)) {
            out.append(text);
        } else {
            out.append('"').append(text).append('"');
        }
    }

    /** Returns the index of the element after those written. */
    private int appendArray(SqlArray array, SqlType element, int dimension, int first, String separator) {
        out.append('[');
        int next = first;
        int length = array.dimensions().length == 0 ? 0 : array.dimensions()[dimension];
        for (int i = 0; i < length; i++) {
            out.append(i == 0 ? "" : separator);
            if (dimension + 1 < array.dimensions().length) {
                next = appendArray(array, element, dimension + 1, next, ",");
            } else {
                append(element, array.elements()[next++], ",");
            }
        }
        out.append(']');
        return next;
    }

    private void appendRecord(SqlRecord row, String separator) {
        out.append('{');
        for (int i = 0; i < row.values().length; i++) {
            out.append(i == 0 ? "" : separator)
                    .append(quote(row.names().get(i)))
                    .append(':');
            append(row.types().get(i), row.values()[i], ",");
        }
        out.append('}');
    }

    private static String date(int days) {
        if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
            return days > 0 ? "infinity" : "-infinity";
        }
        StringBuilder text = new StringBuilder();
        boolean before = appendDate(text, days);
        return text.append(before ? " BC" : "").toString();
    }

    /** Returns whether the year is before Christ. */
    private static boolean appendDate(StringBuilder text, int days) {
        long packed = JulianDay.packed(days + JulianDay.POSTGRES_EPOCH);
        int year = (int) (packed >> 16);
        appendPadded(text, year > 0 ? year : 1 - year, 4);
        text.append('-');
        appendPadded(text, (int) (packed >> 8) & 0xff, 2);
        text.append('-');
        appendPadded(text, (int) packed & 0xff, 2);
        return year <= 0;
    }

    private static void appendPadded(StringBuilder text, long number, int width) {
        String digits = Long.toString(number);
        text.repeat('0', Math.max(0, width - digits.length())).append(digits);
    }

    private String timestamp(long micros, boolean zoned) {
        if (!ZonedMoments.isFinite(micros)) {
            return micros > 0 ? "infinity" : "-infinity";
        }
        int offset = zoned ? TimeZones.offsetAt(context.timeZone(), micros) : 0;
        long local = micros + offset * ZonedMoments.MICROS_PER_SECOND;
        long days = Math.floorDiv(local, ZonedMoments.MICROS_PER_DAY);
        long time = local - days * ZonedMoments.MICROS_PER_DAY;
        StringBuilder text = new StringBuilder();
        boolean before = appendDate(text, (int) days);
        text.append('T');
        appendTime(text, time);
        if (zoned) {
            text.append(offset < 0 ? '-' : '+');
            appendPadded(text, Math.abs(offset) / 3600, 2);
            text.append(':');
            appendPadded(text, Math.abs(offset) / 60 % 60, 2);
        }
        return text.append(before ? " BC" : "").toString();
    }

    private static void appendTime(StringBuilder text, long time) {
        long seconds = time / ZonedMoments.MICROS_PER_SECOND;
        appendPadded(text, seconds / 3600, 2);
        text.append(':');
        appendPadded(text, seconds / 60 % 60, 2);
        text.append(':');
        appendPadded(text, seconds % 60, 2);
        long fraction = time % ZonedMoments.MICROS_PER_SECOND;
        if (fraction != 0) {
            int digits = 6;
            while (fraction % 10 == 0) {
                fraction /= 10;
                digits--;
            }
            text.append('.');
            appendPadded(text, fraction, digits);
        }
    }
}
