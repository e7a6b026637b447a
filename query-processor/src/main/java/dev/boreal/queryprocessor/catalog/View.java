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

    public View withName(String newName) {
        return new View(oid, newName, schemaOid, ownerOid, columns, querySql, referencedRelations, comment);
    }

    public View withSchema(int newSchemaOid) {
        return new View(oid, name, newSchemaOid, ownerOid, columns, querySql, referencedRelations, comment);
    }

    public View withOwner(int newOwnerOid) {
        return new View(oid, name, schemaOid, newOwnerOid, columns, querySql, referencedRelations, comment);
    }

    public View withColumns(List<Column> newColumns) {
        return new View(oid, name, schemaOid, ownerOid, newColumns, querySql, referencedRelations, comment);
    }

    public View withComment(@Nullable String newComment) {
        return new View(oid, name, schemaOid, ownerOid, columns, querySql, referencedRelations, newComment);
    }
}
