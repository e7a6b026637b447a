package dev.boreal.queryprocessor.function.format;

/** Months and days by name, and the halves of the day and of history, in the order in which they are tried. */
final class MomentNames {
    static final String[] MONTHS = {
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December"
    };
    static final String[] SHORT_MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    static final String[] DAYS = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
    static final String[] SHORT_DAYS = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    /** From December back: XII is tried before XI, X and I. */
    static final String[] ROMAN_MONTHS = {"XII", "XI", "X", "IX", "VIII", "VII", "VI", "V", "IV", "III", "II", "I"};

    static final String[] HALF_DAYS = {"AM", "PM"};
    static final String[] DOTTED_HALF_DAYS = {"A.M.", "P.M."};
    static final String[] ERAS = {"AD", "BC"};
    static final String[] DOTTED_ERAS = {"A.D.", "B.C."};

    private MomentNames() {}
}
