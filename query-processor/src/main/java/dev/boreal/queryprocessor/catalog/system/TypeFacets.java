package dev.boreal.queryprocessor.catalog.system;

import dev.boreal.queryprocessor.type.SqlType;
import org.jspecify.annotations.Nullable;

/** Length, precision and scale as information_schema.columns tells them. */
final class TypeFacets {
    /** What a type modifier of numeric and character types is above the number written. */
    private static final int MODIFIER_OFFSET = 4;

    private static final int BYTES_PER_CHARACTER = 4;
    private static final int UNLIMITED_BYTES = 1 << 30;
    private static final int MICROSECOND_DIGITS = 6;

    private TypeFacets() {}

    static void fill(SqlType type, int modifier, Sheet row) {
        switch (type.name()) {
            case "varchar", "bpchar" -> {
                Integer length = modifier < 0 ? null : (Integer) (modifier - MODIFIER_OFFSET);
                row.set("character_maximum_length", length)
                        .set(
                                "character_octet_length",
                                length == null ? UNLIMITED_BYTES : (Integer) (length * BYTES_PER_CHARACTER));
            }
            case "text" -> row.set("character_octet_length", UNLIMITED_BYTES);
            case "int2" -> number(16, 2, 0, row);
            case "int4" -> number(32, 2, 0, row);
            case "int8" -> number(64, 2, 0, row);
            case "float4" -> number(24, 2, null, row);
            case "float8" -> number(53, 2, null, row);
            case "numeric" -> {
                int bits = modifier - MODIFIER_OFFSET;
                number(
                        modifier < 0 ? null : (Integer) (bits >>> 16),
                        10,
                        modifier < 0 ? null : (Integer) (bits & 0x7ff),
                        row);
            }
            case "date" -> row.set("datetime_precision", 0);
            case "time", "timetz", "timestamp", "timestamptz" ->
                row.set("datetime_precision", modifier < 0 ? MICROSECOND_DIGITS : modifier);
            case "interval" -> {
                int digits = modifier < 0 ? 0xffff : modifier & 0xffff;
                row.set("datetime_precision", digits == 0xffff ? MICROSECOND_DIGITS : digits);
            }
            default -> {}
        }
    }

    private static void number(@Nullable Integer precision, int radix, @Nullable Integer scale, Sheet row) {
        row.set("numeric_precision", precision)
                .set("numeric_precision_radix", radix)
                .set("numeric_scale", scale);
    }
}
