package dev.boreal.queryprocessor.plan.relation;

import dev.boreal.queryprocessor.syntax.tree.WindowDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What follows OVER, names resolved. */
public record WindowSpecification(
        List<BoundExpression> partitionBy,
        List<SortKey> orderBy,
        WindowDefinition.Mode mode,
        WindowDefinition.BoundKind startKind,
        @Nullable BoundExpression startOffset,
        WindowDefinition.BoundKind endKind,
        @Nullable BoundExpression endOffset,
        WindowDefinition.Exclusion exclusion) {}
