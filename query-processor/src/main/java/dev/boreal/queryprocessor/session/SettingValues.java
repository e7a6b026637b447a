package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what is written behind SET into a setting's canonical form, or says why not, in PostgreSQL's words. */
final class SettingValues {
    private static final Map<String, Long> DURATIONS =
            Map.of("us", 0L, "ms", 1L, "s", 1_000L, "min", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
    private static final Map<String, Long> MEMORY =
            Map.of("b", 0L, "kb", 1L, "mb", 1024L, "gb", 1L << 20, "tb", 1L << 30);

    private SettingValues() {}

    static String canonical(Setting setting, String value) {
        return switch (setting.kind()) {
            case CONSTANT ->
                throw new SqlException(
                        SqlState.CANT_CHANGE_RUNTIME_PARAM, "parameter \"" + setting.name() + "\" cannot be changed");
            case BOOLEAN -> bool(setting, value);
            case INTEGER -> integer(setting, value);
            case REAL -> value;
            case DURATION -> withUnit(setting, value, DURATIONS);
            case MEMORY -> withUnit(setting, value, MEMORY);
            case ENUMERATION -> choice(setting, value);
            case TEXT ->
                switch (setting.name()) {
                    case "DateStyle" -> dateStyle(value);
                    case "TimeZone" -> timeZone(value);
                    case "client_encoding" -> encoding(value);
                    default -> value;
                };
        };
    }

    private static SqlException invalid(Setting setting, String value) {
        return new SqlException(
                SqlState.INVALID_PARAMETER_VALUE,
                "invalid value for parameter \"" + setting.name() + "\": \"" + value + "\"");
    }

    static @Nullable Boolean parseBoolean(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "on", "true", "tru", "tr", "t", "yes", "ye", "y", "1" -> true;
            case "off", "of", "false", "fals", "fal", "fa", "f", "no", "n", "0" -> false;
            default -> null;
        };
    }

    private static String bool(Setting setting, String value) {
        Boolean parsed = parseBoolean(value);
        if (parsed == null) {
            throw new SqlException(
                    SqlState.INVALID_PARAMETER_VALUE, "parameter \"" + setting.name() + "\" requires a Boolean value");
        }
        return parsed ? "on" : "off";
    }

    private static String integer(Setting setting, String value) {
        try {
            return Integer.toString(Integer.parseInt(value.trim()));
        } catch (NumberFormatException e) {
            throw invalid(setting, value);
        }
    }

    private static String withUnit(Setting setting, String value, Map<String, Long> units) {
        String text = value.trim();
        int end = 0;
        while (end < text.length() && (Character.isDigit(text.charAt(end)) || text.charAt(end) == '-')) {
            end++;
        }
        String unit = text.substring(end).trim().toLowerCase(Locale.ROOT);
        Long factor = unit.isEmpty() ? Long.valueOf(1) : units.get(unit);
        try {
            if (factor == null) {
                throw invalid(setting, value);
            }
            return Long.toString(Math.multiplyExact(Long.parseLong(text.substring(0, end)), factor));
        } catch (NumberFormatException | ArithmeticException e) {
            throw invalid(setting, value);
        }
    }

    private static String choice(Setting setting, String value) {
        for (String choice : setting.choices()) {
            if (choice.equalsIgnoreCase(value)) {
                return choice;
            }
        }
        throw new SqlException(SqlError.error(
                        SqlState.INVALID_PARAMETER_VALUE,
                        "invalid value for parameter \"" + setting.name() + "\": \"" + value + "\"")
                .withHint("Available values: " + String.join(", ", setting.choices()) + "."));
    }

    private static String dateStyle(String value) {
        String style = "ISO";
        String order = "MDY";
        for (String part : value.split(",")) {
            switch (part.trim().toUpperCase(Locale.ROOT)) {
                case "ISO" -> style = "ISO";
                case "SQL" -> style = "SQL";
                case "POSTGRES" -> style = "Postgres";
                case "GERMAN" -> {
                    style = "German";
                    order = "DMY";
                }
                case "MDY", "US", "NONEURO", "NONEUROPEAN" -> order = "MDY";
                case "DMY", "EURO", "EUROPEAN" -> order = "DMY";
                case "YMD" -> order = "YMD";
                case "DEFAULT" -> {}
                default ->
                    throw new SqlException(SqlError.error(
                                    SqlState.INVALID_PARAMETER_VALUE,
                                    "invalid value for parameter \"DateStyle\": \"" + value + "\"")
                            .withDetail("Unrecognized key word: \"" + part.trim() + "\"."));
            }
        }
        return style + ", " + order;
    }

    private static String timeZone(String value) {
        return zone(value) == null ? unknownZone(value) : zoneName(value);
    }

    private static String unknownZone(String value) {
        throw new SqlException(
                SqlState.INVALID_PARAMETER_VALUE, "invalid value for parameter \"TimeZone\": \"" + value + "\"");
    }

    private static String zoneName(String value) {
        for (String name : ZoneId.getAvailableZoneIds()) {
            if (name.equalsIgnoreCase(value)) {
                return name;
            }
        }
        return value;
    }

    /** The zone of a TimeZone setting: a name, an abbreviation, or hours (east positive) as SET TIME ZONE takes them. */
    static @Nullable ZoneId zone(String value) {
        try {
            double hours = Double.parseDouble(value);
            return ZoneOffset.ofTotalSeconds((int) Math.round(hours * 3600));
        } catch (NumberFormatException e) {
            // A name, then.
        } catch (DateTimeException e) {
            return null;
        }
        if (value.equalsIgnoreCase("utc") || value.equalsIgnoreCase("z") || value.equalsIgnoreCase("zulu")) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(zoneName(value));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String encoding(String value) {
        String plain = value.toUpperCase(Locale.ROOT).replace("-", "").replace("_", "");
        if (List.of("UTF8", "UNICODE").contains(plain)) {
            return "UTF8";
        }
        throw new SqlException(
                SqlError.error(SqlState.FEATURE_NOT_SUPPORTED, "client encoding \"" + value + "\" is not supported")
                        .withHint("Use UTF8."));
    }
}
