package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what is written behind SET into a setting's canonical form, or says why not, in PostgreSQL's words. */
final class SettingValues {
    /** Milliseconds. */
    private static final Map<String, Double> DURATIONS =
            Map.of("us", 1e-3, "ms", 1.0, "s", 1e3, "min", 60e3, "h", 3_600e3, "d", 86_400e3);
    /** Kilobytes. */
    private static final Map<String, Double> MEMORY =
            Map.of("B", 1.0 / 1024, "kB", 1.0, "MB", 1024.0, "GB", 1024.0 * 1024, "TB", 1024.0 * 1024 * 1024);

    private SettingValues() {}

    /** @param current the value that it replaces */
    static String canonical(Setting setting, String value, String current) {
        switch (setting.context()) {
            case INTERNAL -> throw unchangeable(setting, "cannot be changed");
            case POSTMASTER -> throw unchangeable(setting, "cannot be changed without restarting the server");
            case USER -> {}
        }
        String canonical = switch (setting.type()) {
            case BOOL -> bool(setting, value);
            case INTEGER -> integer(setting, value);
            case REAL -> real(setting, value);
            case ENUM -> choice(setting, value);
            case STRING -> text(setting, value, current);
        };
        if (setting.fixed() && !canonical.equals(setting.initial())) {
            throw setting.type() == Setting.Type.STRING
                    ? invalid(setting, value)
                    : SqlException.notSupported(setting.name() + " = " + canonical);
        }
        return canonical;
    }

    private static SqlException unchangeable(Setting setting, String why) {
        return new SqlException(SqlState.CANT_CHANGE_RUNTIME_PARAM, "parameter \"" + setting.name() + "\" " + why);
    }

    private static String text(Setting setting, String value, String current) {
        return switch (setting.name()) {
            case "DateStyle" -> dateStyle(value, current);
            case "TimeZone" -> timeZone(value);
            case "client_encoding" -> encoding(value);
            case "application_name" -> ascii(value);
            case "default_tablespace" -> value.equals("pg_default") ? "" : value;
            default -> value;
        };
    }

    /** What other programs print: every byte beyond ASCII is a question mark. */
    private static String ascii(String value) {
        StringBuilder plain = new StringBuilder();
        for (byte unit : value.getBytes(StandardCharsets.UTF_8)) {
            plain.append(unit >= ' ' && unit != 127 ? (char) unit : '?');
        }
        return plain.toString();
    }

    private static SqlException invalid(Setting setting, String value) {
        return invalid(setting, value, null);
    }

    private static SqlException invalid(Setting setting, String value, @Nullable String hint) {
        return new SqlException(SqlError.error(
                        SqlState.INVALID_PARAMETER_VALUE,
                        "invalid value for parameter \"" + setting.name() + "\": \"" + value + "\"")
                .withHint(hint));
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
        String text = value.trim();
        int end = numberEnd(text);
        String unit = text.substring(end).trim();
        double number = number(setting, value, text.substring(0, end));
        if (!unit.isEmpty()) {
            number *= unitFactor(setting, value, unit);
        }
        number = Math.rint(number);
        if (number > Integer.MAX_VALUE || number < Integer.MIN_VALUE) {
            throw invalid(setting, value, "Value exceeds integer range.");
        }
        long whole = (long) number;
        String printed = Long.toString(whole);
        String counted = setting.unit() == null ? printed : printed + " " + setting.unit();
        if (setting.minimum() != null && whole < Long.parseLong(setting.minimum())
                || setting.maximum() != null && whole > Long.parseLong(setting.maximum())) {
            throw outOfRange(setting, counted);
        }
        return printed;
    }

    private static int numberEnd(String text) {
        boolean hexadecimal = text.startsWith("0x") || text.startsWith("0X");
        int end = hexadecimal ? 2 : 0;
        while (end < text.length() && isPartOfNumber(text.charAt(end), hexadecimal)) {
            end++;
        }
        return end;
    }

    private static boolean isPartOfNumber(char c, boolean hexadecimal) {
        return hexadecimal ? Character.digit(c, 16) >= 0 : c >= '0' && c <= '9' || c == '.' || c == '-' || c == '+';
    }

    private static double number(Setting setting, String value, String digits) {
        try {
            return digits.startsWith("0x") || digits.startsWith("0X")
                    ? Long.parseLong(digits.substring(2), 16)
                    : Double.parseDouble(digits);
        } catch (NumberFormatException e) {
            throw invalid(setting, value);
        }
    }

    private static double unitFactor(Setting setting, String value, String unit) {
        if (setting.unit() == null) {
            throw invalid(setting, value);
        }
        Double factor = (setting.countsTime() ? DURATIONS : MEMORY).get(unit);
        if (factor == null) {
            throw invalid(
                    setting,
                    value,
                    setting.countsTime()
                            ? "Valid units for this parameter are \"us\", \"ms\", \"s\", \"min\", \"h\", and \"d\"."
                            : "Valid units for this parameter are \"B\", \"kB\", \"MB\", \"GB\", and \"TB\".");
        }
        return setting.countsTime() ? factor : factor / setting.kilobytes();
    }

    private static String real(Setting setting, String value) {
        double number;
        try {
            number = Double.parseDouble(value.trim());
        } catch (NumberFormatException e) {
            throw invalid(setting, value);
        }
        String printed = number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
        boolean inside = !Double.isNaN(number)
                && (setting.minimum() == null || number >= Double.parseDouble(setting.minimum()))
                && (setting.maximum() == null || number <= Double.parseDouble(setting.maximum()));
        if (!inside) {
            throw outOfRange(setting, printed);
        }
        return printed;
    }

    private static SqlException outOfRange(Setting setting, String value) {
        return new SqlException(
                SqlState.INVALID_PARAMETER_VALUE,
                value + " is outside the valid range for parameter \"" + setting.name() + "\" (" + setting.minimum()
                        + " .. " + setting.maximum() + ")");
    }

    private static String choice(Setting setting, String value) {
        for (String choice : setting.choices()) {
            if (choice.equalsIgnoreCase(value)) {
                return setting.name().equals("transaction_isolation") ? Transactions.inForce(choice) : choice;
            }
        }
        throw invalid(setting, value, "Available values: " + String.join(", ", setting.choices()) + ".");
    }

    private static String dateStyle(String value, String current) {
        String style = current.substring(0, current.indexOf(','));
        String order = current.substring(current.indexOf(',') + 2);
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
                case "DEFAULT" -> {
                    style = "ISO";
                    order = "MDY";
                }
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
