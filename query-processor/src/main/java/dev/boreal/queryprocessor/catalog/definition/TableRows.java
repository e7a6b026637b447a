package dev.boreal.queryprocessor.catalog.definition;

import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Constraint;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The work of definitions on rows, within the transaction: its own writes are seen, what it finds wrong is thrown as
 * {@link dev.boreal.contracts.sql.SqlException} with PostgreSQL's message. The definition holds KEY_WRITE on the table's
 * version, so that no row needs an access of its own.
 */
public interface TableRows {

    /** A column whose value in the rewritten rows is computed from the old row. */
    record NewValue(int columnNumber, String sql) {}

    /**
     * Copies every row of {@code from} into the storage of {@code to}, and fills the indexes of {@code to}. All storage ids
     * of {@code to} are new and empty. Columns of {@code to} that {@code from} lacks and {@code newValues} does not name are NULL.
     * Identity columns among those get the next value of their sequence.
     *
     * <p>23502 {@code column "a" of relation "t" contains null values}; 23505 {@code could not create unique index "i"}
     * with the detail {@code Key (a)=(1) is duplicated.}; 23514 for the checks.
     */
    void rewrite(Table from, Table to, List<NewValue> newValues);

    /** Fills an index that is part of {@code table} and empty. 23505 as {@link #rewrite}. */
    void buildIndex(Table table, Index index);

    /** 23502 {@code column "a" of relation "t" contains null values}. */
    void requireNoNulls(Table table, Column column);

    /** 23514 {@code check constraint "c" of relation "t" is violated by some row}. */
    void requireCheck(Table table, Constraint.Check check);

    /**
     * 23503 {@code insert or update on table "t" violates foreign key constraint "c"} with the detail
     * {@code Key (a)=(1) is not present in table "u".}
     */
    void requireForeignKey(Table table, Constraint.ForeignKey key);

    /** The field's bytes of an expression's value, which depends on no column; null for NULL. */
    byte @Nullable [] evaluate(Column column, String sql);
}
