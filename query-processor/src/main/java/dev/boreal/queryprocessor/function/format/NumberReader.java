package dev.boreal.queryprocessor.function.format;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.format.NumberTemplate.AnchoredSign;

/** Reads a number by a template: what the template does not ask for is skipped. */
final class NumberReader {
    private final NumberTemplate template;
    private final String text;
    private final StringBuilder digits = new StringBuilder();
    private int at;
    private char sign = ' ';
    private int integerDigits;
    private int fractionDigits;
    private boolean pointRead;

    private NumberReader(NumberTemplate template, String text) {
        this.template = template;
        this.text = text;
    }

    /**
     * A sign or a space and the digits that were found.
     *
     * @param fractionDigits how many were behind the point
     */
    record Found(String text, int fractionDigits) {}

    static Found read(NumberTemplate template, String text) {
        if (template.isScientific) {
            throw new SqlException(SqlState.FEATURE_NOT_SUPPORTED, "\"EEEE\" not supported for input");
        }
        if (template.isRoman) {
            throw new SqlException(SqlState.FEATURE_NOT_SUPPORTED, "\"RN\" not supported for input");
        }
        NumberReader reader = new NumberReader(template, text);
        for (Template.Part<NumberKeyword> part : template.parts()) {
            if (reader.atEnd()) {
                break;
            }
            reader.read(part);
        }
        int length = reader.digits.length();
        if (length > 0 && reader.digits.charAt(length - 1) == '.') {
            reader.digits.setLength(length - 1);
        }
        return new Found(reader.sign + reader.digits.toString(), reader.fractionDigits);
    }

    private boolean atEnd() {
        return at >= text.length();
    }

    private char current() {
        return atEnd() ? 0 : text.charAt(at);
    }

    private void skip() {
        if (!atEnd()) {
            at += Character.charCount(text.codePointAt(at));
        }
    }

    private void read(Template.Part<NumberKeyword> part) {
        NumberKeyword keyword = part.keyword();
        if (keyword == null) {
            skip();
            return;
        }
        switch (keyword) {
            case NINE, ZERO, POINT, LOCAL_POINT -> {
                place(keyword == NumberKeyword.NINE || keyword == NumberKeyword.ZERO);
                at++;
            }
            case COMMA, GROUP -> {
                if (current() == ',' && !template.isFill) {
                    at++;
                }
            }
            case CURRENCY -> skipWords(1);
            case ORDINAL -> {
                if (!template.hasPoint) {
                    skipWords(2);
                }
            }
            case MINUS -> sign(current() == '-');
            case PLUS -> sign(current() == '+');
            case SIGN -> sign(current() == '-' || current() == '+');
            case BLANK, BRACKETS, CURRENCY_CODE, EXPONENT, FILL_MODE, ROMAN, SPELLED, ANCHORED_SIGN, SHIFT -> {}
        }
    }

    private void sign(boolean here) {
        if (here) {
            sign = current();
            at++;
        } else {
            skipWords(1);
        }
    }

    /** Skips characters that belong to no number. */
    private void skipWords(int count) {
        for (int i = 0; i < count && !atEnd() && "0123456789.,+-".indexOf(current()) < 0; i++) {
            skip();
        }
    }

    /** Reads a digit or the point, and signs around. Leaves the position on the last character that it took. */
    private void place(boolean isDigit) {
        if (current() == ' ') {
            at++;
        }
        if (atEnd()) {
            return;
        }
        boolean first = integerDigits + fractionDigits == 0;
        if (sign == ' ' && isDigit && first) {
            leadingSign();
            if (atEnd()) {
                return;
            }
        }
        boolean taken = false;
        char c = current();
        if (c >= '0' && c <= '9') {
            if (pointRead && fractionDigits == template.fractionDigits) {
                return;
            }
            digits.append(c);
            if (pointRead) {
                fractionDigits++;
            } else {
                integerDigits++;
            }
            taken = true;
        } else if (template.hasPoint && !pointRead && c == '.') {
            digits.append('.');
            pointRead = true;
            taken = true;
        }
        if (sign == ' ' && integerDigits + fractionDigits > 0) {
            trailingSign(taken);
        }
    }

    private void leadingSign() {
        char c = current();
        boolean anchored = template.hasAnchoredSign && template.anchoredSign == AnchoredSign.BEFORE;
        if (c == '-' || c == '+') {
            sign = c;
            at++;
        } else if (!anchored && template.hasBrackets && c == '<') {
            sign = '-';
            at++;
        }
    }

    private void trailingSign(boolean taken) {
        if (template.hasAnchoredSign) {
            char next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
            if (taken && (next == '-' || next == '+')) {
                at++;
                sign = next;
            }
        } else if (!taken && (template.hasPlus || template.hasMinus) && (current() == '-' || current() == '+')) {
            sign = current();
        }
    }
}
