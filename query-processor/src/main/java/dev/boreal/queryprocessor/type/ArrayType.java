package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.door.FieldSink;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The array type of an element type. The number of dimensions is a property of the value, not of the type. */
class ArrayType extends SqlType {
    static final int MAX_DIMENSIONS = 6;

    private final SqlType element;

    ArrayType(SqlType element) {
        this(element.arrayOid(), "_" + element.name(), element, 0);
    }

    ArrayType(int oid, String name, SqlType element, int arrayOid) {
        super(oid, name, -1, element.oid() == RecordType.OID ? 'P' : 'A', false, arrayOid);
        this.element = element;
    }

    final SqlType element() {
        return element;
    }

    @Override
    public String formatName(int typeModifier) {
        return element.formatName(typeModifier) + "[]";
    }

    @Override
    public int typeModifierOf(List<Integer> arguments) {
        return element.typeModifierOf(arguments);
    }

    @Override
    public Object applyModifier(Object value, int typeModifier, boolean explicit) {
        if (typeModifier < 0) {
            return value;
        }
        SqlArray array = (SqlArray) value;
        @Nullable Object[] elements = array.elements().clone();
        for (int i = 0; i < elements.length; i++) {
            Object old = elements[i];
            elements[i] = old == null ? null : element.applyModifier(old, typeModifier, explicit);
        }
        return new SqlArray(array.elementOid(), array.dimensions(), array.lowerBounds(), elements);
    }

    @Override
    public Object parse(String text, TypeContext context) {
        return new ArrayReader(text, element, context).read();
    }

    @Override
    public String format(Object value, TypeContext context) {
        return ArrayText.format((SqlArray) value, element, context);
    }

    @Override
    public void writeBinary(Object value, FieldSink sink, TypeContext context) {
        SqlArray array = (SqlArray) value;
        ElementSink elements = new ElementSink();
        elements.writeInt(array.dimensions().length);
        elements.writeInt(hasNull(array) ? 1 : 0);
        elements.writeInt(element.oid());
        for (int i = 0; i < array.dimensions().length; i++) {
            elements.writeInt(array.dimensions()[i]);
            elements.writeInt(array.lowerBounds()[i]);
        }
        for (Object item : array.elements()) {
            if (item == null) {
                elements.nullField();
            } else {
                element.writeBinary(item, elements, context);
            }
        }
        elements.writeTo(sink);
    }

    private static boolean hasNull(SqlArray array) {
        for (Object item : array.elements()) {
            if (item == null) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Object readBinary(byte[] buffer, int offset, int count, TypeContext context) {
        int end = offset + count;
        if (count < 12) {
            throw BigEndian.insufficientData();
        }
        int dimensionCount = BigEndian.getInt(buffer, offset);
        int flags = BigEndian.getInt(buffer, offset + 4);
        int elementOid = BigEndian.getInt(buffer, offset + 8);
        if (dimensionCount < 0 || dimensionCount > MAX_DIMENSIONS) {
            throw new SqlException(
                    SqlState.INVALID_BINARY_REPRESENTATION, "invalid number of dimensions: " + dimensionCount);
        }
        if (flags != 0 && flags != 1) {
            throw new SqlException(SqlState.INVALID_BINARY_REPRESENTATION, "invalid array flags");
        }
        if (elementOid != element.oid()) {
            throw new SqlException(SqlState.DATATYPE_MISMATCH, "wrong element type");
        }
        int at = offset + 12;
        if (end - at < 8 * dimensionCount) {
            throw BigEndian.insufficientData();
        }
        int[] dimensions = new int[dimensionCount];
        int[] lowerBounds = new int[dimensionCount];
        long size = dimensionCount == 0 ? 0 : 1;
        for (int i = 0; i < dimensionCount; i++, at += 8) {
            dimensions[i] = BigEndian.getInt(buffer, at);
            lowerBounds[i] = BigEndian.getInt(buffer, at + 4);
            size *= Math.max(0, dimensions[i]);
            // Each element takes at least its length, so the message itself bounds how many there can be.
            if (dimensions[i] < 0 || size > (end - at) / 4) {
                throw BigEndian.insufficientData();
            }
        }
        @Nullable Object[] elements = new @Nullable Object[(int) size];
        for (int i = 0; i < elements.length; i++) {
            if (end - at < 4) {
                throw BigEndian.insufficientData();
            }
            int length = BigEndian.getInt(buffer, at);
            at += 4;
            if (length >= 0) {
                if (length > end - at) {
                    throw BigEndian.insufficientData();
                }
                elements[i] = element.readBinary(buffer, at, length, context);
                at += length;
            }
        }
        if (at != end) {
            throw BigEndian.incorrectFormat();
        }
        return size == 0 ? SqlArray.of(element.oid()) : new SqlArray(element.oid(), dimensions, lowerBounds, elements);
    }

    // Field: number of dimensions in one byte, length and lower bound of each, then the elements behind their lengths.

    @Override
    public void encodeField(Object value, ByteWriter out) {
        SqlArray array = (SqlArray) value;
        int[] dimensions = array.dimensions();
        out.writeByte(dimensions.length);
        for (int i = 0; i < dimensions.length; i++) {
            out.writeInt(dimensions[i]);
            out.writeInt(array.lowerBounds()[i]);
        }
        for (Object item : array.elements()) {
            Lengths.encodeField(element, item, out);
        }
    }

    @Override
    public Object decodeField(byte[] buffer, int offset, int count) {
        int dimensionCount = buffer[offset];
        int at = offset + 1;
        int[] dimensions = new int[dimensionCount];
        int[] lowerBounds = new int[dimensionCount];
        int size = dimensionCount == 0 ? 0 : 1;
        for (int i = 0; i < dimensionCount; i++, at += 8) {
            dimensions[i] = BigEndian.getInt(buffer, at);
            lowerBounds[i] = BigEndian.getInt(buffer, at + 4);
            size *= dimensions[i];
        }
        @Nullable Object[] elements = new @Nullable Object[size];
        for (int i = 0; i < size; i++) {
            int length = BigEndian.getInt(buffer, at);
            at += 4;
            if (length >= 0) {
                elements[i] = element.decodeField(buffer, at, length);
                at += length;
            }
        }
        return new SqlArray(element.oid(), dimensions, lowerBounds, elements);
    }

    @Override
    public boolean keyable() {
        return element.keyable();
    }

    @Override
    public void encodeKey(Object value, ByteWriter out) {
        SqlArray array = (SqlArray) value;
        for (Object item : array.elements()) {
            SequenceOrder.encodeElement(element, item, out);
        }
        SequenceOrder.encodeEnd(out);
        out.writeByte(array.dimensions().length);
        for (int dimension : array.dimensions()) {
            out.writeInt(dimension);
        }
        for (int lowerBound : array.lowerBounds()) {
            out.writeInt(lowerBound ^ Integer.MIN_VALUE);
        }
    }

    @Override
    public boolean comparable() {
        return element.comparable();
    }

    @Override
    public int compare(Object a, Object b) {
        SqlArray left = (SqlArray) a;
        SqlArray right = (SqlArray) b;
        int common = Math.min(left.size(), right.size());
        for (int i = 0; i < common; i++) {
            int order = SequenceOrder.compareElements(element, left.elements()[i], right.elements()[i]);
            if (order != 0) {
                return order;
            }
        }
        int order = Integer.compare(left.size(), right.size());
        if (order == 0) {
            order = Integer.compare(left.dimensions().length, right.dimensions().length);
        }
        for (int i = 0; order == 0 && i < left.dimensions().length; i++) {
            order = Integer.compare(left.dimensions()[i], right.dimensions()[i]);
        }
        for (int i = 0; order == 0 && i < left.dimensions().length; i++) {
            order = Integer.compare(left.lowerBounds()[i], right.lowerBounds()[i]);
        }
        return order;
    }

    @Override
    public int hash(Object value) {
        int hash = 1;
        for (Object item : ((SqlArray) value).elements()) {
            hash = Hashing.combine(hash, item == null ? 0 : element.hash(item));
        }
        return hash;
    }
}
