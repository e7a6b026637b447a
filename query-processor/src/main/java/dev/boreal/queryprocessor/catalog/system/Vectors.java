package dev.boreal.queryprocessor.catalog.system;

import dev.boreal.queryprocessor.type.SqlArray;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.List;

/** Arrays and vectors as the system tables hold them. */
final class Vectors {
    private Vectors() {}

    /** int2vector or oidvector: counts from zero. */
    static SqlArray vector(int elementOid, int... numbers) {
        return new SqlArray(elementOid, new int[] {numbers.length}, new int[] {0}, boxed(numbers));
    }

    static SqlArray int2Vector(int... numbers) {
        return vector(TypeRegistry.INT2.oid(), numbers);
    }

    static SqlArray oidVector(int... numbers) {
        return vector(TypeRegistry.OID.oid(), numbers);
    }

    static SqlArray array(int elementOid, int... numbers) {
        return SqlArray.of(elementOid, boxed(numbers));
    }

    static SqlArray texts(List<String> texts) {
        return SqlArray.of(TypeRegistry.TEXT.oid(), texts.toArray());
    }

    private static Object[] boxed(int[] numbers) {
        Object[] boxes = new Object[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            boxes[i] = numbers[i];
        }
        return boxes;
    }
}
