package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;

/** What can be wrong with a date, a time or an interval. */
final class DateTimeErrors {
    private static final String INTERVAL_FIELD_OVERFLOW = "22015";
    private static final String INVALID_TIME_ZONE_DISPLACEMENT = "22009";

    private DateTimeErrors() {}

    static SqlException badFormat(String type, String text) {
        return new SqlException(
                SqlState.INVALID_DATETIME_FORMAT, "invalid input syntax for type " + type + ": \"" + text + "\"");
    }

    static SqlException fieldOverflow(String text) {
        return new SqlException(
                SqlState.DATETIME_FIELD_OVERFLOW, "date/time field value out of range: \"" + text + "\"");
    }

    /** A month or a day out of range, which may be the other one meant. */
    static SqlException monthOrDayOverflow(String text) {
        return new SqlException(
                SqlError.error(SqlState.DATETIME_FIELD_OVERFLOW, "date/time field value out of range: \"" + text + "\"")
                        .withHint("Perhaps you need a different \"datestyle\" setting."));
    }

    static SqlException intervalOverflow(String text) {
        return new SqlException(INTERVAL_FIELD_OVERFLOW, "interval field value out of range: \"" + text + "\"");
    }

    static SqlException zoneOverflow(String text) {
        return new SqlException(
                INVALID_TIME_ZONE_DISPLACEMENT, "time zone displacement out of range: \"" + text + "\"");
    }

    static SqlException unknownZone(String name) {
        return new SqlException(SqlState.INVALID_PARAMETER_VALUE, "time zone \"" + name + "\" not recognized");
    }

    static SqlException outOfRange(String type, String text) {
        return new SqlException(SqlState.DATETIME_FIELD_OVERFLOW, type + " out of range: \"" + text + "\"");
    }

    static SqlException outOfRange(String type) {
        return new SqlException(SqlState.DATETIME_FIELD_OVERFLOW, type + " out of range");
    }
}
