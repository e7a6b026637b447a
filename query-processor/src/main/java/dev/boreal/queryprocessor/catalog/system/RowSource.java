package dev.boreal.queryprocessor.catalog.system;

import dev.boreal.queryprocessor.function.EvaluationContext;

/** Writes the rows of a system table. */
@FunctionalInterface
interface RowSource {
    void fill(EvaluationContext context, Sheet sheet);
}
