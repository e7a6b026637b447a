package dev.boreal.queryprocessor.catalog;

import java.util.List;

/** What stands in pg_class and can follow FROM. Immutable. */
public sealed interface Relation permits Table, View, Sequence, SystemTable {
    int oid();

    String name();

    int schemaOid();

    int ownerOid();

    /** Columns in attribute order, dropped ones included: {@code columns().get(n)} has number n + 1. */
    List<Column> columns();
}
