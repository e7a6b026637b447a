package dev.boreal.queryprocessor.session;

import java.util.List;

/**
 * A run-time parameter.
 *
 * @param name as PostgreSQL spells it: {@code DateStyle}
 * @param initial what a new session has
 * @param reported whether clients are told about changes
 * @param kind what values it takes
 * @param choices the values of an enumeration
 */
record Setting(String name, String initial, boolean reported, Kind kind, List<String> choices, String description) {

    /** What a setting takes. */
    enum Kind {
        TEXT,
        BOOLEAN,
        INTEGER,
        REAL,
        /** Milliseconds, with PostgreSQL's units. */
        DURATION,
        /** Kilobytes, with PostgreSQL's units. */
        MEMORY,
        ENUMERATION,
        /** Fixed: 55P02 on any attempt to change it. */
        CONSTANT
    }

    static Setting text(String name, String initial, boolean reported, String description) {
        return new Setting(name, initial, reported, Kind.TEXT, List.of(), description);
    }

    static Setting of(Kind kind, String name, String initial, String description) {
        return new Setting(name, initial, false, kind, List.of(), description);
    }

    static Setting choice(String name, String initial, boolean reported, String description, String... choices) {
        return new Setting(name, initial, reported, Kind.ENUMERATION, List.of(choices), description);
    }

    static Setting constant(String name, String value, boolean reported, String description) {
        return new Setting(name, value, reported, Kind.CONSTANT, List.of(), description);
    }
}
