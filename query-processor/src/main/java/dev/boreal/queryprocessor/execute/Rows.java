package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Small operations on rows. */
final class Rows {
    private Rows() {}

    static @Nullable Object[] evaluate(Scalar[] expressions, @Nullable Object[] row, Execution execution) {
        @Nullable Object[] values = new Object[expressions.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = expressions[i].evaluate(row, execution);
        }
        return values;
    }

    static @Nullable Object[] concatenate(@Nullable Object[] left, @Nullable Object[] right) {
        @Nullable Object[] both = new Object[left.length + right.length];
        System.arraycopy(left, 0, both, 0, left.length);
        System.arraycopy(right, 0, both, left.length, right.length);
        return both;
    }

    static boolean hasNull(@Nullable Object[] values) {
        for (Object value : values) {
            if (value == null) {
                return true;
            }
        }
        return false;
    }

    /** Every row of an operator. */
    static List<@Nullable Object[]> drain(Operator operator, Execution execution) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        try (Operator.Cursor cursor = execution.open(operator)) {
            for (@Nullable Object[] row = cursor.next(); row != null; row = cursor.next()) {
                rows.add(row);
            }
        }
        return rows;
    }

    /** Bytes as a key of a hash table. */
    record Bytes(byte[] bytes) {
        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
        }
    }

    /** A row as a key of a hash table: equal if its values are, where NULL equals NULL. */
    static final class HashKey {
        private final @Nullable Object[] values;
        private final SqlType[] types;
        private final int hash;

        HashKey(@Nullable Object[] values, SqlType[] types) {
            this.values = values;
            this.types = types;
            int mixed = 1;
            for (int i = 0; i < types.length; i++) {
                Object value = values[i];
                mixed = 31 * mixed + (value == null ? 0 : types[i].hash(value));
            }
            hash = mixed;
        }

        @Nullable Object[] values() {
            return values;
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (!(other instanceof HashKey that) || hash != that.hash) {
                return false;
            }
            for (int i = 0; i < types.length; i++) {
                Object a = values[i];
                Object b = that.values[i];
                if (a == null || b == null) {
                    if (a != null || b != null) {
                        return false;
                    }
                } else if (!types[i].equal(a, b)) {
                    return false;
                }
            }
            return true;
        }
    }
}
