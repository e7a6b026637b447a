package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
        generation++;
    }

    /** Sets a value that users cannot set themselves. */
    void force(String name, String value) {
        if (!value.equals(defaults.put(key(name), value))) {
            generation++;
        }
    }

    private static String canonical(String name, String value) {
        Setting setting = SettingList.find(name);
        if (setting == null) {
            if (name.indexOf('.') > 0) {
                return value;
            }
            throw unknown(name);
        }
        return SettingValues.canonical(setting, value);
    }

    /** Changes a value; null goes back to the default. */
    void set(String name, @Nullable String value, boolean local) {
        String canonical = value == null ? null : canonical(name, value);
        if (value == null && SettingList.find(name) == null && name.indexOf('.') < 0) {
            throw unknown(name);
        }
        String key = key(name);
        if (local) {
            beforeLocal.putIfAbsent(key, values.get(key));
        } else {
            beforeTransaction.putIfAbsent(key, values.get(key));
            beforeLocal.remove(key);
        }
        put(key, canonical);
    }

    void resetAll() {
        for (String name : List.copyOf(values.keySet())) {
            if (!name.startsWith("transaction_")) {
                set(name, null, false);
            }
        }
    }

    private void put(String key, @Nullable String value) {
        String before = value == null ? values.remove(key) : values.put(key, value);
        if (!Objects.equals(before, value)) {
            generation++;
        }
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

    /** Name, value and description of everything, for SHOW ALL and pg_settings. */
    List<String[]> all() {
        List<String[]> all = new ArrayList<>();
        for (Setting setting : SettingList.all()) {
            all.add(new String[] {setting.name(), require(setting.name()), setting.description()});
        }
        return all;
    }
}
