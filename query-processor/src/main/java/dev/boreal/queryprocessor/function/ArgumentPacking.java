package dev.boreal.queryprocessor.function;

import dev.boreal.queryprocessor.type.SqlArray;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a call's arguments into a function's: puts named ones in place, adds defaults, gathers VARIADIC ones into an array. */
final class ArgumentPacking {
    private final int[] parameterOf;
    private final int parameterCount;
    private final @Nullable Object[] template;
    private final @Nullable SqlType gathered;
    private final boolean strict;

    /** @param gathered element type of the array that an expanded VARIADIC parameter becomes, null if there is none */
    ArgumentPacking(FunctionCandidate candidate, @Nullable SqlType gathered) {
        FunctionSignature signature = candidate.entry().signature();
        this.parameterOf = candidate.parameterOf();
        this.parameterCount = signature.argumentTypes().size();
        this.template = new Object[parameterCount];
        List<Object> defaults = signature.defaults();
        for (int i = 0; i < defaults.size(); i++) {
            template[parameterCount - defaults.size() + i] = defaults.get(i);
        }
        this.gathered = gathered;
        this.strict = signature.strict();
    }

    /** The function's arguments, or null if it is strict and one of them is null. */
    @Nullable Object @Nullable [] pack(@Nullable Object[] arguments) {
        @Nullable Object[] packed = template.clone();
        int single = gathered == null ? arguments.length : parameterCount - 1;
        for (int i = 0; i < single; i++) {
            packed[parameterOf[i]] = arguments[i];
        }
        if (gathered != null) {
            packed[single] = SqlArray.of(gathered.oid(), Arrays.copyOfRange(arguments, single, arguments.length));
        }
        if (strict) {
            for (Object value : packed) {
                if (value == null) {
                    return null;
                }
            }
        }
        return packed;
    }

    ScalarFunction scalar(ScalarFunction body) {
        return (context, arguments) -> {
            @Nullable Object[] packed = pack(arguments);
            return packed == null ? null : body.apply(context, packed);
        };
    }

    TableFunction table(TableFunction body) {
        return (context, arguments) -> {
            @Nullable Object[] packed = pack(arguments);
            return packed == null ? java.util.Collections.emptyIterator() : body.rows(context, packed);
        };
    }
}
