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

    public Column withName(String newName) {
        return new Column(
                number,
                newName,
                type,
                typeModifier,
                notNull,
                defaultSql,
                identity,
                generatedStored,
                dropped,
                missingField,
                ownedSequenceOid,
                comment);
    }

    public Column withType(SqlType newType, int newModifier) {
        return new Column(
                number,
                name,
                newType,
                newModifier,
                notNull,
                defaultSql,
                identity,
                generatedStored,
                dropped,
                missingField,
                ownedSequenceOid,
                comment);
    }

    public Column withNotNull(boolean newNotNull) {
        return new Column(
                number,
                name,
                type,
                typeModifier,
                newNotNull,
                defaultSql,
                identity,
                generatedStored,
                dropped,
                missingField,
                ownedSequenceOid,
                comment);
    }

    public Column withDefault(@Nullable String newDefault) {
        return new Column(
                number,
                name,
                type,
                typeModifier,
                notNull,
                newDefault,
                identity,
                generatedStored,
                dropped,
                missingField,
                ownedSequenceOid,
                comment);
    }

    /** A generation expression, or, if not stored, a plain default. */
    public Column withGenerated(@Nullable String newExpression, boolean stored) {
        return new Column(
                number,
                name,
                type,
                typeModifier,
                notNull,
                newExpression,
                identity,
                stored,
                dropped,
                missingField,
                ownedSequenceOid,
                comment);
    }

    public Column withIdentity(Identity newIdentity, int sequenceOid) {
        return new Column(
                number,
                name,
                type,
                typeModifier,
                notNull,
                defaultSql,
                newIdentity,
                generatedStored,
                dropped,
                missingField,
                sequenceOid,
                comment);
    }

    public Column withMissingField(byte @Nullable [] newMissingField) {
        return new Column(
                number,
                name,
                type,
                typeModifier,
                notNull,
                defaultSql,
                identity,
                generatedStored,
                dropped,
                newMissingField,
                ownedSequenceOid,
                comment);
    }

    public Column withComment(@Nullable String newComment) {
        return new Column(
                number,
                name,
                type,
                typeModifier,
                notNull,
                defaultSql,
                identity,
                generatedStored,
                dropped,
                missingField,
                ownedSequenceOid,
                newComment);
    }

    /** What is left of the column when it is dropped. */
    public Column asDropped() {
        return new Column(
                number,
                "........pg.dropped." + number + "........",
                type,
                typeModifier,
                false,
                null,
                Identity.NONE,
                false,
                true,
                missingField,
                0,
                null);
    }
}
