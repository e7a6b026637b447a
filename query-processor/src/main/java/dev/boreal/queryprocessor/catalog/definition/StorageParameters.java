package dev.boreal.queryprocessor.catalog.definition;

import static dev.boreal.queryprocessor.catalog.definition.Definition.error;

import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.syntax.tree.Option;
import java.util.List;

/**
 * Storage parameters of tables and indexes. PostgreSQL's advise how its heap is laid out and vacuumed, which has no
 * counterpart here: known names are accepted, unknown ones refused.
 */
final class StorageParameters {
    private StorageParameters() {}

    static void require(List<Option> options) {
        for (Option option : options) {
            if (!known(option.name())) {
                throw error(SqlState.INVALID_PARAMETER_VALUE, "unrecognized parameter \"" + option.name() + "\"");
            }
        }
    }

    private static boolean known(String name) {
        return switch (name) {
            case "fillfactor",
                    "parallel_workers",
                    "toast_tuple_target",
                    "vacuum_truncate",
                    "vacuum_index_cleanup",
                    "user_catalog_table",
                    "log_autovacuum_min_duration",
                    "deduplicate_items" -> true;
            default -> name.startsWith("autovacuum_");
        };
    }
}
