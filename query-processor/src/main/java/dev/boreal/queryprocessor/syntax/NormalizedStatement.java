package dev.boreal.queryprocessor.syntax;

/**
 * A statement with its literals lifted to parameters.
 *
 * <p>{@link #text} is SQL that parses, with comments dropped, blanks made single spaces and the lifted literals replaced by {@code $n}; it ends in
 * a comment of one letter per lifted literal, its {@link Kind}, so that texts are equal only if the types of the literals are: it is the
 * plan cache's key as it stands. Positions in the text are not those of the original: when planning it fails, plan the original.
 */
public final class NormalizedStatement {

    /** The type that PostgreSQL gives to a literal. */
    public enum Kind {
        /** int4. */
        INTEGER('i'),
        /** int8. */
        BIGINT('b'),
        /** numeric. */
        NUMERIC('n'),
        /** unknown: its context tells. */
        STRING('s');

        private final char code;

        Kind(char code) {
            this.code = code;
        }

        char code() {
            return code;
        }
    }

    private final String text;
    private final int firstParameter;
    private final Kind[] kinds;
    private final String[] literals;
    private final int[] offsets;

    NormalizedStatement(String text, int firstParameter, Kind[] kinds, String[] literals, int[] offsets) {
        this.text = text;
        this.firstParameter = firstParameter;
        this.kinds = kinds;
        this.literals = literals;
        this.offsets = offsets;
    }

    /** The key of the plan cache, and the SQL to plan. */
    public String text() {
        return text;
    }

    public int literalCount() {
        return kinds.length;
    }

    /** The {@code n} of the {@code $n} that stands for the literal: those follow the statement's own parameters. */
    public int parameter(int literal) {
        return firstParameter + literal;
    }

    public Kind kind(int literal) {
        return kinds[literal];
    }

    /** A string's contents, or a number's text with its minus sign, decimal and without underscores. */
    public String literal(int literal) {
        return literals[literal];
    }

    /** Where the literal began in the original, in UTF-16 units from 0. */
    public int offset(int literal) {
        return offsets[literal];
    }

    @Override
    public String toString() {
        return text;
    }
}
