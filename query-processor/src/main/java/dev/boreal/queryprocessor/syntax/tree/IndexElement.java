package dev.boreal.queryprocessor.syntax.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column or expression of an index, or of ON CONFLICT's inference. Exactly one of {@code column} and {@code expression} is given.
 *
 * @param operatorClass null for the type's default
 */
public record IndexElement(
        @Nullable String column,
        @Nullable Expression expression,
        @Nullable QualifiedName collation,
        @Nullable QualifiedName operatorClass,
        List<Option> operatorClassOptions,
        SortItem.Direction direction,
        SortItem.Nulls nulls,
        int position)
        implements Node {}
