package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.catalog.Constraint;
import dev.boreal.queryprocessor.catalog.Table;
import org.jspecify.annotations.Nullable;

/** Checks the rows that were there before a foreign key was. */
public final class ForeignKeyValidation {
    private final ForeignKeyCheck key;

    public ForeignKeyValidation(Table table, Constraint.ForeignKey key, CatalogSnapshot catalog) {
        this.key = new ForeignKeyCheck(table, key, catalog);
    }

    /** Throws 23503 if the row refers to nothing. */
    public void check(@Nullable Object[] row, Execution execution) {
        key.validate(row, execution);
    }
}
