package dev.boreal.queryprocessor.catalog.definition;

import dev.boreal.queryprocessor.syntax.tree.TypeName;
import dev.boreal.queryprocessor.type.SqlType;

/** Finds the type of a type name. */
public interface TypeResolver {

    /** A type and its modifier, -1 if there is none. */
    record ResolvedType(SqlType type, int typeModifier) {}

    /**
     * @throws dev.boreal.contracts.sql.SqlException 42704 {@code type "x" does not exist}, 22023 for a bad modifier, with
     *     the name's position
     */
    ResolvedType resolve(TypeName name);
}
