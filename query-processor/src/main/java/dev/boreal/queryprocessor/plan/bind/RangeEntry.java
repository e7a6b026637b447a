package dev.boreal.queryprocessor.plan.bind;

import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.plan.relation.Variable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table, subquery, function or join as names see it. */
final class RangeEntry {
    private final String name;
    private final @Nullable String schema;
    private final List<RangeColumn> columns;
    private final @Nullable Table table;
    private final @Nullable Variable rowKey;
    private boolean relationVisible = true;
    private boolean columnsVisible = true;
    private boolean lateralForbidden;
    private boolean scalarFunction;

    /** A column's name and what it stands for; the two sides of a USING column stand for one. */
    record RangeColumn(String name, BoundExpression expression, boolean hidden) {
        RangeColumn(String name, Variable variable) {
            this(name, new BoundExpression.Reference(variable), false);
        }
    }

    /**
     * @param schema the schema of a table without alias, which may be written before its name
     * @param table the stored table behind it, for functional dependencies and locks
     */
    RangeEntry(
            String name,
            @Nullable String schema,
            List<RangeColumn> columns,
            @Nullable Table table,
            @Nullable Variable rowKey) {
        this.name = name;
        this.schema = schema;
        this.columns = List.copyOf(columns);
        this.table = table;
        this.rowKey = rowKey;
    }

    String name() {
        return name;
    }

    @Nullable String schema() {
        return schema;
    }

    List<RangeColumn> columns() {
        return columns;
    }

    @Nullable Table table() {
        return table;
    }

    /** The stored or system table that the columns are of, 0 if they are of none. */
    int relationOid() {
        return !columns.isEmpty()
                        && columns.getFirst().expression() instanceof BoundExpression.Reference reference
                        && relationVisible
                ? reference.variable().tableOid()
                : 0;
    }

    @Nullable Variable rowKey() {
        return rowKey;
    }

    List<RangeColumn> named(String column) {
        List<RangeColumn> found = new ArrayList<>(1);
        for (RangeColumn candidate : columns) {
            if (candidate.name().equals(column)) {
                found.add(candidate);
            }
        }
        return found;
    }

    boolean relationVisible() {
        return relationVisible;
    }

    /** Whether {@code name.column} finds it. */
    RangeEntry withRelationVisible(boolean visible) {
        relationVisible = visible;
        return this;
    }

    boolean columnsVisible() {
        return columnsVisible;
    }

    /** Whether a bare column name finds its columns. */
    RangeEntry withColumnsVisible(boolean visible) {
        columnsVisible = visible;
        return this;
    }

    boolean lateralForbidden() {
        return lateralForbidden;
    }

    /** Visible only to say that it may not be referred to: the wrong side of an outer join. */
    void forbidLateral(boolean forbidden) {
        lateralForbidden = forbidden;
    }

    /** A function in FROM that returns a plain value: its name means that value, not a row of it. */
    boolean scalarFunction() {
        return scalarFunction;
    }

    RangeEntry asScalarFunction() {
        scalarFunction = true;
        return this;
    }
}
