package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.door.FieldSink;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A PostgreSQL type. Immutable; shared by all sessions. SQL NULL is Java {@code null} everywhere and never passed in.
 *
 * <p>Values in Java:
 *
 * <pre>
 * bool                         Boolean
 * int2, int4                   Integer
 * int8                         Long
 * oid, xid, cid, reg*          Integer (unsigned bits)
 * float4                       Float
 * float8                       Double
 * numeric                      Numeric (a BigDecimal with display scale, NaN, ±Infinity)
 * text, varchar, bpchar, name,
 * json, jsonpath, unknown,
 * cstring, "char", refcursor,
 * pg_node_tree, aclitem        String
 * xid8, pg_lsn                 Long (unsigned bits)
 * tid                          Long, block number shifted left by 16, and line
 * jsonb                        Jsonb
 * bytea                        byte[]
 * date                         Integer, days since 2000-01-01; MIN/MAX_VALUE for ±infinity
 * time                         Long, microseconds since midnight
 * timetz                       TimeWithZone
 * timestamp, timestamptz       Long, microseconds since 2000-01-01 (UTC); MIN/MAX_VALUE for ±infinity
 * interval                     Interval (months, days, microseconds)
 * uuid                         java.util.UUID
 * arrays, int2vector, oidvector  SqlArray
 * record                       SqlRecord
 * void                         null
 * </pre>
 */
public abstract class SqlType {
    private final int oid;
    private final String name;
    private final short length;
    private final char category;
    private final boolean preferred;
    private final int arrayOid;

    /**
     * @param name {@code pg_type.typname}: int4, not integer
     * @param length {@code pg_type.typlen}: -1 variable, -2 cstring
     * @param category {@code pg_type.typcategory}
     * @param preferred {@code pg_type.typispreferred}
     * @param arrayOid {@code pg_type.typarray}, 0 if there is none
     */
    protected SqlType(int oid, String name, int length, char category, boolean preferred, int arrayOid) {
        this.oid = oid;
        this.name = name;
        this.length = (short) length;
        this.category = category;
        this.preferred = preferred;
        this.arrayOid = arrayOid;
    }

    public final int oid() {
        return oid;
    }

    public final String name() {
        return name;
    }

    public final short length() {
        return length;
    }

    public final char category() {
        return category;
    }

    public final boolean preferred() {
        return preferred;
    }

    public final int arrayOid() {
        return arrayOid;
    }

    /** As format_type prints it: {@code character varying(10)}, {@code integer[]}. */
    public abstract String formatName(int typeModifier);

    /**
     * The type modifier that written arguments stand for, as in {@code pg_attribute.atttypmod}. An interval has its field
     * mask first, then its precision if there is one.
     *
     * @throws SqlException 22023 where arguments are out of range, 42601 where the type takes none
     */
    public int typeModifierOf(List<Integer> arguments) {
        throw new SqlException(SqlState.SYNTAX_ERROR, "type modifier is not allowed for type \"" + name + "\"");
    }

    // Text and binary forms -------------------------------------------------------------------------------------

    /** The type's input function, the type modifier not yet applied: see {@link #applyModifier}. */
    public abstract Object parse(String text, TypeContext context);

    /** As {@link #parse}, then {@link #applyModifier}; the modifier of an interval also says what a bare number counts. */
    public Object parseWithModifier(String text, int typeModifier, TypeContext context) {
        return applyModifier(parse(text, context), typeModifier, false);
    }

    /** The type's output function. */
    public abstract String format(Object value, TypeContext context);

    /** As {@link #parse} from UTF-8 bytes; number types read the digits without a String. */
    public Object parse(byte[] buffer, int offset, int count, TypeContext context) {
        return parse(new String(buffer, offset, count, StandardCharsets.UTF_8), context);
    }

    /** Writes one whole field in text format. */
    public void writeText(Object value, FieldSink sink, TypeContext context) {
        sink.textField(format(value, context));
    }

    /** Writes one whole field in binary format. */
    public abstract void writeBinary(Object value, FieldSink sink, TypeContext context);

    /** The type's receive function. */
    public abstract Object readBinary(byte[] buffer, int offset, int count, TypeContext context);

    /**
     * Makes a value fit a type modifier: length of varchar(n), scale of numeric(p,s), precision of timestamp(p).
     *
     * @param explicit whether a cast was written, which truncates character types silently
     */
    public Object applyModifier(Object value, int typeModifier, boolean explicit) {
        return value;
    }

    // Storage ---------------------------------------------------------------------------------------------------

    /** Whether a table may have a column of this type. */
    public boolean storable() {
        return true;
    }

    /** Appends the field's bytes; their length is kept by the row. */
    public abstract void encodeField(Object value, ByteWriter out);

    public abstract Object decodeField(byte[] buffer, int offset, int count);

    /** Whether unsigned byte order of fields, shorter first, is the type's order: then comparisons can be pushed down. */
    public boolean fieldOrdered() {
        return false;
    }

    /** Whether two values are equal exactly if their fields are. */
    public boolean fieldIdentifies() {
        return fieldOrdered();
    }

    /**
     * Appends a self-delimiting, order-preserving form: values of a composite key compare as the bytes do. Equal values
     * have equal bytes. Not all values can be read back (numeric loses its display scale): rows hold whole values.
     */
    public void encodeKey(Object value, ByteWriter out) {
        throw SqlException.notSupported("an index on type " + formatName(-1));
    }

    /** Whether {@link #encodeKey} works. */
    public boolean keyable() {
        return comparable();
    }

    // Order -----------------------------------------------------------------------------------------------------

    /** Whether the type has a default btree order. */
    public boolean comparable() {
        return true;
    }

    /** The type's btree order. */
    public abstract int compare(Object a, Object b);

    /** Equal values have equal hashes. */
    public abstract int hash(Object value);

    public boolean equal(Object a, Object b) {
        return compare(a, b) == 0;
    }

    @Override
    public final String toString() {
        return name;
    }
}
