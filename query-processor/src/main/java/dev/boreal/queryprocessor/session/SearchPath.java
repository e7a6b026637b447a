package dev.boreal.queryprocessor.session;

import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the search_path setting. */
final class SearchPath {
    private SearchPath() {}

    /** The schema names written in a setting, {@code "$user"} among them as it stands. */
    static List<String> parse(String setting) {
        List<String> names = new ArrayList<>();
        int at = 0;
        while (at < setting.length()) {
            char next = setting.charAt(at);
            if (next == ',' || Character.isWhitespace(next)) {
                at++;
            } else if (next == '"') {
                StringBuilder name = new StringBuilder();
                for (at++; at < setting.length(); at++) {
                    char inside = setting.charAt(at);
                    if (inside == '"') {
                        if (at + 1 < setting.length() && setting.charAt(at + 1) == '"') {
                            at++;
                        } else {
                            break;
                        }
                    }
                    name.append(inside);
                }
                at++;
                names.add(name.toString());
            } else {
                int end = setting.indexOf(',', at);
                end = end < 0 ? setting.length() : end;
                names.add(setting.substring(at, end).trim().toLowerCase(Locale.ROOT));
                at = end;
            }
        }
        return names;
    }

    /** The schemas that exist, in order, with {@code $user} resolved. */
    static List<String> resolve(String setting, String user, CatalogSnapshot catalog) {
        List<String> path = new ArrayList<>();
        for (String name : parse(setting)) {
            String schema = name.equals("$user") ? user : name;
            if (!path.contains(schema) && catalog.findSchema(schema) != null) {
                path.add(schema);
            }
        }
        return path;
    }
}
