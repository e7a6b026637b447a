package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.door.FieldSink;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** record: a row whose shape the value itself knows. Not a column's type, but rows of it are sorted, spilled and sent. */
class RecordType extends BasicType {
    static final int OID = 2249;

    RecordType() {
        super(OID, "record", "record", -1, 'P', false, 2287);
    }

    @Override
    public Object parse(String text, TypeContext context) {
        throw new SqlException(SqlState.FEATURE_NOT_SUPPORTED, "input of anonymous composite types is not implemented");
    }

    @Override
    public String format(Object value, TypeContext context) {
        SqlRecord row = (SqlRecord) value;
        StringBuilder out = new StringBuilder("(");
        for (int i = 0; i < row.values().length; i++) {
            if (i > 0) {
                out.append(',');
            }
            Object field = row.values()[i];
            if (field != null) {
                appendField(row.types().get(i).format(field, context), out);
            }
        }
        return out.append(')').toString();
    }

    private static void appendField(String text, StringBuilder out) {
        boolean quotes = text.isEmpty();
        for (int i = 0; i < text.length() && !quotes; i++) {
            char c = text.charAt(i);
            quotes = c == '"' || c == '\\' || c == '(' || c == ')' || c == ',' || Whitespace.is(c);
        }
        if (!quotes) {
            out.append(text);
            return;
        }
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append(c);
            }
            out.append(c);
        }
        out.append('"');
    }

    @Override
    public void writeBinary(Object value, FieldSink sink, TypeContext context) {
        SqlRecord row = (SqlRecord) value;
        ElementSink fields = new ElementSink();
        fields.writeInt(row.values().length);
        for (int i = 0; i < row.values().length; i++) {
            SqlType type = row.types().get(i);
            Object field = row.values()[i];
            fields.writeInt(type.oid());
            if (field == null) {
                fields.nullField();
            } else {
                type.writeBinary(field, fields, context);
            }
        }
        fields.writeTo(sink);
    }

    @Override
    public Object readBinary(byte[] buffer, int offset, int count, TypeContext context) {
        throw new SqlException(SqlState.FEATURE_NOT_SUPPORTED, "input of anonymous composite types is not implemented");
    }

    @Override
    public boolean storable() {
        return false;
    }

    // Field, for rows that are spilled: number of fields, then of each its type, its name and its value.

    @Override
    public void encodeField(Object value, ByteWriter out) {
        SqlRecord row = (SqlRecord) value;
        out.writeInt(row.values().length);
        for (int i = 0; i < row.values().length; i++) {
            SqlType type = row.types().get(i);
            out.writeInt(type.oid());
            int at = out.length();
            out.writeInt(0);
            out.writeUtf8(row.names().get(i));
            Lengths.patch(out, at);
            Lengths.encodeField(type, row.values()[i], out);
        }
    }

    @Override
    public Object decodeField(byte[] buffer, int offset, int count) {
        int size = BigEndian.getInt(buffer, offset);
        int at = offset + 4;
        List<SqlType> types = new ArrayList<>(size);
        List<String> names = new ArrayList<>(size);
        @Nullable Object[] values = new @Nullable Object[size];
        for (int i = 0; i < size; i++) {
            SqlType type = TypeRegistry.get(BigEndian.getInt(buffer, at));
            int nameLength = BigEndian.getInt(buffer, at + 4);
            types.add(type);
            names.add(new String(buffer, at + 8, nameLength, StandardCharsets.UTF_8));
            at += 8 + nameLength;
            int length = BigEndian.getInt(buffer, at);
            at += 4;
            if (length >= 0) {
                values[i] = type.decodeField(buffer, at, length);
                at += length;
            }
        }
        return new SqlRecord(types, names, values);
    }

    @Override
    public void encodeKey(Object value, ByteWriter out) {
        SqlRecord row = (SqlRecord) value;
        for (int i = 0; i < row.values().length; i++) {
            SequenceOrder.encodeElement(row.types().get(i), row.values()[i], out);
        }
        SequenceOrder.encodeEnd(out);
    }

    @Override
    public int compare(Object a, Object b) {
        SqlRecord left = (SqlRecord) a;
        SqlRecord right = (SqlRecord) b;
        int common = Math.min(left.values().length, right.values().length);
        for (int i = 0; i < common; i++) {
            SqlType type = left.types().get(i);
            if (type.oid() != right.types().get(i).oid()) {
                throw new SqlException(
                        SqlState.DATATYPE_MISMATCH,
                        "cannot compare dissimilar column types " + type.formatName(-1) + " and "
                                + right.types().get(i).formatName(-1) + " at record column " + (i + 1));
            }
            int order = SequenceOrder.compareElements(type, left.values()[i], right.values()[i]);
            if (order != 0) {
                return order;
            }
        }
        if (left.values().length != right.values().length) {
            throw new SqlException(
                    SqlState.DATATYPE_MISMATCH, "cannot compare record types with different numbers of columns");
        }
        return 0;
    }

    @Override
    public int hash(Object value) {
        SqlRecord row = (SqlRecord) value;
        int hash = 1;
        for (int i = 0; i < row.values().length; i++) {
            Object field = row.values()[i];
            hash = Hashing.combine(hash, field == null ? 0 : row.types().get(i).hash(field));
        }
        return hash;
    }
}
