package dev.boreal.queryprocessor.type;

import org.jspecify.annotations.Nullable;

/** Names of catalog objects by oid and back, along the session's search path, for regclass and its kin. */
public interface ObjectNames {

    /** What an oid stands for. */
    enum Kind {
        RELATION,
        TYPE,
        FUNCTION,
        FUNCTION_WITH_ARGUMENTS,
        OPERATOR,
        NAMESPACE,
        ROLE,
        COLLATION
    }

    /** The name as PostgreSQL prints it: quoted and schema-qualified only where needed; null if there is no such object. */
    @Nullable String nameOf(Kind kind, int oid);

    /**
     * The oid behind a written name, which may be quoted and qualified.
     *
     * @throws dev.boreal.contracts.sql.SqlException as PostgreSQL: 42P01, 42704, 42883, 3F000
     */
    int oidOf(Kind kind, String name);

    /** As {@link #oidOf}, but null instead of an error: for {@code to_regclass} and its kin. */
    @Nullable Integer findOid(Kind kind, String name);
}
