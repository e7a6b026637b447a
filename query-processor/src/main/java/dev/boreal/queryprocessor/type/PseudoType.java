package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.door.FieldSink;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;

/** A type that has no values of its own: any, anyelement, internal, trigger, and void, whose only value is nothing. */
final class PseudoType extends BasicType {
    PseudoType(int oid, String name, String sqlName, int length) {
        super(oid, name, sqlName, length, 'P', false, 0);
    }

    private SqlException refuse(String verb) {
        return new SqlException(SqlState.FEATURE_NOT_SUPPORTED, "cannot " + verb + " a value of type " + sqlName());
    }

    @Override
    public Object parse(String text, TypeContext context) {
        throw refuse("accept");
    }

    @Override
    public String format(Object value, TypeContext context) {
        if (oid() == TypeRegistry.VOID.oid()) {
            return "";
        }
        throw refuse("display");
    }

    @Override
    public void writeBinary(Object value, FieldSink sink, TypeContext context) {
        sink.textField(format(value, context));
    }

    @Override
    public Object readBinary(byte[] buffer, int offset, int count, TypeContext context) {
        throw refuse("accept");
    }

    @Override
    public boolean storable() {
        return false;
    }

    @Override
    public void encodeField(Object value, ByteWriter out) {
        throw refuse("store");
    }

    @Override
    public Object decodeField(byte[] buffer, int offset, int count) {
        throw refuse("store");
    }

    @Override
    public boolean comparable() {
        return false;
    }

    @Override
    public int compare(Object a, Object b) {
        throw refuse("compare");
    }

    @Override
    public int hash(Object value) {
        throw refuse("hash");
    }
}
