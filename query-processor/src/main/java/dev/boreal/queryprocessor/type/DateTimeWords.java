package dev.boreal.queryprocessor.type;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The words of date and time literals. */
final class DateTimeWords {
    /** What kind of thing a word says. */
    enum Meaning {
        MONTH,
        DAY_OF_WEEK,
        AM_PM,
        ERA,
        IGNORED,
        /** Labels the number behind it. */
        UNIT,
        /** The T between date and time. */
        TIME_FOLLOWS,
        DAYLIGHT_SAVING,
        RESERVED
    }

    static final int NOW = 1;
    static final int YESTERDAY = 2;
    static final int TODAY = 3;
    static final int TOMORROW = 4;
    static final int MIDNIGHT_UTC = 5;
    static final int EPOCH = 6;
    static final int LATE = 7;
    static final int EARLY = 8;

    static final int AM = 0;
    static final int PM = 1;
    static final int AD = 0;
    static final int BC = 1;

    static final int YEAR = 1;
    static final int MONTH = 2;
    static final int DAY = 3;
    static final int HOUR = 4;
    static final int MINUTE = 5;
    static final int SECOND = 6;
    static final int JULIAN = 7;
    static final int OTHER_UNIT = 8;
    static final int TIME = 9;

    record Word(Meaning meaning, int value) {}

    /** Words longer than this are compared up to it. */
    private static final int SIGNIFICANT = 10;

    private static final Map<String, Word> WORDS = new HashMap<>();

    private DateTimeWords() {}

    static @Nullable Word find(String word) {
        return WORDS.get(word.length() > SIGNIFICANT ? word.substring(0, SIGNIFICANT) : word);
    }

    private static void put(Meaning meaning, int value, String... words) {
        for (String word : words) {
            WORDS.put(word, new Word(meaning, value));
        }
    }

    static {
        String[][] months = {
            {"jan", "january"},
            {"feb", "february"},
            {"mar", "march"},
            {"apr", "april"},
            {"may"},
            {"jun", "june"},
            {"jul", "july"},
            {"aug", "august"},
            {"sep", "sept", "september"},
            {"oct", "october"},
            {"nov", "november"},
            {"dec", "december"}
        };
        for (int i = 0; i < months.length; i++) {
            put(Meaning.MONTH, i + 1, months[i]);
        }
        String[][] days = {
            {"sun", "sunday"},
            {"mon", "monday"},
            {"tue", "tues", "tuesday"},
            {"wed", "weds", "wednesday"},
            {"thu", "thur", "thurs", "thursday"},
            {"fri", "friday"},
            {"sat", "saturday"}
        };
        for (int i = 0; i < days.length; i++) {
            put(Meaning.DAY_OF_WEEK, i, days[i]);
        }
        put(Meaning.AM_PM, AM, "am");
        put(Meaning.AM_PM, PM, "pm");
        put(Meaning.ERA, AD, "ad");
        put(Meaning.ERA, BC, "bc");
        put(Meaning.IGNORED, 0, "at", "on");
        put(Meaning.UNIT, YEAR, "y");
        put(Meaning.UNIT, MONTH, "m");
        put(Meaning.UNIT, DAY, "d");
        put(Meaning.UNIT, HOUR, "h");
        put(Meaning.UNIT, MINUTE, "mm");
        put(Meaning.UNIT, SECOND, "s");
        put(Meaning.UNIT, JULIAN, "j", "jd", "julian");
        put(Meaning.UNIT, OTHER_UNIT, "dow", "doy", "isodow", "isoyear");
        put(Meaning.TIME_FOLLOWS, TIME, "t");
        put(Meaning.DAYLIGHT_SAVING, 3600, "dst");
        put(Meaning.RESERVED, NOW, "now");
        put(Meaning.RESERVED, YESTERDAY, "yesterday");
        put(Meaning.RESERVED, TODAY, "today");
        put(Meaning.RESERVED, TOMORROW, "tomorrow");
        put(Meaning.RESERVED, MIDNIGHT_UTC, "allballs");
        put(Meaning.RESERVED, EPOCH, "epoch");
        put(Meaning.RESERVED, LATE, "infinity");
        put(Meaning.RESERVED, EARLY, "-infinity");
    }
}
