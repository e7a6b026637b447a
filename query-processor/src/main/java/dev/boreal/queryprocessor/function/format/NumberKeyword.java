package dev.boreal.queryprocessor.function.format;

/** The patterns of number templates. */
enum NumberKeyword implements Keyword {
    COMMA(","),
    POINT("."),
    ZERO("0"),
    NINE("9"),
    BLANK("B"),
    CURRENCY_CODE("C"),
    LOCAL_POINT("D"),
    EXPONENT("EEEE"),
    FILL_MODE("FM"),
    GROUP("G"),
    CURRENCY("L"),
    MINUS("MI"),
    PLUS("PL"),
    BRACKETS("PR"),
    ROMAN("RN"),
    SIGN("SG"),
    SPELLED("SP"),
    ANCHORED_SIGN("S"),
    ORDINAL("TH"),
    SHIFT("V");

    private final String pattern;

    NumberKeyword(String pattern) {
        this.pattern = pattern;
    }

    @Override
    public String pattern() {
        return pattern;
    }
}
