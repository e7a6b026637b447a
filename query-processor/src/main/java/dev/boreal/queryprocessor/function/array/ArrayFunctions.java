package dev.boreal.queryprocessor.function.array;

import static dev.boreal.queryprocessor.function.Arguments.any;
import static dev.boreal.queryprocessor.function.Arguments.bool;
import static dev.boreal.queryprocessor.function.Arguments.integer;
import static dev.boreal.queryprocessor.function.Arguments.text;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.CallTypes;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.function.FunctionProvider;
import dev.boreal.queryprocessor.function.SingleColumn;
import dev.boreal.queryprocessor.function.TypeFamily;
import dev.boreal.queryprocessor.type.SqlArray;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Functions of arrays. */
public final class ArrayFunctions implements FunctionProvider {
    @Override
    public void register(Bindings bindings) {
        shape(bindings);
        changes(bindings);
        searches(bindings);
        texts(bindings);
        sets(bindings);
    }

    static SqlArray array(@Nullable Object[] arguments, int index) {
        return (SqlArray) any(arguments, index);
    }

    static SqlType element(CallTypes types, int argument) {
        return Objects.requireNonNull(TypeFamily.elementOf(types.argument(argument)), "no array");
    }

    private static void shape(Bindings bindings) {
        bindings.scalar(
                        "array_length(anyarray,int4)",
                        (c, a) -> has(array(a, 0), integer(a, 1)) ? array(a, 0).dimensions()[integer(a, 1) - 1] : null)
                .scalar(
                        "array_lower(anyarray,int4)",
                        (c, a) -> has(array(a, 0), integer(a, 1)) ? array(a, 0).lowerBounds()[integer(a, 1) - 1] : null)
                .scalar(
                        "array_upper(anyarray,int4)",
                        (c, a) -> has(array(a, 0), integer(a, 1))
                                ? array(a, 0).lowerBounds()[integer(a, 1) - 1]
                                        + array(a, 0).dimensions()[integer(a, 1) - 1]
                                        - 1
                                : null)
                .scalar(
                        "array_ndims(anyarray)",
                        (c, a) -> array(a, 0).dimensions().length == 0
                                ? null
                                : array(a, 0).dimensions().length)
                .scalar("array_dims(anyarray)", (c, a) -> dimensions(array(a, 0)))
                .scalar("cardinality(anyarray)", (c, a) -> array(a, 0).elements().length);
    }

    private static boolean has(SqlArray array, int dimension) {
        return dimension >= 1 && dimension <= array.dimensions().length;
    }

    private static @Nullable String dimensions(SqlArray array) {
        if (array.dimensions().length == 0) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < array.dimensions().length; i++) {
            int low = array.lowerBounds()[i];
            text.append('[')
                    .append(low)
                    .append(':')
                    .append(low + array.dimensions()[i] - 1)
                    .append(']');
        }
        return text.toString();
    }

    private static void changes(Bindings bindings) {
        bindings.scalarOf("array_append(anycompatiblearray,anycompatible)", types -> {
                    int oid = element(types, 0).oid();
                    return (c, a) -> ArrayConcatenation.append(orEmpty(a[0], oid), a[1]);
                })
                .scalarOf("array_prepend(anycompatible,anycompatiblearray)", types -> {
                    int oid = element(types, 1).oid();
                    return (c, a) -> ArrayConcatenation.prepend(a[0], orEmpty(a[1], oid));
                })
                .scalar(
                        "array_cat(anycompatiblearray,anycompatiblearray)",
                        (c, a) -> ArrayConcatenation.concatenate(a[0], a[1]))
                .scalarOf("array_remove(anycompatiblearray,anycompatible)", types -> {
                    SqlType element = element(types, 0);
                    return (c, a) -> a[0] == null ? null : remove(array(a, 0), a[1], element);
                })
                .scalarOf("array_replace(anycompatiblearray,anycompatible,anycompatible)", types -> {
                    SqlType element = element(types, 0);
                    return (c, a) -> a[0] == null ? null : replace(array(a, 0), a[1], a[2], element);
                })
                .scalar("trim_array(anyarray,int4)", (c, a) -> trim(array(a, 0), integer(a, 1)))
                .scalarOf("array_fill(anyelement,_int4)", types -> {
                    int oid = types.argument(0).oid();
                    return (c, a) -> fill(oid, a[0], (SqlArray) a[1], null);
                })
                .scalarOf("array_fill(anyelement,_int4,_int4)", types -> {
                    int oid = types.argument(0).oid();
                    return (c, a) -> fill(oid, a[0], (SqlArray) a[1], (SqlArray) a[2]);
                });
    }

    private static SqlArray orEmpty(@Nullable Object array, int elementOid) {
        return array == null ? SqlArray.of(elementOid) : (SqlArray) array;
    }

    static boolean same(@Nullable Object a, @Nullable Object b, SqlType element) {
        return a == null ? b == null : b != null && element.equal(a, b);
    }

    private static SqlArray remove(SqlArray array, @Nullable Object unwanted, SqlType element) {
        if (array.dimensions().length > 1) {
            throw SqlException.notSupported("removing elements from multidimensional arrays");
        }
        List<@Nullable Object> left = new ArrayList<>();
        for (Object value : array.elements()) {
            if (!same(value, unwanted, element)) {
                left.add(value);
            }
        }
        if (left.size() == array.elements().length) {
            return array;
        }
        return left.isEmpty()
                ? SqlArray.of(array.elementOid())
                : new SqlArray(array.elementOid(), new int[] {left.size()}, array.lowerBounds(), left.toArray());
    }

    private static SqlArray replace(SqlArray array, @Nullable Object from, @Nullable Object to, SqlType element) {
        @Nullable Object[] values = array.elements().clone();
        for (int i = 0; i < values.length; i++) {
            if (same(values[i], from, element)) {
                values[i] = to;
            }
        }
        return new SqlArray(array.elementOid(), array.dimensions(), array.lowerBounds(), values);
    }

    private static SqlArray trim(SqlArray array, int count) {
        int length = array.dimensions().length == 0 ? 0 : array.dimensions()[0];
        if (count < 0 || count > length) {
            throw new SqlException("2202E", "number of elements to trim must be between 0 and " + length);
        }
        if (count == length) {
            return SqlArray.of(array.elementOid());
        }
        int[] dimensions = array.dimensions().clone();
        int stride = array.elements().length / length;
        dimensions[0] = length - count;
        int[] lowerBounds = new int[dimensions.length];
        Arrays.fill(lowerBounds, 1);
        return new SqlArray(
                array.elementOid(),
                dimensions,
                lowerBounds,
                Arrays.copyOf(array.elements(), (length - count) * stride));
    }

    private static SqlArray fill(
            int elementOid, @Nullable Object value, @Nullable SqlArray sizes, @Nullable SqlArray bounds) {
        if (sizes == null) {
            throw new SqlException(
                    SqlState.NULL_VALUE_NOT_ALLOWED, "dimension array or low bound array cannot be null");
        }
        int[] dimensions = new int[sizes.elements().length];
        int[] lowerBounds = new int[dimensions.length];
        long total = dimensions.length == 0 ? 0 : 1;
        for (int i = 0; i < dimensions.length; i++) {
            Object size = sizes.elements()[i];
            Object bound = bounds == null ? (Object) 1 : bounds.elements()[i];
            if (size == null || bound == null) {
                throw new SqlException(SqlState.NULL_VALUE_NOT_ALLOWED, "dimension values cannot be null");
            }
            dimensions[i] = (Integer) size;
            lowerBounds[i] = (Integer) bound;
            total *= dimensions[i];
        }
        if (total <= 0) {
            return SqlArray.of(elementOid);
        }
        if (total > 134_217_727) {
            throw new SqlException(
                    SqlState.PROGRAM_LIMIT_EXCEEDED, "array size exceeds the maximum allowed (134217727)");
        }
        @Nullable Object[] values = new Object[(int) total];
        Arrays.fill(values, value);
        return new SqlArray(elementOid, dimensions, lowerBounds, values);
    }

    private static void searches(Bindings bindings) {
        bindings.scalarOf("array_position(anycompatiblearray,anycompatible)", types -> {
                    SqlType element = element(types, 0);
                    return (c, a) -> a[0] == null ? null : position(array(a, 0), a[1], Integer.MIN_VALUE, element);
                })
                .scalarOf("array_position(anycompatiblearray,anycompatible,int4)", types -> {
                    SqlType element = element(types, 0);
                    return (c, a) -> a[0] == null ? null : position(array(a, 0), a[1], integer(a, 2), element);
                })
                .scalarOf("array_positions(anycompatiblearray,anycompatible)", types -> {
                    SqlType element = element(types, 0);
                    return (c, a) -> a[0] == null ? null : positions(array(a, 0), a[1], element);
                });
    }

    private static void requireOneDimension(SqlArray array) {
        if (array.dimensions().length > 1) {
            throw SqlException.notSupported("searching for elements in multidimensional arrays");
        }
    }

    private static @Nullable Integer position(SqlArray array, @Nullable Object wanted, int from, SqlType element) {
        requireOneDimension(array);
        for (int i = 0; i < array.elements().length; i++) {
            int index = i + array.lowerBounds()[0];
            if (index >= from && same(array.elements()[i], wanted, element)) {
                return index;
            }
        }
        return null;
    }

    private static SqlArray positions(SqlArray array, @Nullable Object wanted, SqlType element) {
        requireOneDimension(array);
        List<Object> found = new ArrayList<>();
        for (int i = 0; i < array.elements().length; i++) {
            if (same(array.elements()[i], wanted, element)) {
                found.add(i + array.lowerBounds()[0]);
            }
        }
        return SqlArray.of(TypeRegistry.INT4.oid(), found.toArray());
    }

    private static void texts(Bindings bindings) {
        bindings.scalarOf("array_to_string(anyarray,text)", types -> {
                    SqlType element = element(types, 0);
                    return (c, a) -> join(c, array(a, 0), element, text(a, 1), null);
                })
                .scalarOf("array_to_string(anyarray,text,text)", types -> {
                    SqlType element = element(types, 0);
                    return (c, a) -> a[0] == null || a[1] == null
                            ? null
                            : join(c, array(a, 0), element, text(a, 1), (String) a[2]);
                })
                .scalar(
                        "string_to_array(text,text)",
                        (c, a) -> a[0] == null
                                ? null
                                : SqlArray.of(
                                        TypeRegistry.TEXT.oid(),
                                        split(text(a, 0), (String) a[1], null).toArray()))
                .scalar(
                        "string_to_array(text,text,text)",
                        (c, a) -> a[0] == null
                                ? null
                                : SqlArray.of(
                                        TypeRegistry.TEXT.oid(),
                                        split(text(a, 0), (String) a[1], (String) a[2])
                                                .toArray()))
                .table(
                        "string_to_table(text,text)",
                        (c, a) -> new SingleColumn(
                                a[0] == null
                                        ? Collections.emptyIterator()
                                        : split(text(a, 0), (String) a[1], null).iterator()))
                .table(
                        "string_to_table(text,text,text)",
                        (c, a) -> new SingleColumn(
                                a[0] == null
                                        ? Collections.emptyIterator()
                                        : split(text(a, 0), (String) a[1], (String) a[2])
                                                .iterator()));
    }

    private static String join(
            EvaluationContext context, SqlArray array, SqlType element, String separator, @Nullable String nullText) {
        StringBuilder text = new StringBuilder();
        boolean any = false;
        for (Object value : array.elements()) {
            if (value == null && nullText == null) {
                continue;
            }
            text.append(any ? separator : "").append(value == null ? nullText : element.format(value, context));
            any = true;
        }
        return text.toString();
    }

    private static List<@Nullable Object> split(String text, @Nullable String separator, @Nullable String nullText) {
        List<@Nullable Object> parts = new ArrayList<>();
        if (text.isEmpty()) {
            return parts;
        }
        if (separator == null) {
            text.codePoints().forEach(c -> parts.add(orNull(Character.toString(c), nullText)));
            return parts;
        }
        if (separator.isEmpty()) {
            parts.add(orNull(text, nullText));
            return parts;
        }
        int from = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
            parts.add(orNull(text.substring(from, at), nullText));
            from = at + separator.length();
        }
        parts.add(orNull(text.substring(from), nullText));
        return parts;
    }

    private static @Nullable Object orNull(String part, @Nullable String nullText) {
        return part.equals(nullText) ? null : part;
    }

    private static void sets(Bindings bindings) {
        bindings.table(
                        "unnest(anyarray)",
                        (c, a) -> new SingleColumn(
                                Arrays.asList(array(a, 0).elements()).iterator()))
                .table(
                        "generate_subscripts(anyarray,int4)",
                        (c, a) -> new SingleColumn(
                                subscripts(array(a, 0), integer(a, 1), false).iterator()))
                .table(
                        "generate_subscripts(anyarray,int4,bool)",
                        (c, a) -> new SingleColumn(subscripts(array(a, 0), integer(a, 1), bool(a, 2))
                                .iterator()));
    }

    private static List<Integer> subscripts(SqlArray array, int dimension, boolean reverse) {
        List<Integer> subscripts = new ArrayList<>();
        if (has(array, dimension)) {
            int low = array.lowerBounds()[dimension - 1];
            for (int i = 0; i < array.dimensions()[dimension - 1]; i++) {
                subscripts.add(low + i);
            }
        }
        return reverse ? subscripts.reversed() : subscripts;
    }
}
