package dev.boreal.queryprocessor.plan.bind;

import dev.boreal.queryprocessor.syntax.tree.TableExpression;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a tree mentions a table by its bare name; asked for the tables of WITH RECURSIVE only. */
final class Mentions {
    private Mentions() {}

    static boolean table(Object node, String name) {
        return visit(node, name);
    }

    static boolean body(Object node, String name) {
        return visit(node, name);
    }

    private static boolean visit(@Nullable Object node, String name) {
        if (node instanceof TableExpression.Table table
                && table.name().schema() == null
                && table.name().name().equals(name)) {
            return true;
        }
        if (node instanceof List<?> list) {
            for (Object element : list) {
                if (visit(element, name)) {
                    return true;
                }
            }
            return false;
        }
        if (!(node instanceof Record)) {
            return false;
        }
        for (RecordComponent component : node.getClass().getRecordComponents()) {
            if (!component.getType().isPrimitive() && visit(value(node, component), name)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Object value(Object node, RecordComponent component) {
        try {
            return component.getAccessor().invoke(node);
        } catch (IllegalAccessException | InvocationTargetException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
