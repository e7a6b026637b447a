package dev.boreal.queryprocessor.catalog;

import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.queryprocessor.transaction.Transaction;
import dev.boreal.queryprocessor.type.ByteWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Changes the catalog within a transaction: buffers the rows, claims what a concurrent change must not touch, and shows
 * the transaction the changed snapshot at once. One thread; one editor per statement.
 *
 * <p>Claims: a relation that is changed or dropped takes KEY_WRITE on its table version, which every transaction that
 * uses it shares; a name that is taken or given up takes KEY_WRITE on a key made of schema and name, so that two
 * concurrent CREATEs of one name conflict; what is made in a schema shares the schema's key, which DROP SCHEMA writes.
 */
public final class CatalogEditor {
    private static final AtomicLong UNCOMMITTED_VERSIONS = new AtomicLong();

    private final Transaction transaction;
    private final CatalogCodec codec;
    private boolean versionWritten;

    public CatalogEditor(Transaction transaction, CatalogStore store) {
        this.transaction = transaction;
        this.codec = store.codec();
    }

    public CatalogSnapshot catalog() {
        return transaction.catalog();
    }

    /** Adds a schema, or puts a changed one in the place of that with its oid. */
    public void put(Schema schema) {
        Schema before = catalog().schema(schema.oid());
        if (before == null || !before.name().equals(schema.name())) {
            claim(CatalogKeys.schemaName(schema.name()));
            if (before != null) {
                claim(CatalogKeys.schemaName(before.name()));
            }
        }
        claim(CatalogKeys.schema(schema.oid()));
        begin();
        transaction.put(CatalogKeys.schema(schema.oid()), codec.encode(schema));
        List<Schema> schemas = without(catalog().schemas(), known -> known.oid() == schema.oid());
        schemas.add(schema);
        change(schemas, catalog().relations(), catalog().roles());
    }

    /** Removes a schema, which must be empty. */
    public void remove(Schema schema) {
        claim(CatalogKeys.schemaName(schema.name()));
        claim(CatalogKeys.schema(schema.oid()));
        begin();
        transaction.delete(CatalogKeys.schema(schema.oid()));
        change(
                without(catalog().schemas(), known -> known.oid() == schema.oid()),
                catalog().relations(),
                catalog().roles());
    }

    /** Adds a relation, or puts a changed one in the place of that with its oid. */
    public void put(Relation relation) {
        Relation before = catalog().relation(relation.oid());
        transaction.accessTableVersion(relation.oid(), AccessMode.KEY_WRITE);
        if (before == null || before.schemaOid() != relation.schemaOid()) {
            transaction.access(CatalogKeys.schema(relation.schemaOid()), AccessMode.KEY_SHARE, 0);
        }
        claimNames(before, relation);
        replace(relation);
    }

    /**
     * Replaces what no statement's meaning depends on, such as statistics: claims WRITE of the row but not the table's
     * version, so that running transactions go on.
     */
    public void putStatistics(Table table) {
        transaction.access(CatalogKeys.relation(table.oid()), AccessMode.WRITE, table.oid());
        transaction.accessTableVersion(table.oid(), AccessMode.KEY_SHARE);
        replace(table);
    }

    private void replace(Relation relation) {
        begin();
        transaction.put(CatalogKeys.relation(relation.oid()), codec.encode(relation));
        List<Relation> relations = without(catalog().relations(), known -> known.oid() == relation.oid());
        relations.add(relation);
        change(catalog().schemas(), relations, catalog().roles());
    }

    /** Removes a relation. Rows, index entries and dependants are the caller's matter. */
    public void remove(Relation relation) {
        transaction.accessTableVersion(relation.oid(), AccessMode.KEY_WRITE);
        claimNames(relation, null);
        begin();
        transaction.delete(CatalogKeys.relation(relation.oid()));
        change(
                catalog().schemas(),
                without(catalog().relations(), known -> known.oid() == relation.oid()),
                catalog().roles());
    }

    /** Adds a role, or puts a changed one in the place of that with its oid. */
    public void put(Role role) {
        Role before = catalog().role(role.oid());
        if (before == null || !before.name().equals(role.name())) {
            claim(CatalogKeys.roleName(role.name()));
            if (before != null) {
                claim(CatalogKeys.roleName(before.name()));
            }
        }
        claim(CatalogKeys.role(role.oid()));
        begin();
        transaction.put(CatalogKeys.role(role.oid()), codec.encode(role));
        List<Role> roles = without(catalog().roles(), known -> known.oid() == role.oid());
        roles.add(role);
        change(catalog().schemas(), catalog().relations(), roles);
    }

    public void remove(Role role) {
        claim(CatalogKeys.roleName(role.name()));
        claim(CatalogKeys.role(role.oid()));
        begin();
        transaction.delete(CatalogKeys.role(role.oid()));
        change(
                catalog().schemas(),
                catalog().relations(),
                without(catalog().roles(), known -> known.oid() == role.oid()));
    }

    /** Claims that a relation stays as it is: for those that something new will depend on. */
    public void rely(Relation relation) {
        if (!(relation instanceof SystemTable)) {
            transaction.accessTableVersion(relation.oid(), AccessMode.KEY_SHARE);
        }
    }

    private void claimNames(@Nullable Relation before, @Nullable Relation after) {
        List<String> old = names(before);
        List<String> now = names(after);
        boolean moved = before != null && after != null && before.schemaOid() != after.schemaOid();
        if (before != null) {
            for (String name : old) {
                if (moved || !now.contains(name)) {
                    claim(CatalogKeys.relationName(before.schemaOid(), name));
                }
            }
        }
        if (after != null) {
            for (String name : now) {
                if (moved || !old.contains(name)) {
                    claim(CatalogKeys.relationName(after.schemaOid(), name));
                }
            }
        }
    }

    private static List<String> names(@Nullable Relation relation) {
        List<String> names = new ArrayList<>();
        if (relation != null) {
            names.add(relation.name());
        }
        if (relation instanceof Table table) {
            for (Index index : table.indexes()) {
                names.add(index.name());
            }
        }
        return names;
    }

    private void claim(byte[] key) {
        transaction.access(key, AccessMode.KEY_WRITE, 0);
    }

    /** The rows that every change writes: the version, and before the very first one those of the bootstrap. */
    private void begin() {
        if (versionWritten) {
            return;
        }
        if (transaction.get(CatalogKeys.version()) == null) {
            claim(CatalogKeys.version());
            for (Schema schema : catalog().schemas()) {
                if (schema.oid() == Schema.PUBLIC) {
                    transaction.put(CatalogKeys.schema(schema.oid()), codec.encode(schema));
                }
            }
            for (Role role : catalog().roles()) {
                transaction.put(CatalogKeys.role(role.oid()), codec.encode(role));
            }
        }
        ByteWriter version = new ByteWriter(16);
        version.writeLong(transaction.id());
        transaction.put(CatalogKeys.version(), version.toByteArray());
        versionWritten = true;
    }

    private void change(Collection<Schema> schemas, Collection<Relation> relations, Collection<Role> roles) {
        transaction.changeCatalog(
                new CatalogSnapshot(UNCOMMITTED_VERSIONS.decrementAndGet(), schemas, relations, roles));
    }

    private static <T> List<T> without(Collection<T> all, Predicate<T> gone) {
        List<T> rest = new ArrayList<>(all.size() + 1);
        for (T element : all) {
            if (!gone.test(element)) {
                rest.add(element);
            }
        }
        return rest;
    }
}
