package dev.boreal.queryprocessor.type;

/**
 * A value of type interval. Equality of the record is field by field; the type's equality, under which a month has 30 days
 * and a day 24 hours, is {@link IntervalType}'s.
 */
public record Interval(int months, int days, long micros) {
    public static final Interval ZERO = new Interval(0, 0, 0);
}
