package dev.boreal.queryprocessor.function.format;

import dev.boreal.queryprocessor.function.format.NumberTemplate.AnchoredSign;
import java.util.Locale;

/** Lays the digits of one number into a template. */
final class NumberPrinter {
    private static final int ROMAN_WIDTH = 15;
    /** What stands behind it is not shown. */
    private static final char END = 0;

    private final NumberTemplate template;
    private final NumberDigits digits;
    private final StringBuilder out = new StringBuilder();
    private final AnchoredSign anchoredSign;
    private final boolean brackets;
    private final int zeroStart;
    /** How many places the template has, with that of the sign if it needs one. */
    private final int places;
    /** Index of the last digit that FM shows, -1 if it shows all. */
    private final int lastShown;

    private boolean signWritten;
    /** Whether a digit came before, so that a group separator is one. */
    private boolean inNumber;

    private int place;
    private int at;

    private NumberPrinter(NumberTemplate template, NumberDigits digits) {
        this.template = template;
        this.digits = digits;
        boolean ownSign = template.hasPlus || template.hasMinus;
        anchoredSign = !ownSign
                        && template.anchoredSign == AnchoredSign.BEFORE
                        && digits.integerDigits() == template.digitsBeforeSign
                ? AnchoredSign.AFTER
                : template.anchoredSign;
        brackets = template.hasBrackets && (ownSign || digits.isNegative() || !template.isFill);
        zeroStart = Math.max(template.zeroStart - 1, 0);
        signWritten =
                ownSign ? template.hasMinus : !digits.isNegative() && template.isFill && !template.hasAnchoredSign;
        places = digits.fractionDigits()
                + digits.integerDigits()
                - 1
                + (!signWritten && digits.leadingSpaces() == 0 ? 1 : 0);
        lastShown = template.isFill && template.hasPoint ? lastShown() : -1;
    }

    static String print(NumberTemplate template, NumberDigits digits) {
        if (template.isScientific) {
            return digits.text();
        }
        NumberPrinter printer = new NumberPrinter(template, digits);
        for (Template.Part<NumberKeyword> part : template.parts()) {
            printer.print(part);
        }
        int end = printer.out.indexOf(String.valueOf(END));
        return end < 0 ? printer.out.toString() : printer.out.substring(0, end);
    }

    /** Zeros at the end of the fraction are not shown, unless the template has a 0 there. */
    private int lastShown() {
        String text = digits.text();
        int point = text.indexOf('.');
        if (point < 0) {
            return -1;
        }
        int last = text.length() - 1;
        while (text.charAt(last) == '0') {
            last--;
        }
        if (template.zeroEnd > digits.leadingSpaces()) {
            last = Math.max(last, Math.min(text.length() - 1, template.zeroEnd - digits.leadingSpaces()));
        }
        return last;
    }

    private void print(Template.Part<NumberKeyword> part) {
        NumberKeyword keyword = part.keyword();
        if (keyword == null) {
            out.append(part.text());
            return;
        }
        switch (keyword) {
            case NINE, ZERO, POINT, LOCAL_POINT -> place(keyword == NumberKeyword.ZERO);
            case COMMA, GROUP -> {
                if (inNumber) {
                    out.append(',');
                } else if (!template.isFill) {
                    out.append(' ');
                }
            }
            case CURRENCY -> out.append(' ');
            case ROMAN -> roman(part.isSmall());
            case ORDINAL -> {
                boolean none = template.isRoman || digits.isOverflow() || digits.isNegative() || template.hasPoint;
                if (!none) {
                    out.append(OrdinalEnding.of(digits.text(), part.isSmall()));
                }
            }
            case MINUS -> sign('-', digits.isNegative());
            case PLUS -> sign('+', !digits.isNegative());
            // A roman number has no sign to write: PostgreSQL ends the text here.
            case SIGN -> out.append(template.isRoman ? END : digits.isNegative() ? '-' : '+');
            case BLANK, BRACKETS, CURRENCY_CODE, EXPONENT, FILL_MODE, SPELLED, ANCHORED_SIGN, SHIFT -> {}
        }
    }

    private void roman(boolean small) {
        String text = small ? digits.text().toLowerCase(Locale.ROOT) : digits.text();
        if (!template.isFill) {
            out.repeat(' ', Math.max(0, ROMAN_WIDTH - text.length()));
        }
        out.append(text);
    }

    private void sign(char sign, boolean applies) {
        if (applies && !template.isRoman) {
            out.append(sign);
        } else if (!template.isFill) {
            out.append(' ');
        }
    }

    /** One place of the template: a digit, the point, or what fills the place before the first digit. */
    private void place(boolean isZero) {
        if (template.isRoman) {
            return;
        }
        inNumber = false;
        leadingSign();
        if (place < digits.leadingSpaces() && (!template.hasZero || zeroStart > place)) {
            if (!template.isFill) {
                out.append(' ');
            }
        } else if (template.hasZero && place < digits.leadingSpaces()) {
            out.append('0');
            inNumber = true;
        } else {
            digit(isZero);
        }
        trailingSign();
        place++;
    }

    /** A zero before the point gives its place to a space if the template asks for a fraction: {@code 9.9} prints .1. */
    private boolean isBareFraction() {
        return !template.hasZero && at == 0 && digits.charAt(0) == '0' && digits.fractionDigits() != 0;
    }

    private boolean endsAtPoint() {
        return lastShown >= 0 && digits.charAt(lastShown) == '.';
    }

    private void leadingSign() {
        boolean begins = place >= digits.leadingSpaces() || (template.hasZero && zeroStart == place);
        if (signWritten || !begins || (isBareFraction() && !endsAtPoint())) {
            return;
        }
        if (template.hasAnchoredSign) {
            if (anchoredSign == AnchoredSign.BEFORE) {
                out.append(digits.isNegative() ? '-' : '+');
                signWritten = true;
            }
            return;
        }
        if (brackets) {
            out.append(digits.isNegative() ? '<' : ' ');
        } else if (digits.isNegative()) {
            out.append('-');
        } else if (!template.isFill) {
            out.append(' ');
        }
        signWritten = true;
    }

    private void digit(boolean isZero) {
        char c = digits.charAt(at);
        if (c == '.') {
            out.append('.');
        } else if (lastShown >= 0 && at > lastShown && !isZero) {
            // FM hides it.
        } else if (isBareFraction()) {
            if (!template.isFill) {
                out.append(' ');
            } else if (endsAtPoint()) {
                out.append('0');
            }
        } else {
            out.append(c);
            inNumber = true;
        }
        if (c != 0) {
            at++;
        }
    }

    private void trailingSign() {
        int end = lastShown >= 0 && lastShown == at
                ? place
                : places + (digits.leadingSpaces() > 0 ? 1 : 0) + (template.hasPoint ? 1 : 0);
        if (place + 1 != end) {
            return;
        }
        if (signWritten && brackets) {
            out.append(digits.isNegative() ? '>' : ' ');
        } else if (template.hasAnchoredSign && anchoredSign == AnchoredSign.AFTER) {
            out.append(digits.isNegative() ? '-' : '+');
        }
    }
}
