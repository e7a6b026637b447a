package dev.boreal.queryprocessor.catalog.system;

import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Operator families, classes and members of the one index access method. */
final class Btree {
    private static final List<String[]> LINES = load();
    private static final Map<Integer, Integer> CLASS_BY_TYPE = classes();

    private Btree() {}

    private static List<String[]> load() {
        List<String[]> lines = new ArrayList<>();
        for (String line : ResourceLines.read("btree.txt")) {
            lines.add(line.split(" ", -1));
        }
        return lines;
    }

    private static Map<Integer, Integer> classes() {
        Map<Integer, Integer> classes = new HashMap<>();
        for (String[] line : LINES) {
            if (line[0].equals("class") && line[5].equals("t")) {
                classes.put(Integer.parseInt(line[4]), Integer.parseInt(line[1]));
            }
        }
        return classes;
    }

    /** The default operator class of a type; varchar has that of text, arrays that of anyarray. */
    static int classOf(SqlType type) {
        Integer known = CLASS_BY_TYPE.get(type.oid());
        if (known != null) {
            return known;
        }
        SqlType stand = TypeRegistry.elementOf(type) == null ? TypeRegistry.TEXT : TypeRegistry.ANYARRAY;
        return CLASS_BY_TYPE.getOrDefault(stand.oid(), 0);
    }

    /** The fields of every line of a kind: family, class or operator. */
    static List<String[]> lines(String kind) {
        List<String[]> found = new ArrayList<>();
        for (String[] line : LINES) {
            if (line[0].equals(kind)) {
                found.add(line);
            }
        }
        return found;
    }
}
