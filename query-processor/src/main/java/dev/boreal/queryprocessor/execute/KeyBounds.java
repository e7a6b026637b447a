package dev.boreal.queryprocessor.execute;

import dev.boreal.contracts.key.KeyRange;
import dev.boreal.queryprocessor.expression.Scalar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which part of an index a scan visits: the first columns equal to expressions, the next one between two. The
 * expressions do not read the scanned row; they have the index columns' types. A NULL among them means no row.
 */
public record KeyBounds(
        List<Scalar> equal,
        @Nullable Scalar lower,
        boolean lowerInclusive,
        @Nullable Scalar upper,
        boolean upperInclusive,
        String text) {
    public static final KeyBounds ALL = new KeyBounds(List.of(), null, false, null, false, "");

    static final @Nullable Object[] NO_ROW = new Object[0];

    public KeyBounds {
        equal = List.copyOf(equal);
    }

    /** Just the keys that start with these values. */
    public static KeyBounds equal(List<Scalar> values, String text) {
        return new KeyBounds(values, null, false, null, false, text);
    }

    /** The range for this execution, or null if no row can be in it. */
    @Nullable KeyRange resolve(KeyCodec codec, Execution execution) {
        @Nullable Object[] values = new Object[equal.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = equal.get(i).evaluate(NO_ROW, execution);
            if (values[i] == null) {
                return null;
            }
        }
        Object low = lower == null ? null : lower.evaluate(NO_ROW, execution);
        Object high = upper == null ? null : upper.evaluate(NO_ROW, execution);
        if ((lower != null && low == null) || (upper != null && high == null)) {
            return null;
        }
        KeyRange range = codec.range(values, low, lowerInclusive, high, upperInclusive);
        return range.isEmpty() ? null : range;
    }
}
