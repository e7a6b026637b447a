package dev.boreal.queryprocessor.catalog.definition;

/**
 * A thing that others depend on, or that depends on others.
 *
 * @param oid of the schema, relation or index; of a part, its table's
 * @param part oid of a constraint, attribute number of a column or default; else 0
 */
record ObjectId(Kind kind, int oid, int part) {
    enum Kind {
        SCHEMA,
        RELATION,
        INDEX,
        CONSTRAINT,
        COLUMN,
        DEFAULT
    }

    static ObjectId of(Kind kind, int oid) {
        return new ObjectId(kind, oid, 0);
    }

    /** Whether the thing is a part of the table of its oid and goes with it. */
    boolean isPart() {
        return kind == Kind.CONSTRAINT || kind == Kind.COLUMN || kind == Kind.DEFAULT;
    }
}
