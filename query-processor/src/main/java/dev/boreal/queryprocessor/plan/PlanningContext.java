package dev.boreal.queryprocessor.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What planning depends on beside statement and catalog; a cached plan is good for equal contexts.
 *
 * @param searchPath schemas that unqualified names are looked up in, {@code "$user"} resolved; pg_catalog is searched first
 *     unless it is among them
 * @param database the current database's name, which three-part names must have
 * @param parameterTypes declared oids of $1, $2, …; 0, or none at all, to infer the type
 */
public record PlanningContext(
        List<String> searchPath, @Nullable String database, List<Integer> parameterTypes) {
    public PlanningContext {
        searchPath = List.copyOf(searchPath);
        parameterTypes = List.copyOf(parameterTypes);
    }

    public static PlanningContext of(List<String> searchPath) {
        return new PlanningContext(searchPath, null, List.of());
    }
}
