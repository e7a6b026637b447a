package dev.boreal.queryprocessor.copy;

import dev.boreal.queryprocessor.type.ObjectNames;
import dev.boreal.queryprocessor.type.TypeContext;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A session with default settings and no objects. */
record PlainContext() implements TypeContext {
    @Override
    public ZoneId timeZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public String timeZoneName() {
        return "UTC";
    }

    @Override
    public DateStyle dateStyle() {
        return DateStyle.ISO;
    }

    @Override
    public DateOrder dateOrder() {
        return DateOrder.MDY;
    }

    @Override
    public IntervalStyle intervalStyle() {
        return IntervalStyle.POSTGRES;
    }

    @Override
    public int extraFloatDigits() {
        return 1;
    }

    @Override
    public boolean byteaHex() {
        return true;
    }

    @Override
    public long transactionTimestampMicros() {
        return 0;
    }

    @Override
    public ObjectNames names() {
        throw new UnsupportedOperationException("no objects here");
    }
}
