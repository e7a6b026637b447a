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

    public Sequence withName(String newName) {
        return new Sequence(
                oid,
                newName,
                schemaOid,
                ownerOid,
                storageId,
                dataType,
                start,
                increment,
                minimum,
                maximum,
                cache,
                cycle,
                ownedByTable,
                ownedByColumn,
                comment);
    }

    public Sequence withSchema(int newSchemaOid) {
        return new Sequence(
                oid,
                name,
                newSchemaOid,
                ownerOid,
                storageId,
                dataType,
                start,
                increment,
                minimum,
                maximum,
                cache,
                cycle,
                ownedByTable,
                ownedByColumn,
                comment);
    }

    public Sequence withOwner(int newOwnerOid) {
        return new Sequence(
                oid,
                name,
                schemaOid,
                newOwnerOid,
                storageId,
                dataType,
                start,
                increment,
                minimum,
                maximum,
                cache,
                cycle,
                ownedByTable,
                ownedByColumn,
                comment);
    }

    public Sequence withStorage(int newStorageId) {
        return new Sequence(
                oid,
                name,
                schemaOid,
                ownerOid,
                newStorageId,
                dataType,
                start,
                increment,
                minimum,
                maximum,
                cache,
                cycle,
                ownedByTable,
                ownedByColumn,
                comment);
    }

    public Sequence ownedBy(int tableOid, int columnNumber) {
        return new Sequence(
                oid,
                name,
                schemaOid,
                ownerOid,
                storageId,
                dataType,
                start,
                increment,
                minimum,
                maximum,
                cache,
                cycle,
                tableOid,
                columnNumber,
                comment);
    }

    public Sequence withComment(@Nullable String newComment) {
        return new Sequence(
                oid,
                name,
                schemaOid,
                ownerOid,
                storageId,
                dataType,
                start,
                increment,
                minimum,
                maximum,
                cache,
                cycle,
                ownedByTable,
                ownedByColumn,
                newComment);
    }
}
