package dev.boreal.queryprocessor.function.format;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.util.List;

/** A template of numbers: its parts, and what they say together. Immutable once made. */
final class NumberTemplate {
    /** Where the sign of the pattern S goes. */
    enum AnchoredSign {
        NONE,
        BEFORE,
        AFTER
    }

    private final List<Template.Part<NumberKeyword>> parts;

    int integerDigits;
    int fractionDigits;
    int shiftDigits;
    int zeroStart;
    int zeroEnd;
    int digitsBeforeSign;
    AnchoredSign anchoredSign = AnchoredSign.NONE;
    boolean hasZero;
    boolean hasPoint;
    boolean isFill;
    boolean hasBrackets;
    boolean hasAnchoredSign;
    boolean hasPlus;
    boolean hasMinus;
    boolean isRoman;
    boolean isShifted;
    boolean isScientific;
    private boolean isBlank;

    private NumberTemplate(List<Template.Part<NumberKeyword>> parts) {
        this.parts = parts;
    }

    /** @throws SqlException 42601 if patterns do not go together */
    static NumberTemplate parse(String text) {
        Template<NumberKeyword> template = TemplateParser.parse(text, NumberKeyword.values(), false);
        NumberTemplate result = new NumberTemplate(template.parts());
        for (Template.Part<NumberKeyword> part : template.parts()) {
            NumberKeyword keyword = part.keyword();
            if (keyword != null) {
                result.account(keyword);
            }
        }
        return result;
    }

    List<Template.Part<NumberKeyword>> parts() {
        return parts;
    }

    private void account(NumberKeyword keyword) {
        require(!isScientific || keyword == NumberKeyword.EXPONENT, "\"EEEE\" must be the last pattern used");
        switch (keyword) {
            case NINE -> nine();
            case ZERO -> zero();
            case BLANK -> isBlank |= integerDigits == 0 && fractionDigits == 0 && !hasZero;
            case POINT, LOCAL_POINT -> {
                require(!hasPoint, "multiple decimal points");
                require(!isShifted, "cannot use \"V\" and decimal point together");
                hasPoint = true;
            }
            case FILL_MODE -> isFill = true;
            case ANCHORED_SIGN -> anchoredSign();
            case MINUS -> {
                require(!hasAnchoredSign, "cannot use \"S\" and \"MI\" together");
                hasMinus = true;
            }
            case PLUS -> {
                require(!hasAnchoredSign, "cannot use \"S\" and \"PL\" together");
                hasPlus = true;
            }
            case SIGN -> {
                require(!hasAnchoredSign, "cannot use \"S\" and \"SG\" together");
                hasMinus = true;
                hasPlus = true;
            }
            case BRACKETS -> {
                require(
                        !hasAnchoredSign && !hasPlus && !hasMinus,
                        "cannot use \"PR\" and \"S\"/\"PL\"/\"MI\"/\"SG\" together");
                hasBrackets = true;
            }
            case ROMAN -> isRoman = true;
            case SHIFT -> {
                require(!hasPoint, "cannot use \"V\" and decimal point together");
                isShifted = true;
            }
            case EXPONENT -> exponent();
            case COMMA, CURRENCY, CURRENCY_CODE, GROUP, SPELLED, ORDINAL -> {}
        }
    }

    private void nine() {
        require(!hasBrackets, "\"9\" must be ahead of \"PR\"");
        if (isShifted) {
            shiftDigits++;
        } else if (hasPoint) {
            fractionDigits++;
        } else {
            integerDigits++;
        }
    }

    private void zero() {
        require(!hasBrackets, "\"0\" must be ahead of \"PR\"");
        if (!hasZero && !hasPoint) {
            hasZero = true;
            zeroStart = integerDigits + 1;
        }
        if (hasPoint) {
            fractionDigits++;
        } else {
            integerDigits++;
        }
        zeroEnd = integerDigits + fractionDigits;
    }

    private void anchoredSign() {
        require(!hasAnchoredSign, "cannot use \"S\" twice");
        require(!hasPlus && !hasMinus && !hasBrackets, "cannot use \"S\" and \"PL\"/\"MI\"/\"SG\"/\"PR\" together");
        hasAnchoredSign = true;
        if (hasPoint) {
            anchoredSign = AnchoredSign.AFTER;
        } else {
            anchoredSign = AnchoredSign.BEFORE;
            digitsBeforeSign = integerDigits;
        }
    }

    private void exponent() {
        require(!isScientific, "cannot use \"EEEE\" twice");
        if (isBlank || isFill || hasAnchoredSign || hasBrackets || hasMinus || hasPlus || isRoman || isShifted) {
            throw new SqlException(SqlError.error(SqlState.SYNTAX_ERROR, "\"EEEE\" is incompatible with other formats")
                    .withDetail("\"EEEE\" may only be used together with digit and decimal point patterns."));
        }
        isScientific = true;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new SqlException(SqlState.SYNTAX_ERROR, message);
        }
    }
}
