package dev.boreal.queryprocessor.type;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The units of interval literals. */
enum IntervalUnit {
    MICROSECOND("us", "usec", "usecs", "usecond", "useconds", "microsecon"),
    MILLISECOND("ms", "msec", "msecs", "mseconds", "millisecon"),
    SECOND("s", "sec", "secs", "second", "seconds"),
    MINUTE("m", "min", "mins", "minute", "minutes"),
    HOUR("h", "hr", "hrs", "hour", "hours"),
    DAY("d", "day", "days"),
    WEEK("w", "week", "weeks"),
    MONTH("mon", "mons", "month", "months"),
    YEAR("y", "yr", "yrs", "year", "years"),
    DECADE("dec", "decs", "decade", "decades"),
    CENTURY("c", "cent", "century", "centuries"),
    MILLENNIUM("mil", "mils", "millennia", "millennium");

    /** Words longer than this are compared up to it. */
    private static final int SIGNIFICANT = 10;

    private static final Map<String, IntervalUnit> BY_WORD = new HashMap<>();

    static {
        for (IntervalUnit unit : values()) {
            for (String word : unit.words) {
                BY_WORD.put(word, unit);
            }
        }
    }

    @SuppressWarnings("ImmutableEnumChecker") // written nowhere
    private final String[] words;

    IntervalUnit(String... words) {
        this.words = words;
    }

    static @Nullable IntervalUnit find(String word) {
        return BY_WORD.get(word.length() > SIGNIFICANT ? word.substring(0, SIGNIFICANT) : word);
    }
}
