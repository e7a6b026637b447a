package dev.boreal.queryprocessor.syntax.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A thing named by DROP or COMMENT.
 *
 * @param name of the thing; of a column its table's name with the column as last part; a type's or domain's includes {@code pg_catalog} if a keyword
 * @param argumentTypes of a function, procedure, aggregate or operator; null if not written
 * @param table the table of a constraint, trigger, rule or policy ({@code ON table}), else null
 */
public record ObjectReference(
        QualifiedName name,
        @Nullable List<TypeName> argumentTypes,
        @Nullable QualifiedName table,
        int position) implements Node {

    public static ObjectReference of(QualifiedName name) {
        return new ObjectReference(name, null, null, name.position());
    }
}
