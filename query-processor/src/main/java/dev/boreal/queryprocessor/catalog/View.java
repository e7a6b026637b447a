package dev.boreal.queryprocessor.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A view: its query as canonical SQL, every name in it schema-qualified. */
public record View(
        int oid,
        String name,
        int schemaOid,
        int ownerOid,
        List<Column> columns,
        String querySql,
        int[] referencedRelations,
        @Nullable String comment)
        implements Relation {
    public View {
        columns = List.copyOf(columns);
    }
}
