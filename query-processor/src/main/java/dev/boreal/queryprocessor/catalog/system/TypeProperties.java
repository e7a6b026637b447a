package dev.boreal.queryprocessor.catalog.system;

import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.HashMap;
import java.util.Map;

/** What pg_type says of a type beyond what the type itself knows. */
record TypeProperties(
        boolean byValue,
        String alignment,
        String storage,
        int collation,
        int input,
        int output,
        int receive,
        int send) {
    private static final Map<Integer, TypeProperties> BY_OID = load();
    private static final TypeProperties VARIABLE = new TypeProperties(false, "i", "x", 0, 0, 0, 0, 0);

    static TypeProperties of(SqlType type) {
        TypeProperties properties = BY_OID.get(type.oid());
        if (properties != null) {
            return properties;
        }
        SqlType element = TypeRegistry.elementOf(type);
        return element == null ? VARIABLE : BY_OID.getOrDefault(TypeRegistry.TEXT_ARRAY.oid(), VARIABLE);
    }

    private static Map<Integer, TypeProperties> load() {
        Map<Integer, TypeProperties> properties = new HashMap<>();
        for (String line : ResourceLines.read("types.txt")) {
            String[] parts = line.split(" ", -1);
            properties.put(
                    Integer.parseInt(parts[0]),
                    new TypeProperties(
                            parts[1].equals("t"),
                            parts[2],
                            parts[3],
                            Integer.parseInt(parts[4]),
                            Integer.parseInt(parts[5]),
                            Integer.parseInt(parts[6]),
                            Integer.parseInt(parts[7]),
                            Integer.parseInt(parts[8])));
        }
        return properties;
    }
}
