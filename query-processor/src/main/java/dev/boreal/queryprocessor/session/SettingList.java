package dev.boreal.queryprocessor.session;

import dev.boreal.queryprocessor.session.Setting.Kind;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every run-time parameter that exists. */
final class SettingList {
    static final String SERVER_VERSION = "15.13";

    private static final Map<String, Setting> BY_NAME = new TreeMap<>();

    static {
        Stream.of(
                        Setting.text(
                                "application_name", "", true, "Sets the application name to be reported in conflicts."),
                        Setting.choice(
                                "bytea_output", "hex", false, "Sets the output format for bytea.", "hex", "escape"),
                        Setting.of(Kind.BOOLEAN, "check_function_bodies", "on", "Accepted for compatibility."),
                        Setting.text("client_encoding", "UTF8", true, "Sets the client's character set encoding."),
                        Setting.choice(
                                "client_min_messages",
                                "notice",
                                false,
                                "Sets the message levels that are sent to the client.",
                                "debug5",
                                "debug4",
                                "debug3",
                                "debug2",
                                "debug1",
                                "log",
                                "notice",
                                "warning",
                                "error"),
                        Setting.text(
                                "DateStyle", "ISO, MDY", true, "Sets the display format for date and time values."),
                        Setting.text("default_table_access_method", "heap", false, "Accepted for compatibility."),
                        Setting.text("default_tablespace", "", false, "Accepted for compatibility."),
                        Setting.choice(
                                "default_transaction_isolation",
                                "repeatable read",
                                false,
                                "Sets the transaction isolation level of each new transaction.",
                                "serializable",
                                "repeatable read",
                                "read committed",
                                "read uncommitted"),
                        Setting.of(
                                Kind.BOOLEAN,
                                "default_transaction_deferrable",
                                "off",
                                "Sets the default deferrable status of new transactions."),
                        new Setting(
                                "default_transaction_read_only",
                                "off",
                                true,
                                Kind.BOOLEAN,
                                java.util.List.of(),
                                "Sets the default read-only status of new transactions."),
                        Setting.of(Kind.INTEGER, "extra_float_digits", "1", "Sets the digits displayed for floats."),
                        Setting.of(
                                Kind.DURATION,
                                "idle_in_transaction_session_timeout",
                                "0",
                                "Accepted for compatibility."),
                        Setting.of(Kind.DURATION, "idle_session_timeout", "0", "Accepted for compatibility."),
                        Setting.constant("in_hot_standby", "off", true, "Shows whether this is a standby."),
                        Setting.constant("integer_datetimes", "on", true, "Shows whether datetimes are integers."),
                        Setting.choice(
                                "IntervalStyle",
                                "postgres",
                                true,
                                "Sets the display format for interval values.",
                                "postgres",
                                "postgres_verbose",
                                "sql_standard",
                                "iso_8601"),
                        Setting.constant("is_superuser", "on", true, "Shows whether the user is a superuser."),
                        Setting.constant("lc_collate", "C", false, "Shows the collation order locale."),
                        Setting.constant("lc_ctype", "C", false, "Shows the character classification locale."),
                        Setting.text("lc_messages", "C", false, "Sets the language of messages."),
                        Setting.text("lc_monetary", "C", false, "Sets the locale for monetary amounts."),
                        Setting.text("lc_numeric", "C", false, "Sets the locale for numbers."),
                        Setting.text("lc_time", "C", false, "Sets the locale for dates and times."),
                        Setting.of(Kind.DURATION, "lock_timeout", "0", "Accepted for compatibility: nothing waits."),
                        Setting.of(Kind.MEMORY, "maintenance_work_mem", "65536", "Accepted for compatibility."),
                        Setting.constant("max_connections", "10000", false, "Shows the limit on connections."),
                        Setting.constant("max_identifier_length", "63", false, "Shows the maximum identifier length."),
                        Setting.constant("max_index_keys", "32", false, "Shows the maximum number of index keys."),
                        Setting.text("role", "none", false, "Sets the current role."),
                        Setting.of(Kind.BOOLEAN, "row_security", "on", "Accepted for compatibility."),
                        Setting.text("search_path", "\"$user\", public", false, "Sets the schema search order."),
                        Setting.constant("server_encoding", "UTF8", true, "Shows the server's character set."),
                        Setting.constant("server_version", SERVER_VERSION, true, "Shows the server version."),
                        Setting.constant("server_version_num", "150013", false, "Shows the version as an integer."),
                        Setting.text("session_authorization", "postgres", true, "Shows the session user."),
                        Setting.constant(
                                "standard_conforming_strings", "on", true, "Shows that '...' strings are literal."),
                        Setting.of(Kind.DURATION, "statement_timeout", "0", "Sets the longest a statement may run."),
                        Setting.choice(
                                "synchronous_commit",
                                "on",
                                false,
                                "Accepted for compatibility: a commit is always durable.",
                                "on",
                                "off",
                                "local",
                                "remote_write",
                                "remote_apply"),
                        Setting.text("TimeZone", "Etc/UTC", true, "Sets the time zone of timestamps."),
                        Setting.choice(
                                "transaction_isolation",
                                "repeatable read",
                                false,
                                "Sets the current transaction's isolation level.",
                                "serializable",
                                "repeatable read",
                                "read committed",
                                "read uncommitted"),
                        Setting.of(
                                Kind.BOOLEAN,
                                "transaction_read_only",
                                "off",
                                "Sets the current transaction's read-only status."),
                        Setting.of(
                                Kind.BOOLEAN,
                                "transaction_deferrable",
                                "off",
                                "Sets the current transaction's deferrable status."),
                        Setting.of(
                                Kind.MEMORY,
                                "work_mem",
                                "65536",
                                "Sets the memory that a sort holds before it goes to disk."),
                        Setting.choice(
                                "xmloption", "content", false, "Accepted for compatibility.", "content", "document"))
                .forEach(setting -> BY_NAME.put(setting.name().toLowerCase(Locale.ROOT), setting));
    }

    private SettingList() {}

    static @Nullable Setting find(String name) {
        return BY_NAME.get(name.toLowerCase(Locale.ROOT));
    }

    static Iterable<Setting> all() {
        return BY_NAME.values();
    }
}
