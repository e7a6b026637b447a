package dev.boreal.queryprocessor.catalog.definition;

import dev.boreal.queryprocessor.syntax.tree.Query;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.List;

/** Binds the query of a view. */
public interface QueryAnalyzer {

    /**
     * What a query gives.
     *
     * @param query with its stars written out: a column that is added later is none of the view's
     * @param referencedRelations oids, each once
     */
    record Analyzed(List<OutputColumn> columns, Query query, int[] referencedRelations) {}

    /** A column of the result. */
    record OutputColumn(String name, SqlType type, int typeModifier) {}

    Analyzed analyze(Query query);
}
