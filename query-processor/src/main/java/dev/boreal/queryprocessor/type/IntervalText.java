package dev.boreal.queryprocessor.type;

/** Prints intervals in the session's IntervalStyle. */
final class IntervalText {
    private final StringBuilder out = new StringBuilder(40);
    private boolean empty = true;
    private boolean afterNegative;

    private IntervalText() {}

    static String format(Interval value, TypeContext.IntervalStyle style) {
        IntervalText text = new IntervalText();
        int years = value.months() / 12;
        int months = value.months() % 12;
        long micros = value.micros();
        long hours = micros / 3_600_000_000L;
        int minutes = (int) (micros / 60_000_000 % 60);
        int seconds = (int) (micros / 1_000_000 % 60);
        int fraction = (int) (micros % 1_000_000);
        switch (style) {
            case POSTGRES -> text.postgres(years, months, value.days(), hours, minutes, seconds, fraction);
            case POSTGRES_VERBOSE -> text.verbose(years, months, value.days(), hours, minutes, seconds, fraction);
            case SQL_STANDARD -> text.standard(years, months, value.days(), hours, minutes, seconds, fraction);
            case ISO_8601 -> text.iso(years, months, value.days(), hours, minutes, seconds, fraction);
        }
        return text.out.toString();
    }

    private void postgres(int years, int months, int days, long hours, int minutes, int seconds, int fraction) {
        part(years, "year");
        part(months, "mon");
        part(days, "day");
        boolean time = hours != 0 || minutes != 0 || seconds != 0 || fraction != 0;
        if (empty || time) {
            boolean negative = hours < 0 || minutes < 0 || seconds < 0 || fraction < 0;
            if (!empty) {
                out.append(' ');
            }
            out.append(negative ? "-" : afterNegative ? "+" : "");
            appendClock(hours, minutes, seconds, fraction, true);
        }
    }

    private void part(int value, String unit) {
        if (value == 0) {
            return;
        }
        if (!empty) {
            out.append(' ');
        }
        if (afterNegative && value > 0) {
            out.append('+');
        }
        out.append(value).append(' ').append(unit).append(value == 1 ? "" : "s");
        afterNegative = value < 0;
        empty = false;
    }

    private void appendClock(long hours, int minutes, int seconds, int fraction, boolean twoDigitHours) {
        long magnitude = Math.abs(hours);
        if (twoDigitHours && magnitude < 10) {
            out.append('0');
        }
        out.append(magnitude).append(':');
        DateTimeText.appendTwo(Math.abs(minutes), out);
        out.append(':');
        DateTimeText.appendTwo(Math.abs(seconds), out);
        DateTimeText.appendFraction(Math.abs(fraction), out);
    }

    private void verbose(int years, int months, int days, long hours, int minutes, int seconds, int fraction) {
        out.append('@');
        // The first part decides the sign of the whole, said by "ago"; the others are relative to it.
        verbosePart(years, "year");
        verbosePart(months, "mon");
        verbosePart(days, "day");
        verbosePart(hours, "hour");
        verbosePart(minutes, "min");
        if (seconds != 0 || fraction != 0) {
            out.append(' ');
            boolean negative = seconds < 0 || fraction < 0;
            if (empty) {
                afterNegative = negative;
            } else if (negative != afterNegative) {
                out.append('-');
            }
            out.append(Math.abs(seconds));
            DateTimeText.appendFraction(Math.abs(fraction), out);
            out.append(Math.abs(seconds) != 1 || fraction != 0 ? " secs" : " sec");
            empty = false;
        }
        if (empty) {
            out.append(" 0");
        }
        if (afterNegative) {
            out.append(" ago");
        }
    }

    private void verbosePart(long value, String unit) {
        if (value == 0) {
            return;
        }
        long shown = value;
        if (empty) {
            afterNegative = value < 0;
            shown = Math.abs(value);
        } else if (afterNegative) {
            shown = -value;
        }
        out.append(' ').append(shown).append(' ').append(unit).append(shown == 1 ? "" : "s");
        empty = false;
    }

    private void standard(int years, int months, int days, long hours, int minutes, int seconds, int fraction) {
        boolean negative =
                years < 0 || months < 0 || days < 0 || hours < 0 || minutes < 0 || seconds < 0 || fraction < 0;
        boolean positive =
                years > 0 || months > 0 || days > 0 || hours > 0 || minutes > 0 || seconds > 0 || fraction > 0;
        boolean yearMonth = years != 0 || months != 0;
        boolean dayTime = days != 0 || hours != 0 || minutes != 0 || seconds != 0 || fraction != 0;
        boolean time = hours != 0 || minutes != 0 || seconds != 0 || fraction != 0;
        if (!negative && !positive) {
            out.append('0');
        } else if ((negative && positive) || (yearMonth && dayTime)) {
            boolean minusTime = hours < 0 || minutes < 0 || seconds < 0 || fraction < 0;
            out.append(years < 0 || months < 0 ? '-' : '+')
                    .append(Math.abs(years))
                    .append('-')
                    .append(Math.abs(months));
            out.append(days < 0 ? " -" : " +").append(Math.abs((long) days));
            out.append(minusTime ? " -" : " +");
            appendClock(hours, minutes, seconds, fraction, false);
        } else {
            if (negative) {
                out.append('-');
            }
            if (yearMonth) {
                out.append(Math.abs(years)).append('-').append(Math.abs(months));
            } else {
                if (days != 0) {
                    out.append(Math.abs((long) days)).append(time ? " " : " 0:00:00");
                }
                if (days == 0 || time) {
                    appendClock(hours, minutes, seconds, fraction, false);
                }
            }
        }
    }

    private void iso(int years, int months, int days, long hours, int minutes, int seconds, int fraction) {
        out.append('P');
        isoPart(years, 'Y');
        isoPart(months, 'M');
        isoPart(days, 'D');
        if (hours != 0 || minutes != 0 || seconds != 0 || fraction != 0) {
            out.append('T');
            isoPart(hours, 'H');
            isoPart(minutes, 'M');
            if (seconds != 0 || fraction != 0) {
                if (seconds < 0 || fraction < 0) {
                    out.append('-');
                }
                out.append(Math.abs(seconds));
                DateTimeText.appendFraction(Math.abs(fraction), out);
                out.append('S');
            }
        } else if (out.length() == 1) {
            out.append("T0S");
        }
    }

    private void isoPart(long value, char unit) {
        if (value != 0) {
            out.append(value).append(unit);
        }
    }
}
