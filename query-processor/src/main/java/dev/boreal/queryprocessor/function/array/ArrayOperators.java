package dev.boreal.queryprocessor.function.array;

import static dev.boreal.queryprocessor.function.array.ArrayFunctions.array;
import static dev.boreal.queryprocessor.function.array.ArrayFunctions.element;

import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.FunctionProvider;
import dev.boreal.queryprocessor.type.SqlArray;
import dev.boreal.queryprocessor.type.SqlType;
import org.jspecify.annotations.Nullable;

/** Operators on arrays that are no comparisons. */
public final class ArrayOperators implements FunctionProvider {
    @Override
    public void register(Bindings bindings) {
        bindings.operator(
                        "anycompatiblearray || anycompatiblearray",
                        (c, a) -> ArrayConcatenation.concatenate(a[0], a[1]))
                .operatorOf("anycompatiblearray || anycompatible", types -> {
                    int oid = element(types, 0).oid();
                    return (c, a) -> ArrayConcatenation.append(a[0] == null ? SqlArray.of(oid) : array(a, 0), a[1]);
                })
                .operatorOf("anycompatible || anycompatiblearray", types -> {
                    int oid = element(types, 1).oid();
                    return (c, a) -> ArrayConcatenation.prepend(a[0], a[1] == null ? SqlArray.of(oid) : array(a, 1));
                })
                .operatorOf("anyarray @> anyarray", types -> {
                    SqlType element = element(types, 0);
                    return (c, a) -> contains(array(a, 0), array(a, 1), element);
                })
                .operatorOf("anyarray <@ anyarray", types -> {
                    SqlType element = element(types, 0);
                    return (c, a) -> contains(array(a, 1), array(a, 0), element);
                })
                .operatorOf("anyarray && anyarray", types -> {
                    SqlType element = element(types, 0);
                    return (c, a) -> overlap(array(a, 0), array(a, 1), element);
                });
    }

    private static boolean contains(SqlArray whole, SqlArray part, SqlType element) {
        for (Object wanted : part.elements()) {
            if (!has(whole, wanted, element)) {
                return false;
            }
        }
        return true;
    }

    private static boolean overlap(SqlArray a, SqlArray b, SqlType element) {
        for (Object value : a.elements()) {
            if (has(b, value, element)) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(SqlArray array, @Nullable Object wanted, SqlType element) {
        if (wanted == null) {
            return false;
        }
        for (Object value : array.elements()) {
            if (value != null && element.equal(value, wanted)) {
                return true;
            }
        }
        return false;
    }
}
