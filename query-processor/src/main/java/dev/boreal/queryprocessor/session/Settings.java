package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A session's run-time parameters. A change belongs to its transaction: rolled back with it, and SET LOCAL ends with it.
 * Parameters of two parts ({@code my.setting}) may be made up. Not thread-safe.
 */
final class Settings {
    private final Map<String, String> values = new HashMap<>();
    private final Map<String, String> defaults = new HashMap<>();
    private final Map<String, @Nullable String> beforeTransaction = new HashMap<>();
    private final Map<String, @Nullable String> beforeLocal = new HashMap<>();
    private final Set<String> fromClient = new HashSet<>();
    private long generation;

    /** Counts changes: who caches something made from settings compares it. */
    long generation() {
        return generation;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The value as SHOW prints it; null if there is no such parameter. */
    @Nullable String get(String name) {
        String value = values.get(key(name));
        if (value != null) {
            return value;
        }
        String initial = defaults.get(key(name));
        if (initial != null) {
            return initial;
        }
        Setting setting = SettingList.find(name);
        return setting == null ? null : setting.initial();
    }

    /** As {@link #get}, with the unit as SHOW prints it. */
    @Nullable String shown(String name) {
        String value = get(name);
        Setting setting = value == null ? null : SettingList.find(name);
        return setting == null || value == null ? value : setting.shown(value);
    }

    /** The value that RESET goes back to. */
    String resetValue(Setting setting) {
        return defaults.getOrDefault(key(setting.name()), setting.initial());
    }

    /** Where the value comes from, in the words of pg_settings. */
    String source(String name) {
        String key = key(name);
        if (values.containsKey(key)) {
            return "session";
        }
        if (fromClient.contains(key)) {
            return "client";
        }
        return defaults.containsKey(key) ? "override" : "default";
    }

    String require(String name) {
        String value = get(name);
        if (value == null) {
            throw unknown(name);
        }
        return value;
    }

    boolean isOn(String name) {
        return "on".equals(get(name));
    }

    long number(String name) {
        return Long.parseLong(require(name));
    }

    static SqlException unknown(String name) {
        return new SqlException(SqlState.UNDEFINED_OBJECT, "unrecognized configuration parameter \"" + name + "\"");
    }

    /** What a new session begins with, from its startup packet: RESET goes back to it. */
    void initialize(String name, String value) {
        defaults.put(key(name), canonical(name, value));
        fromClient.add(key(name));
        generation++;
    }

    /** Sets a value that users cannot set themselves. */
    void force(String name, String value) {
        if (!value.equals(defaults.put(key(name), value))) {
            generation++;
        }
    }

    private String canonical(String name, String value) {
        Setting setting = SettingList.find(name);
        if (setting == null) {
            if (name.indexOf('.') > 0) {
                return value;
            }
            throw unknown(name);
        }
        return SettingValues.canonical(setting, value, require(name));
    }

    /** The value that a parameter takes when it is set to this one, null being its default; it is not changed. */
    String valueFor(String name, @Nullable String value) {
        Setting setting = SettingList.find(name);
        if (setting == null) {
            throw unknown(name);
        }
        return value == null ? resetValue(setting) : canonical(name, value);
    }

    /** Changes a value; null goes back to the default. */
    void set(String name, @Nullable String value, boolean local) {
        String canonical = value == null ? cleared(name) : canonical(name, value);
        if (value == null && SettingList.find(name) == null && name.indexOf('.') < 0) {
            throw unknown(name);
        }
        String key = key(name);
        if (local) {
            remember(beforeLocal, key, values.get(key));
        } else {
            remember(beforeTransaction, key, beforeLocal.containsKey(key) ? beforeLocal.get(key) : values.get(key));
            beforeLocal.remove(key);
        }
        put(key, canonical);
    }

    /** What a reset leaves: a parameter that was made up stays, and is empty. */
    private @Nullable String cleared(String name) {
        return SettingList.find(name) == null && !defaults.containsKey(key(name)) ? "" : null;
    }

    private static void remember(Map<String, @Nullable String> saved, String key, @Nullable String value) {
        if (!saved.containsKey(key)) {
            saved.put(key, value);
        }
    }

    void resetAll() {
        for (String name : List.copyOf(values.keySet())) {
            if (isReset(name)) {
                set(name, null, false);
            }
        }
    }

    /** RESET ALL spares what belongs to the transaction and who the session is. */
    private static boolean isReset(String key) {
        return switch (key) {
            case "transaction_isolation", "transaction_read_only", "transaction_deferrable", "role", "seed" -> false;
            default -> true;
        };
    }

    private void put(String key, @Nullable String value) {
        String before = value == null ? values.remove(key) : values.put(key, value);
        if (!Objects.equals(before, value)) {
            generation++;
        }
    }

    /** Everything that a ROLLBACK TO has to bring back. */
    record Mark(
            Map<String, String> values,
            Map<String, @Nullable String> beforeTransaction,
            Map<String, @Nullable String> beforeLocal) {}

    Mark mark() {
        return new Mark(new HashMap<>(values), new HashMap<>(beforeTransaction), new HashMap<>(beforeLocal));
    }

    void rollbackTo(Mark mark) {
        values.clear();
        values.putAll(mark.values);
        beforeTransaction.clear();
        beforeTransaction.putAll(mark.beforeTransaction);
        beforeLocal.clear();
        beforeLocal.putAll(mark.beforeLocal);
        generation++;
    }

    void committed() {
        restore(beforeLocal);
        beforeTransaction.clear();
    }

    void rolledBack() {
        restore(beforeLocal);
        restore(beforeTransaction);
    }

    private void restore(Map<String, @Nullable String> saved) {
        if (!saved.isEmpty()) {
            for (String key : List.copyOf(saved.keySet())) {
                put(key, saved.get(key));
            }
            saved.clear();
        }
    }

    /** What clients are told, in a stable order. */
    Map<String, String> reported() {
        Map<String, String> reported = new TreeMap<>();
        for (Setting setting : SettingList.all()) {
            if (setting.reported()) {
                reported.put(setting.name(), require(setting.name()));
            }
        }
        return reported;
    }
}
