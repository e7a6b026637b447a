package dev.boreal.queryprocessor.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An index of a table.
 *
 * <p>The primary key's index is the table itself (same storage id): its entries are the rows. Every other index has
 * entries {@code storageId (4 bytes) | columns [| row key] -> row key}, where the row key stands in the key if the index
 * is not unique or if one of the entry's columns is NULL (unless NULLS NOT DISTINCT).
 *
 * <p>A column in key encoding is one byte (1 for a value; for NULL 0 if nulls come first, 2 if last) and, unless NULL,
 * {@code SqlType.encodeKey}, the latter inverted for DESC. Columns of a primary key have no such byte.
 *
 * @param state which statements use it
 * @param predicateSql WHERE of a partial index as canonical SQL, null if there is none
 */
public record Index(
        int oid,
        String name,
        int storageId,
        boolean primary,
        boolean unique,
        boolean nullsNotDistinct,
        List<IndexColumn> columns,
        int[] includedColumns,
        @Nullable String predicateSql,
        State state,
        @Nullable String comment) {
    public Index {
        columns = List.copyOf(columns);
    }

    public Index withName(String newName) {
        return new Index(
                oid,
                newName,
                storageId,
                primary,
                unique,
                nullsNotDistinct,
                columns,
                includedColumns,
                predicateSql,
                state,
                comment);
    }

    public Index withStorage(int newStorageId) {
        return new Index(
                oid,
                name,
                newStorageId,
                primary,
                unique,
                nullsNotDistinct,
                columns,
                includedColumns,
                predicateSql,
                state,
                comment);
    }

    public Index withState(State newState) {
        return new Index(
                oid,
                name,
                storageId,
                primary,
                unique,
                nullsNotDistinct,
                columns,
                includedColumns,
                predicateSql,
                newState,
                comment);
    }

    public Index withComment(@Nullable String newComment) {
        return new Index(
                oid,
                name,
                storageId,
                primary,
                unique,
                nullsNotDistinct,
                columns,
                includedColumns,
                predicateSql,
                state,
                newComment);
    }

    /** As an index that keeps the primary key: the table itself, under its storage id. */
    public Index asPrimary(int tableStorageId) {
        return new Index(
                oid,
                name,
                tableStorageId,
                true,
                unique,
                nullsNotDistinct,
                columns,
                includedColumns,
                predicateSql,
                state,
                comment);
    }

    /** With other columns and condition, after a column got another name. */
    public Index withColumns(List<IndexColumn> newColumns, @Nullable String newPredicateSql) {
        return new Index(
                oid,
                name,
                storageId,
                primary,
                unique,
                nullsNotDistinct,
                newColumns,
                includedColumns,
                newPredicateSql,
                state,
                comment);
    }

    /** The life of an index that is built online. */
    public enum State {
        /** Writes maintain it, reads do not use it yet. */
        WRITE_ONLY,
        /** Complete. */
        READY,
        /** Its build failed, for example on duplicates: writes maintain it, reads never use it. */
        INVALID
    }

    /**
     * A column of the key.
     *
     * @param columnNumber attribute number, or 0 for an expression
     * @param expressionSql the expression in canonical SQL if {@code columnNumber} is 0
     */
    public record IndexColumn(
            int columnNumber, @Nullable String expressionSql, boolean descending, boolean nullsFirst) {}
}
