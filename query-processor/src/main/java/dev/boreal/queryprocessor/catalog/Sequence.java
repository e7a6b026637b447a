package dev.boreal.queryprocessor.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sequence's definition. Where it stands is kept beside the catalog, under {@code storageId}, and moves without
 * changing the catalog.
 *
 * @param cache how many values a session takes at once
 * @param ownedByTable oid of the table whose column owns it, 0 for none
 * @param ownedByColumn attribute number
 */
public record Sequence(
        int oid,
        String name,
        int schemaOid,
        int ownerOid,
        int storageId,
        String dataType,
        long start,
        long increment,
        long minimum,
        long maximum,
        long cache,
        boolean cycle,
        int ownedByTable,
        int ownedByColumn,
        @Nullable String comment)
        implements Relation {
    @Override
    public List<Column> columns() {
        return List.of();
    }
}
