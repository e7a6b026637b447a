package dev.boreal.queryprocessor.execute;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.queryprocessor.type.SqlType;

/** Values of one side of a foreign key in the type of the other, where the two differ. */
final class KeyConversion {
    private KeyConversion() {}

    static Object convert(Object value, SqlType from, SqlType to) {
        if (from.oid() == to.oid()) {
            return value;
        }
        return switch (to.name()) {
            case "int8" -> value instanceof Number number ? (Object) number.longValue() : unsupported(from, to);
            case "int2", "int4" -> value instanceof Number number ? (Object) number.intValue() : unsupported(from, to);
            case "text", "varchar" -> value instanceof String ? value : unsupported(from, to);
            default -> unsupported(from, to);
        };
    }

    private static Object unsupported(SqlType from, SqlType to) {
        throw SqlException.notSupported("a foreign key from " + from.formatName(-1) + " to " + to.formatName(-1));
    }
}
