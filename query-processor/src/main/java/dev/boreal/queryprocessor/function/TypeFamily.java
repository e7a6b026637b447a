package dev.boreal.queryprocessor.function;

import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the rules of resolution ask about a type. */
public final class TypeFamily {
    static final char STRING_CATEGORY = 'S';
    private static final int INT2VECTOR_OID = 22;
    private static final int OIDVECTOR_OID = 30;

    private static final Map<Integer, SqlType> ELEMENTS = elements();

    private TypeFamily() {}

    private static Map<Integer, SqlType> elements() {
        Map<Integer, SqlType> elements = new HashMap<>();
        for (SqlType type : TypeRegistry.all()) {
            if (type.arrayOid() != 0) {
                elements.put(type.arrayOid(), type);
            }
        }
        elements.put(INT2VECTOR_OID, TypeRegistry.INT2);
        elements.put(OIDVECTOR_OID, TypeRegistry.OID);
        return elements;
    }

    public static boolean same(SqlType a, SqlType b) {
        return a.oid() == b.oid();
    }

    public static boolean isUnknown(SqlType type) {
        return same(type, TypeRegistry.UNKNOWN);
    }

    public static boolean isAny(SqlType type) {
        return type.name().equals("any");
    }

    public static @Nullable SqlType elementOf(SqlType type) {
        return ELEMENTS.get(type.oid());
    }

    public static @Nullable SqlType arrayOf(SqlType type) {
        return type.arrayOid() == 0 ? null : TypeRegistry.find(type.arrayOid());
    }

    public static boolean isArray(SqlType type) {
        return elementOf(type) != null;
    }

    public static boolean isPolymorphic(SqlType type) {
        return switch (type.name()) {
            case "anyelement",
                    "anyarray",
                    "anynonarray",
                    "anycompatible",
                    "anycompatiblearray",
                    "anycompatiblenonarray" -> true;
            default -> false;
        };
    }
}
