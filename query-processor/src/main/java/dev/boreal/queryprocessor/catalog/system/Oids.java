package dev.boreal.queryprocessor.catalog.system;

/** Oids of the system tables that others refer to, and numbers for rows that the catalog itself does not number. */
final class Oids {
    static final int PG_CLASS = 1259;
    static final int PG_CONSTRAINT = 2606;
    static final int PG_ATTRDEF = 2604;
    static final int PG_NAMESPACE = 2615;
    static final int PG_REWRITE = 2618;
    static final int HEAP = 2;
    static final int BTREE = 403;

    private Oids() {}

    /** The row of pg_attrdef of a column: above what the counter of oids gives out in practice. */
    static int ofDefault(int tableOid, int columnNumber) {
        return 0x80000000 | (tableOid * 1700 + columnNumber) & 0x3fffffff;
    }

    /** The row of pg_type of a table's or view's rows. */
    static int ofRowType(int relationOid) {
        return 0x40000000 | relationOid;
    }

    /** The row of pg_rewrite of a view. */
    static int ofRule(int viewOid) {
        return 0xc0000000 | viewOid;
    }
}
