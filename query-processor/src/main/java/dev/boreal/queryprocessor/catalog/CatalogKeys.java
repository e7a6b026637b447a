package dev.boreal.queryprocessor.catalog;

import dev.boreal.contracts.key.KeyRange;
import java.nio.charset.StandardCharsets;

/**
 * Where the catalog lies among all keys: under storage id {@value #STORAGE_ID}, one row per schema, relation and role.
 *
 * <pre>
 * 00000001 00                  version: 8 bytes, id of the last transaction that changed the catalog
 * 00000001 01 schema oid       schema
 * 00000001 02 relation oid     table with its indexes and constraints, view, sequence
 * 00000001 03 role oid         role
 * 00000001 04                  next oid to be taken, 4 bytes
 * 00000001 05                  next storage id to be taken, 4 bytes
 * 00000001 10 schema oid name  no row: claimed by whoever makes or drops a relation of that name
 * 00000001 11 name             no row: claimed for the name of a schema
 * 00000001 12 name             no row: claimed for the name of a role
 * </pre>
 */
public final class CatalogKeys {
    /** The storage id that the catalog itself has. */
    public static final int STORAGE_ID = 1;
    /** The first storage id of users' tables and indexes. */
    public static final int FIRST_USER_STORAGE_ID = 1000;
    /** The first oid of users' objects. */
    public static final int FIRST_USER_OID = 16384;

    static final int SCHEMA = 1;
    static final int RELATION = 2;
    static final int ROLE = 3;

    private CatalogKeys() {}

    /** The key that every change of the catalog writes, without an access: sessions compare its value. */
    public static byte[] version() {
        return key(0, 0);
    }

    /** The counter from which oids are taken in blocks. */
    public static byte[] oidCounter() {
        return key(4, 0);
    }

    /** The counter from which storage ids are taken in blocks. */
    public static byte[] storageIdCounter() {
        return key(5, 0);
    }

    public static KeyRange range() {
        return KeyRange.ofPrefix(new byte[] {0, 0, 0, STORAGE_ID});
    }

    /** Where rows or index entries of a storage id lie. */
    public static KeyRange ofStorage(int storageId) {
        return KeyRange.ofPrefix(new byte[] {
            (byte) (storageId >>> 24), (byte) (storageId >>> 16), (byte) (storageId >>> 8), (byte) storageId
        });
    }

    public static byte[] schema(int oid) {
        return oidKey(SCHEMA, oid, 0);
    }

    public static byte[] relation(int oid) {
        return oidKey(RELATION, oid, 0);
    }

    public static byte[] role(int oid) {
        return oidKey(ROLE, oid, 0);
    }

    static byte[] relationName(int schemaOid, String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        byte[] key = oidKey(0x10, schemaOid, text.length);
        System.arraycopy(text, 0, key, 9, text.length);
        return key;
    }

    static byte[] schemaName(String name) {
        return nameKey(0x11, name);
    }

    static byte[] roleName(String name) {
        return nameKey(0x12, name);
    }

    private static byte[] nameKey(int kind, String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        byte[] key = key(kind, text.length);
        System.arraycopy(text, 0, key, 5, text.length);
        return key;
    }

    private static byte[] oidKey(int kind, int oid, int more) {
        byte[] key = key(kind, 4 + more);
        key[5] = (byte) (oid >>> 24);
        key[6] = (byte) (oid >>> 16);
        key[7] = (byte) (oid >>> 8);
        key[8] = (byte) oid;
        return key;
    }

    private static byte[] key(int kind, int more) {
        byte[] key = new byte[5 + more];
        key[3] = STORAGE_ID;
        key[4] = (byte) kind;
        return key;
    }
}
