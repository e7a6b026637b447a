package dev.boreal.queryprocessor.function.text;

import static dev.boreal.queryprocessor.function.Arguments.any;
import static dev.boreal.queryprocessor.function.Arguments.bytes;
import static dev.boreal.queryprocessor.function.Arguments.text;

import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.CallTypes;
import dev.boreal.queryprocessor.function.CastFunction;
import dev.boreal.queryprocessor.function.Casts;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.function.FunctionProvider;
import dev.boreal.queryprocessor.function.ScalarFunction;
import dev.boreal.queryprocessor.function.TypeFamily;
import dev.boreal.queryprocessor.type.SqlArray;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** {@code ||}, concat, concat_ws and format. */
public final class Concatenation implements FunctionProvider {
    @Override
    public void register(Bindings bindings) {
        bindings.operator("text || text", (c, a) -> text(a, 0).concat(text(a, 1)))
                .operatorOf("text || anynonarray", types -> {
                    CastFunction cast = Casts.require(types.argument(1), TypeRegistry.TEXT);
                    return (c, a) -> text(a, 0).concat((String) cast.cast(c, any(a, 1)));
                })
                .operatorOf("anynonarray || text", types -> {
                    CastFunction cast = Casts.require(types.argument(0), TypeRegistry.TEXT);
                    return (c, a) -> ((String) cast.cast(c, any(a, 0))).concat(text(a, 1));
                })
                .operator("bytea || bytea", (c, a) -> {
                    byte[] left = bytes(a, 0);
                    byte[] right = bytes(a, 1);
                    byte[] both = Arrays.copyOf(left, left.length + right.length);
                    System.arraycopy(right, 0, both, left.length, right.length);
                    return both;
                })
                .scalarOf("concat(any)", types -> concatenation(types, 0))
                .scalarOf("concat_ws(text,any)", types -> concatenation(types, 1))
                .scalarOf("format(text,any)", FormatFunction::of)
                .scalar("format(text)", (c, a) -> {
                    Object pattern = a[0];
                    return pattern == null
                            ? null
                            : FormatFunction.format(c, (String) pattern, new Object[0], new SqlType[0]);
                });
    }

    private static ScalarFunction concatenation(CallTypes types, int first) {
        return (context, arguments) -> {
            String separator = "";
            if (first == 1) {
                Object given = arguments[0];
                if (given == null) {
                    return null;
                }
                separator = (String) given;
            }
            if (types.variadicArray()) {
                SqlArray array = (SqlArray) arguments[first];
                SqlType element = TypeFamily.elementOf(types.argument(first));
                return array == null || element == null ? null : join(context, array, element, separator);
            }
            StringBuilder text = new StringBuilder();
            boolean any = false;
            for (int i = first; i < arguments.length; i++) {
                Object value = arguments[i];
                if (value != null) {
                    text.append(any ? separator : "").append(types.argument(i).format(value, context));
                    any = true;
                }
            }
            return text.toString();
        };
    }

    private static String join(EvaluationContext context, SqlArray array, SqlType element, String separator) {
        StringBuilder text = new StringBuilder();
        boolean any = false;
        for (@Nullable Object value : array.elements()) {
            if (value != null) {
                text.append(any ? separator : "").append(element.format(value, context));
                any = true;
            }
        }
        return text.toString();
    }
}
