package dev.boreal.queryprocessor.syntax;

import java.lang.reflect.RecordComponent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tree as text without its positions, so that trees of different texts compare. */
final class TreeText {

    private TreeText() {}

    static String of(@Nullable Object node) {
        StringBuilder text = new StringBuilder();
        append(text, node);
        return text.toString();
    }

    private static void append(StringBuilder text, @Nullable Object node) {
        switch (node) {
            case null -> text.append('-');
            case Record value -> appendRecord(text, value);
            case List<?> list -> {
                text.append('[');
                for (Object item : list) {
                    append(text, item);
                    text.append(' ');
                }
                text.append(']');
            }
            case String string -> text.append('"').append(string).append('"');
            default -> text.append(node);
        }
    }

    private static void appendRecord(StringBuilder text, Record value) {
        text.append(value.getClass().getSimpleName()).append('{');
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            if (!component.getName().equals("position")) {
                try {
                    append(text, component.getAccessor().invoke(value));
                } catch (ReflectiveOperationException e) {
                    throw new LinkageError(e.getMessage(), e);
                }
                text.append(' ');
            }
        }
        text.append('}');
    }
}
