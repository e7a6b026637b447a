package dev.boreal.queryprocessor.catalog;

import dev.boreal.contracts.door.Storage;
import dev.boreal.contracts.read.RowBatch;
import dev.boreal.contracts.read.ScanRequest;
import dev.boreal.contracts.sql.Credential;
import dev.boreal.queryprocessor.transaction.Reads;
import dev.boreal.queryprocessor.transaction.Transaction;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Loads the catalog from its rows. Immutable and thread-safe.
 *
 * <p>A database in which nothing was ever defined has no rows: it reads as {@link #bootstrap}, and the first change
 * writes the rows of that ({@link CatalogEditor} sees to it).
 */
public final class CatalogStore {
    /** The version of a catalog that nobody changed yet. */
    public static final long NEVER_CHANGED = 0;
    /** The one database, and its oid. */
    public static final String DATABASE_NAME = "postgres";

    public static final int DATABASE_OID = 5;

    private final CatalogCodec codec;
    private final List<SystemTable> systemTables;

    /**
     * @param types the type of an oid, null if there is none
     * @param systemTables the tables of pg_catalog and information_schema
     */
    public CatalogStore(IntFunction<@Nullable SqlType> types, List<SystemTable> systemTables) {
        this.codec = new CatalogCodec(types);
        this.systemTables = List.copyOf(systemTables);
    }

    CatalogCodec codec() {
        return codec;
    }

    /** The value of the version key as {@link CatalogSnapshot#version} gives it; null, when the key has none, is 0. */
    public static long version(byte @Nullable [] value) {
        return value == null ? NEVER_CHANGED : new RowReader(value).readLong();
    }

    /** What a new database has: schemas pg_catalog, information_schema and public, role postgres. */
    public CatalogSnapshot bootstrap() {
        List<Schema> schemas = new ArrayList<>(systemSchemas());
        schemas.add(new Schema(Schema.PUBLIC, "public", Role.BOOTSTRAP, "standard public schema"));
        Role superuser =
                new Role(Role.BOOTSTRAP, "postgres", true, true, true, true, true, new Credential.None(), List.of());
        return new CatalogSnapshot(NEVER_CHANGED, schemas, List.copyOf(systemTables), List.of(superuser));
    }

    private static List<Schema> systemSchemas() {
        return List.of(
                new Schema(Schema.PG_CATALOG, "pg_catalog", Role.BOOTSTRAP, "system catalog schema"),
                new Schema(Schema.INFORMATION_SCHEMA, "information_schema", Role.BOOTSTRAP, null));
    }

    /** The catalog as committed at a timestamp. Waits as {@link Storage#scan} does. */
    public CatalogSnapshot load(Storage storage, long asOf) {
        try (Storage.Scan scan = storage.scan(ScanRequest.all(asOf, CatalogKeys.range()))) {
            return load(scan::next);
        }
    }

    /** The catalog as a transaction sees it, its own changes included. */
    public CatalogSnapshot load(Transaction transaction) {
        ScanRequest request = ScanRequest.all(transaction.snapshot(), CatalogKeys.range());
        try (Reads.Rows rows = transaction.scan(request)) {
            return load(rows::next);
        }
    }

    private interface Batches {
        boolean next(RowBatch batch);
    }

    private CatalogSnapshot load(Batches batches) {
        long version = NEVER_CHANGED;
        List<Schema> schemas = new ArrayList<>(systemSchemas());
        List<Relation> relations = new ArrayList<>(systemTables);
        List<Role> roles = new ArrayList<>();
        RowBatch batch = new RowBatch();
        while (batches.next(batch)) {
            for (int row = 0; row < batch.rows(); row++) {
                switch (batch.data()[batch.keyOffset(row) + 4]) {
                    case 0 -> version = version(batch.value(row));
                    case CatalogKeys.SCHEMA -> schemas.add(codec.decodeSchema(batch.value(row)));
                    case CatalogKeys.RELATION -> relations.add(codec.decodeRelation(batch.value(row)));
                    case CatalogKeys.ROLE -> roles.add(codec.decodeRole(batch.value(row)));
                    default -> {}
                }
            }
        }
        return version == NEVER_CHANGED ? bootstrap() : new CatalogSnapshot(version, schemas, relations, roles);
    }
}
