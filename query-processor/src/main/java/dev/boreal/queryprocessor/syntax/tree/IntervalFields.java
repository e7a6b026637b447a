package dev.boreal.queryprocessor.syntax.tree;

import org.jspecify.annotations.Nullable;

/** The fields of an interval type, with the mask by which PostgreSQL encodes them in a type modifier. */
public enum IntervalFields {
    YEAR("YEAR", 0x0004),
    MONTH("MONTH", 0x0002),
    DAY("DAY", 0x0008),
    HOUR("HOUR", 0x0400),
    MINUTE("MINUTE", 0x0800),
    SECOND("SECOND", 0x1000),
    YEAR_TO_MONTH("YEAR TO MONTH", 0x0006),
    DAY_TO_HOUR("DAY TO HOUR", 0x0408),
    DAY_TO_MINUTE("DAY TO MINUTE", 0x0C08),
    DAY_TO_SECOND("DAY TO SECOND", 0x1C08),
    HOUR_TO_MINUTE("HOUR TO MINUTE", 0x0C00),
    HOUR_TO_SECOND("HOUR TO SECOND", 0x1C00),
    MINUTE_TO_SECOND("MINUTE TO SECOND", 0x1800);

    /** The mask of an interval whose fields are not restricted, written when only a precision is given. */
    public static final int FULL_RANGE_MASK = 0x7FFF;

    private final String sql;
    private final int mask;

    IntervalFields(String sql, int mask) {
        this.sql = sql;
        this.mask = mask;
    }

    public String sql() {
        return sql;
    }

    public int mask() {
        return mask;
    }

    /** The fields of a mask, null for the full range or an unknown mask. */
    public static @Nullable IntervalFields ofMask(int mask) {
        for (IntervalFields fields : values()) {
            if (fields.mask == mask) {
                return fields;
            }
        }
        return null;
    }
}
