package dev.boreal.queryprocessor.function;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one type that several expressions become in UNION, CASE, VALUES, ARRAY and the like (PostgreSQL, chapter 10.5). */
final class CommonType {
    private CommonType() {}

    /** @throws SqlException 42804 if the types do not go together */
    static SqlType of(List<SqlType> types, String construct) {
        return select(types, construct);
    }

    /** As {@link #of}, but null where that throws. */
    static @Nullable SqlType find(List<SqlType> types) {
        return selectOrNull(types, null);
    }

    private static SqlType select(List<SqlType> types, String construct) {
        SqlType common = selectOrNull(types, construct);
        if (common == null) {
            throw new IllegalArgumentException("no types");
        }
        return common;
    }

    private static @Nullable SqlType selectOrNull(List<SqlType> types, @Nullable String construct) {
        SqlType common = types.getFirst();
        for (SqlType next : types) {
            if (TypeFamily.isUnknown(next) || TypeFamily.same(next, common)) {
                continue;
            }
            if (TypeFamily.isUnknown(common)) {
                common = next;
            } else if (next.category() != common.category()) {
                if (construct == null) {
                    return null;
                }
                throw new SqlException(
                        SqlState.DATATYPE_MISMATCH,
                        construct + " types " + common.formatName(-1) + " and " + next.formatName(-1)
                                + " cannot be matched");
            } else if (!common.preferred() && widens(common, next)) {
                common = next;
            }
        }
        if (TypeFamily.isUnknown(common)) {
            return TypeRegistry.TEXT;
        }
        for (SqlType type : types) {
            if (!Casts.canCoerce(type, common, Casts.Context.IMPLICIT)) {
                if (construct == null) {
                    return null;
                }
                throw new SqlException(
                        SqlState.CANNOT_COERCE,
                        construct + " could not convert type " + type.formatName(-1) + " to " + common.formatName(-1));
            }
        }
        return common;
    }

    private static boolean widens(SqlType from, SqlType to) {
        return Casts.canCoerce(from, to, Casts.Context.IMPLICIT) && !Casts.canCoerce(to, from, Casts.Context.IMPLICIT);
    }
}
