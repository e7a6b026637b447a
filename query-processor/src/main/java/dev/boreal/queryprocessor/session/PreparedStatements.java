package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** A session's prepared statements by name; the unnamed one, of the empty name, gives way to the next. One thread at a time. */
final class PreparedStatements {
    private final Map<String, PreparedStatement> byName = new HashMap<>();

    Collection<PreparedStatement> all() {
        return byName.values();
    }

    /** @throws SqlException 42P05: there is one of that name already */
    void requireFree(String name) {
        if (!name.isEmpty() && byName.containsKey(name)) {
            throw new SqlException(
                    SqlState.DUPLICATE_PREPARED_STATEMENT, "prepared statement \"" + name + "\" already exists");
        }
    }

    void put(PreparedStatement made) {
        byName.put(made.name(), made);
    }

    /** @throws SqlException 26000: there is none of that name */
    PreparedStatement find(String name) {
        PreparedStatement found = byName.get(name);
        if (found == null) {
            throw new SqlException(
                    SqlState.INVALID_SQL_STATEMENT_NAME,
                    name.isEmpty()
                            ? "unnamed prepared statement does not exist"
                            : "prepared statement \"" + name + "\" does not exist");
        }
        return found;
    }

    void remove(String name) {
        byName.remove(name);
    }

    void clear() {
        byName.clear();
    }
}
