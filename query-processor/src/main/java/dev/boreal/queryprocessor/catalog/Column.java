package dev.boreal.queryprocessor.catalog;

import dev.boreal.queryprocessor.type.SqlType;
import org.jspecify.annotations.Nullable;

/**
 * A column of a relation.
 *
 * @param number attribute number, from 1; its field in a stored row is {@code number - 1}, for ever
 * @param typeModifier -1 if there is none
 * @param defaultSql the default as SQL text in canonical form, null if there is none; of a generated column the
 *     generation expression
 * @param dropped the column is gone, its field stays; such a column has an unusable name and is never shown
 * @param missingField encoded field that stands for this column in rows written before it was added (ADD COLUMN with a
 *     default), null for NULL
 * @param ownedSequenceOid the sequence of an identity or serial column, 0 if there is none
 */
public record Column(
        int number,
        String name,
        SqlType type,
        int typeModifier,
        boolean notNull,
        @Nullable String defaultSql,
        Identity identity,
        boolean generatedStored,
        boolean dropped,
        byte @Nullable [] missingField,
        int ownedSequenceOid,
        @Nullable String comment) {

    /** GENERATED … AS IDENTITY. */
    public enum Identity {
        NONE,
        ALWAYS,
        BY_DEFAULT
    }

    public static Column of(int number, String name, SqlType type, int typeModifier) {
        return new Column(number, name, type, typeModifier, false, null, Identity.NONE, false, false, null, 0, null);
    }

    /** Index of the column's field in a stored row and in an executor's row of the whole table. */
    public int field() {
        return number - 1;
    }
}
