package dev.boreal.queryprocessor.type;

import java.time.ZoneId;

/** The settings and names that reading and printing values depends on: the session's. Constant within a statement. */
public interface TypeContext {

    ZoneId timeZone();

    /** The TimeZone setting as it was written. */
    String timeZoneName();

    DateStyle dateStyle();

    DateOrder dateOrder();

    IntervalStyle intervalStyle();

    /** {@code extra_float_digits}, by default 1: shortest exact form. */
    int extraFloatDigits();

    /** Whether {@code bytea_output} is hex, not escape. */
    boolean byteaHex();

    /** Microseconds since 2000-01-01 UTC at which the transaction began: {@code now()}. */
    long transactionTimestampMicros();

    /** Names of objects, for regclass and its kin. */
    ObjectNames names();

    /** The first word of DateStyle. */
    enum DateStyle {
        ISO,
        SQL,
        POSTGRES,
        GERMAN
    }

    /** The second word of DateStyle. */
    enum DateOrder {
        MDY,
        DMY,
        YMD
    }

    /** IntervalStyle. */
    enum IntervalStyle {
        POSTGRES,
        POSTGRES_VERBOSE,
        SQL_STANDARD,
        ISO_8601
    }
}
