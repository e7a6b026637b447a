package dev.boreal.simulation.workload;

import java.nio.ByteBuffer;

/**
 * A key of a workload.
 *
 * @param shard which adjudicator, and journal, decides over it: a transaction writes in one shard only
 * @param table one letter per workload
 * @param number from 0
 */
public record Item(int shard, char table, int number) implements Comparable<Item> {
    private static final int FIRST_STORE = 1000;

    /** As the query processor would encode it: the storage id, then the key's columns. */
    public byte[] key() {
        return ByteBuffer.allocate(2 * Integer.BYTES)
                .putInt(FIRST_STORE + shard * 128 + table)
                .putInt(number)
                .array();
    }

    /** The table's oid, for the version that every writer shares. */
    public int tableOid() {
        return FIRST_STORE + shard * 128 + table;
    }

    @Override
    public int compareTo(Item other) {
        int byShard = Integer.compare(shard, other.shard);
        int byTable = byShard != 0 ? byShard : Character.compare(table, other.table);
        return byTable != 0 ? byTable : Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return "" + table + number + (shard == 0 ? "" : "'".repeat(shard));
    }
}
