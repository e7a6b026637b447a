package dev.boreal.queryprocessor.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table constraint. NOT NULL is on the {@link Column}. */
public sealed interface Constraint {
    int oid();

    String name();

    /** PRIMARY KEY or UNIQUE, kept by an index of the same name. */
    record Unique(int oid, String name, int indexOid, boolean primary, boolean deferrable, boolean initiallyDeferred)
            implements Constraint {}

    /** CHECK: the condition in canonical SQL. */
    record Check(int oid, String name, String conditionSql, boolean validated) implements Constraint {}

    /**
     * FOREIGN KEY.
     *
     * @param columns attribute numbers of the referencing columns
     * @param referencedTable oid
     * @param referencedIndex oid of the unique index that the referenced columns have
     * @param referencedColumns attribute numbers, in the order of {@code columns}
     */
    record ForeignKey(
            int oid,
            String name,
            int[] columns,
            int referencedTable,
            int referencedIndex,
            int[] referencedColumns,
            Action onUpdate,
            Action onDelete,
            boolean matchFull,
            boolean deferrable,
            boolean initiallyDeferred,
            boolean validated,
            @Nullable List<Integer> setColumns)
            implements Constraint {

        /** What happens to referencing rows. */
        public enum Action {
            NO_ACTION,
            RESTRICT,
            CASCADE,
            SET_NULL,
            SET_DEFAULT
        }
    }
}
