package dev.boreal.queryprocessor.syntax.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A SELECT, VALUES or TABLE, or a set operation of them, with the clauses that apply to the whole.
 *
 * @param limit null if none, or LIMIT ALL
 * @param withTies FETCH FIRST ... WITH TIES
 */
public record Query(
        @Nullable WithClause with,
        SelectBody body,
        List<SortItem> orderBy,
        @Nullable Expression limit,
        boolean withTies,
        @Nullable Expression offset,
        List<LockingClause> locking,
        int position)
        implements PreparableStatement {

    /** PostgreSQL's tag is followed by the number of rows; it is SELECT INTO's too. */
    @Override
    public String commandTag() {
        return "SELECT";
    }

    /** Nothing but a body: no WITH, ORDER BY, LIMIT, OFFSET nor locking. */
    public boolean isBare() {
        return with == null && orderBy.isEmpty() && limit == null && offset == null && locking.isEmpty();
    }

    /** {@code FOR strength [OF tables] [NOWAIT | SKIP LOCKED]}. */
    public record LockingClause(LockStrength strength, List<QualifiedName> tables, LockWait waiting, int position)
            implements Node {}

    public enum LockStrength {
        KEY_SHARE("FOR KEY SHARE"),
        SHARE("FOR SHARE"),
        NO_KEY_UPDATE("FOR NO KEY UPDATE"),
        UPDATE("FOR UPDATE");

        private final String sql;

        LockStrength(String sql) {
            this.sql = sql;
        }

        public String sql() {
            return sql;
        }
    }

    public enum LockWait {
        BLOCK,
        NOWAIT,
        SKIP_LOCKED
    }
}
