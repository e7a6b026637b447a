package dev.boreal.queryprocessor.function.format;

/** A pattern of a template. It is written in capitals or in small letters throughout; some may also be capitalized. */
interface Keyword {
    /** In capitals. */
    String pattern();

    /** Whether {@code Month} is accepted beside {@code MONTH} and {@code month}. */
    default boolean capitalized() {
        return false;
    }
}
