package dev.boreal.queryprocessor.type;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of type record, anonymous or a table's row. Who makes one hands {@code values} over and changes it no more.
 *
 * @param names names of the fields, as row_to_json shows them; {@code f1, f2, …} of an anonymous row
 */
public record SqlRecord(
        List<SqlType> types, List<String> names, @Nullable Object[] values) {

    public SqlRecord {
        if (types.size() != values.length || names.size() != values.length) {
            throw new IllegalArgumentException(
                    types.size() + " types, " + names.size() + " names, " + values.length + " values");
        }
    }

    /** The row that ROW(…) makes. */
    public static SqlRecord anonymous(List<SqlType> types, @Nullable Object[] values) {
        String[] names = new String[values.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = "f" + (i + 1);
        }
        return new SqlRecord(types, List.of(names), values);
    }

    /** Field by field, by Java equality; the type's own equality is {@link SqlType#equal}. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SqlRecord record
                && types.equals(record.types)
                && names.equals(record.names)
                && Arrays.deepEquals(values, record.values);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(values);
    }

    @Override
    public String toString() {
        return "SqlRecord" + Arrays.deepToString(values);
    }
}
