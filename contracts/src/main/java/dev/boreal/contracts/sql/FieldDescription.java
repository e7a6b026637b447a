package dev.boreal.contracts.sql;

/**
 * One column of a result, as RowDescription tells it.
 *
 * @param tableOid oid of the table that the column comes from, or 0
 * @param columnNumber its attribute number, or 0
 * @param typeOid oid of its type
 * @param typeSize {@code pg_type.typlen}: negative for variable width
 * @param typeModifier {@code pg_attribute.atttypmod}, -1 if there is none
 * @param format {@link #TEXT} or {@link #BINARY}
 */
public record FieldDescription(
        String name, int tableOid, short columnNumber, int typeOid, short typeSize, int typeModifier, short format) {
    public static final short TEXT = 0;
    public static final short BINARY = 1;
}
