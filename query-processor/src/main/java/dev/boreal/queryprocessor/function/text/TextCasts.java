package dev.boreal.queryprocessor.function.text;

import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.CastFunction;
import dev.boreal.queryprocessor.function.FunctionProvider;
import dev.boreal.queryprocessor.syntax.Identifiers;
import dev.boreal.queryprocessor.type.TypeRegistry;

/** Casts among character types, and from boolean. */
public final class TextCasts implements FunctionProvider {
    @Override
    public void register(Bindings bindings) {
        CastFunction same = CastFunction.IDENTITY;
        bindings.cast("bool text, bool varchar, bool bpchar", (c, v) -> (Boolean) v ? "true" : "false")
                .cast("bpchar text, bpchar varchar", (c, v) -> stripBlanks((String) v))
                .cast("bpchar bpchar, varchar varchar, name text, name varchar, name bpchar, char text", same)
                .cast("text name, varchar name", (c, v) -> Identifiers.truncate((String) v))
                .cast("bpchar name", (c, v) -> Identifiers.truncate(stripBlanks((String) v)))
                .cast("text char, varchar char, bpchar char", (c, v) -> TypeRegistry.CHAR.parse((String) v, c))
                .cast("char bpchar, char varchar", same)
                .cast("char int4", (c, v) -> ((String) v).isEmpty() ? 0 : (int) (byte) ((String) v).charAt(0))
                .cast("text regclass, varchar regclass", (c, v) -> TypeRegistry.REGCLASS.parse((String) v, c));
    }

    private static String stripBlanks(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }
}
