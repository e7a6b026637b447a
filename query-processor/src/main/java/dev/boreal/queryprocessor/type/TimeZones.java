package dev.boreal.queryprocessor.type;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Time zones by the names that PostgreSQL knows, and their offsets at a moment. Offsets are seconds east of Greenwich. */
public final class TimeZones {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long UNIX_EPOCH_SECONDS = (JulianDay.POSTGRES_EPOCH - JulianDay.UNIX_EPOCH) * 86_400L;

    /** What clocks showed before there were zones. */
    private static final String LOCAL_MEAN_TIME = "LMT";

    private static final Map<String, String> IDS = new HashMap<>();

    static {
        for (String id : ZoneId.getAvailableZoneIds()) {
            if (!id.startsWith("SystemV/")) {
                IDS.put(id.toLowerCase(Locale.ROOT), id);
            }
        }
        IDS.put("est", "America/Panama");
        IDS.put("mst", "America/Phoenix");
        IDS.put("hst", "Pacific/Honolulu");
    }

    private TimeZones() {}

    /**
     * A zone by its name in any case ({@code Europe/Berlin}), or by a POSIX specification of a fixed offset ({@code
     * <+03>-3}, {@code UTC+3}: there, positive is west).
     */
    public static @Nullable ZoneId find(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("utc") || lower.equals("gmt") || lower.equals("z") || lower.equals("zulu")) {
            return ZoneOffset.UTC;
        }
        String id = IDS.get(lower);
        return id != null ? ZoneId.of(id) : findPosix(name);
    }

    /**
     * As the argument of {@code AT TIME ZONE} and {@code timezone()}: a name, an abbreviation, or an offset in the POSIX sense.
     */
    public static @Nullable ZoneId findByNameOrAbbreviation(String name) {
        Integer seconds = ZoneAbbreviations.find(name.toLowerCase(Locale.ROOT));
        return seconds != null ? ZoneOffset.ofTotalSeconds(seconds) : find(name);
    }

    private static @Nullable ZoneId findPosix(String name) {
        int at = 0;
        if (name.startsWith("<")) {
            at = name.indexOf('>') + 1;
            if (at == 0) {
                return null;
            }
        } else {
            while (at < name.length() && DateTimeTokens.isAlpha(name.charAt(at))) {
                at++;
            }
        }
        if (at == name.length()) {
            return null;
        }
        int sign = name.charAt(at) == '-' ? 1 : -1;
        if (name.charAt(at) == '-' || name.charAt(at) == '+') {
            at++;
        }
        int seconds = 0;
        int scale = 3600;
        String[] parts = name.substring(at).split(":", 4);
        for (String part : parts) {
            if (part.isEmpty() || part.length() > 3 || !isDigits(part) || scale == 0) {
                return null;
            }
            seconds += Integer.parseInt(part) * scale;
            scale /= 60;
        }
        try {
            return ZoneOffset.ofTotalSeconds(sign * seconds);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!DateTimeTokens.isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** The offset in force at a moment, given in microseconds since 2000-01-01 UTC. */
    public static int offsetAt(ZoneId zone, long micros) {
        ZoneRules rules = zone.getRules();
        if (rules.isFixedOffset()) {
            return rules.getOffset(java.time.Instant.EPOCH).getTotalSeconds();
        }
        long seconds = Math.floorDiv(micros, MICROS_PER_SECOND) + UNIX_EPOCH_SECONDS;
        return rules.getOffset(java.time.Instant.ofEpochSecond(seconds)).getTotalSeconds();
    }

    /**
     * The offset of a local time, given in microseconds since 2000-01-01 of the local clock. A time that the clock jumps over
     * counts as before the jump; one that it shows twice, as after.
     */
    public static int offsetOfLocal(ZoneId zone, long localMicros) {
        ZoneRules rules = zone.getRules();
        if (rules.isFixedOffset()) {
            return rules.getOffset(java.time.Instant.EPOCH).getTotalSeconds();
        }
        long seconds = Math.floorDiv(localMicros, MICROS_PER_SECOND) + UNIX_EPOCH_SECONDS;
        LocalDateTime local = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
        ZoneOffsetTransition transition = rules.getTransition(local);
        if (transition == null) {
            return rules.getOffset(local).getTotalSeconds();
        }
        ZoneOffset offset = transition.isGap() ? transition.getOffsetBefore() : transition.getOffsetAfter();
        return offset.getTotalSeconds();
    }

    /** The zone's abbreviation at a moment; empty if it has none but its offset. */
    static String offsetName(ZoneId zone, long micros) {
        if (zone.equals(ZoneOffset.UTC)) {
            return "UTC";
        }
        if (zone instanceof ZoneOffset) {
            return "";
        }
        long millis = Math.floorDiv(micros, 1000L) + (JulianDay.POSTGRES_EPOCH - JulianDay.UNIX_EPOCH) * 86_400_000L;
        java.time.Instant moment = java.time.Instant.ofEpochMilli(millis);
        var transitions = zone.getRules().getTransitions();
        if (!transitions.isEmpty() && moment.isBefore(transitions.getFirst().getInstant())) {
            return LOCAL_MEAN_TIME;
        }
        boolean daylight = zone.getRules().isDaylightSavings(moment);
        String name = TimeZone.getTimeZone(zone).getDisplayName(daylight, TimeZone.SHORT, Locale.ENGLISH);
        return name.indexOf(':') >= 0 ? "" : name;
    }

    /** The zone's abbreviation at a moment; a zone that has none shows its offset. */
    public static String abbreviation(ZoneId zone, long micros) {
        String name = offsetName(zone, micros);
        if (!name.isEmpty()) {
            return name;
        }
        int offset = offsetAt(zone, micros);
        int minutes = Math.abs(offset) / 60;
        String hours = (offset < 0 ? "-" : "+") + (minutes < 600 ? "0" : "") + minutes / 60;
        return minutes % 60 == 0 ? hours : hours + (minutes % 60 < 10 ? "0" : "") + minutes % 60;
    }

    /** All names, in order. */
    public static Collection<String> names() {
        return new TreeSet<>(IDS.values());
    }
}
