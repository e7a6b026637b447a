package dev.boreal.queryprocessor.catalog;

import dev.boreal.queryprocessor.function.EvaluationContext;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A table of pg_catalog or information_schema: its rows are computed from the snapshot when it is read. */
public record SystemTable(
        int oid,
        String name,
        int schemaOid,
        int ownerOid,
        List<Column> columns,
        Function<EvaluationContext, Iterator<@Nullable Object[]>> rows)
        implements Relation {
    public SystemTable {
        columns = List.copyOf(columns);
    }
}
