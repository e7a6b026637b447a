package dev.boreal.queryprocessor.copy;

/** What the first line is. */
public enum HeaderLine {
    /** A row like any other. */
    ABSENT,
    /** Column names, which COPY FROM skips unread. */
    PRESENT,
    /** Column names, which must be those of the statement, in its order. COPY FROM only. */
    MATCHED
}
