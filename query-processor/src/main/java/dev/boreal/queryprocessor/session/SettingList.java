package dev.boreal.queryprocessor.session;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every run-time parameter that exists: {@code settings.tsv}. */
final class SettingList {
    private static final String NOTHING = "-";
    private static final Map<String, Setting> BY_NAME = read();

    private SettingList() {}

    static @Nullable Setting find(String name) {
        Setting found = BY_NAME.get(name);
        return found == null ? BY_NAME.get(name.toLowerCase(Locale.ROOT)) : found;
    }

    /** In alphabetical order. */
    static Collection<Setting> all() {
        return BY_NAME.values();
    }

    private static Map<String, Setting> read() {
        Map<String, Setting> settings = new TreeMap<>();
        try (InputStream in = SettingList.class.getResourceAsStream("settings.tsv")) {
            if (in == null) {
                throw new IllegalStateException("resource settings.tsv is missing");
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.charAt(0) != '#') {
                    Setting setting = setting(line.split("\t", -1));
                    settings.put(setting.name().toLowerCase(Locale.ROOT), setting);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return settings;
    }

    private static Setting setting(String[] fields) {
        String flags = fields[8];
        return new Setting(
                fields[0],
                Setting.Context.valueOf(fields[1].toUpperCase(Locale.ROOT)),
                Setting.Type.valueOf(fields[2].toUpperCase(Locale.ROOT)),
                given(fields[3]),
                fields[4],
                given(fields[5]),
                given(fields[6]),
                fields[7].equals(NOTHING) ? List.of() : List.of(fields[7].split(",")),
                flags.contains("r"),
                flags.contains("="),
                flags.contains("h"),
                fields[9],
                fields[10]);
    }

    private static @Nullable String given(String field) {
        return field.equals(NOTHING) ? null : field;
    }
}
