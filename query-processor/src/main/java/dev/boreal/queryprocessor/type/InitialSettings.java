package dev.boreal.queryprocessor.type;

import java.time.ZoneId;
import java.time.ZoneOffset;

/** A context whose settings are those that a session begins with: what is read and printed apart from any session. */
public interface InitialSettings extends TypeContext {

    @Override
    default ZoneId timeZone() {
        return ZoneOffset.UTC;
    }

    @Override
    default String timeZoneName() {
        return "UTC";
    }

    @Override
    default DateStyle dateStyle() {
        return DateStyle.ISO;
    }

    @Override
    default DateOrder dateOrder() {
        return DateOrder.MDY;
    }

    @Override
    default IntervalStyle intervalStyle() {
        return IntervalStyle.POSTGRES;
    }

    @Override
    default int extraFloatDigits() {
        return 1;
    }

    @Override
    default boolean byteaHex() {
        return true;
    }
}
