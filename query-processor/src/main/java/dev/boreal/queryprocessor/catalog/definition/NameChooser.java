package dev.boreal.queryprocessor.catalog.definition;

import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.catalog.Constraint;
import dev.boreal.queryprocessor.catalog.Relation;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.syntax.Identifiers;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chooses the names that nobody wrote: {@code t_a_seq}, {@code t_pkey}, {@code t_a_b_idx1}. */
final class NameChooser {
    private final CatalogSnapshot catalog;
    private final int schemaOid;
    private final Set<String> reserved = new HashSet<>();

    NameChooser(CatalogSnapshot catalog, int schemaOid) {
        this.catalog = catalog;
        this.schemaOid = schemaOid;
    }

    /** Keeps a name that is about to be taken from being chosen. */
    void reserve(String name) {
        reserved.add(name);
    }

    /** A name free among relations and indexes of the schema. */
    String relation(String table, @Nullable String part, String label) {
        return choose(table, part, label, false);
    }

    /** A name free among relations, indexes and constraints of the schema. */
    String constraintIndex(String table, @Nullable String part, String label) {
        return choose(table, part, label, true);
    }

    /** A name free among the constraints of the schema. */
    String constraint(String table, @Nullable String part, String label) {
        for (int number = 0; ; number++) {
            String name = make(table, part, number == 0 ? label : label + number);
            if (!reserved.contains(name) && !isConstraint(name)) {
                reserved.add(name);
                return name;
            }
        }
    }

    private String choose(String table, @Nullable String part, String label, boolean constraint) {
        for (int number = 0; ; number++) {
            String name = make(table, part, number == 0 ? label : label + number);
            if (!reserved.contains(name) && !isRelation(name) && !(constraint && isConstraint(name))) {
                reserved.add(name);
                return name;
            }
        }
    }

    private boolean isRelation(String name) {
        return catalog.findRelation(schemaOid, name) != null || catalog.findTableOfIndex(schemaOid, name) != null;
    }

    private boolean isConstraint(String name) {
        for (Relation relation : catalog.relations()) {
            if (relation instanceof Table table && table.schemaOid() == schemaOid) {
                for (Constraint constraint : table.constraints()) {
                    if (constraint.name().equals(name)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Joins by underscores; the longer of the first two parts gives way until all fits into a name. */
    static String make(String first, @Nullable String second, String label) {
        int overhead = bytes(label) + 1 + (second == null ? 0 : 1);
        int available = Identifiers.MAXIMUM_BYTES - overhead;
        int firstBytes = bytes(first);
        int secondBytes = second == null ? 0 : bytes(second);
        while (firstBytes + secondBytes > available) {
            if (firstBytes > secondBytes) {
                firstBytes--;
            } else {
                secondBytes--;
            }
        }
        StringBuilder name = new StringBuilder(clip(first, firstBytes));
        if (second != null) {
            name.append('_').append(clip(second, secondBytes));
        }
        return name.append('_').append(label).toString();
    }

    /** Column names as part of the name of a foreign key or index. */
    static String joined(List<String> columns) {
        StringBuilder name = new StringBuilder();
        for (String column : columns) {
            if (!name.isEmpty()) {
                name.append('_');
            }
            name.append(column);
            if (name.length() >= Identifiers.MAXIMUM_BYTES) {
                break;
            }
        }
        return name.toString();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String clip(String text, int bytes) {
        int used = 0;
        int end = 0;
        while (end < text.length()) {
            int codePoint = text.codePointAt(end);
            used += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
            if (used > bytes) {
                break;
            }
            end += Character.charCount(codePoint);
        }
        return text.substring(0, end);
    }
}
