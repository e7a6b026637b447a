package dev.boreal.queryprocessor.function.format;

/** The patterns of templates of dates, times and intervals. */
enum MomentKeyword implements Keyword {
    A_D("A.D.", false, Convention.NONE),
    A_M("A.M.", false, Convention.NONE),
    AD("AD", false, Convention.NONE),
    AM("AM", false, Convention.NONE),
    B_C("B.C.", false, Convention.NONE),
    BC("BC", false, Convention.NONE),
    CC("CC", true, Convention.NONE),
    DAY("DAY", false, Convention.NONE),
    DDD("DDD", true, Convention.GREGORIAN),
    DD("DD", true, Convention.GREGORIAN),
    DY("DY", false, Convention.NONE),
    D("D", true, Convention.GREGORIAN),
    FF1("FF1", false, Convention.NONE),
    FF2("FF2", false, Convention.NONE),
    FF3("FF3", false, Convention.NONE),
    FF4("FF4", false, Convention.NONE),
    FF5("FF5", false, Convention.NONE),
    FF6("FF6", false, Convention.NONE),
    FX("FX", false, Convention.NONE),
    HH24("HH24", true, Convention.NONE),
    HH12("HH12", true, Convention.NONE),
    HH("HH", true, Convention.NONE),
    IDDD("IDDD", true, Convention.ISO),
    ID("ID", true, Convention.ISO),
    IW("IW", true, Convention.ISO),
    IYYY("IYYY", true, Convention.ISO),
    IYY("IYY", true, Convention.ISO),
    IY("IY", true, Convention.ISO),
    I("I", true, Convention.ISO),
    J("J", true, Convention.NONE),
    MI("MI", true, Convention.NONE),
    MM("MM", true, Convention.GREGORIAN),
    MONTH("MONTH", false, Convention.GREGORIAN),
    MON("MON", false, Convention.GREGORIAN),
    MS("MS", true, Convention.NONE),
    OF("OF", false, Convention.NONE),
    P_M("P.M.", false, Convention.NONE),
    PM("PM", false, Convention.NONE),
    Q("Q", true, Convention.NONE),
    RM("RM", false, Convention.GREGORIAN),
    SSSSS("SSSSS", true, Convention.NONE),
    SSSS("SSSS", true, Convention.NONE),
    SS("SS", true, Convention.NONE),
    TZH("TZH", false, Convention.NONE),
    TZM("TZM", true, Convention.NONE),
    TZ("TZ", false, Convention.NONE),
    US("US", true, Convention.NONE),
    WW("WW", true, Convention.GREGORIAN),
    W("W", true, Convention.GREGORIAN),
    Y_YYY("Y,YYY", true, Convention.GREGORIAN),
    YYYY("YYYY", true, Convention.GREGORIAN),
    YYY("YYY", true, Convention.GREGORIAN),
    YY("YY", true, Convention.GREGORIAN),
    Y("Y", true, Convention.GREGORIAN);

    /** How weeks are counted: a template that reads must not mix them. */
    enum Convention {
        NONE,
        GREGORIAN,
        ISO
    }

    private final String pattern;
    private final boolean numeric;
    private final Convention convention;

    MomentKeyword(String pattern, boolean numeric, Convention convention) {
        this.pattern = pattern;
        this.numeric = numeric;
        this.convention = convention;
    }

    @Override
    public String pattern() {
        return pattern;
    }

    /** Whether digits stand for it. */
    boolean isNumeric() {
        return numeric;
    }

    Convention convention() {
        return convention;
    }

    @Override
    public boolean capitalized() {
        return this == DAY || this == DY || this == MONTH || this == MON;
    }
}
