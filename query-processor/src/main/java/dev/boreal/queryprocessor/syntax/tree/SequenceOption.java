package dev.boreal.queryprocessor.syntax.tree;

import org.jspecify.annotations.Nullable;

/** An option of a sequence or identity column, in the order written; numbers are text with their sign. */
public sealed interface SequenceOption extends Node {

    record AsType(TypeName type, int position) implements SequenceOption {}

    record Cache(String number, int position) implements SequenceOption {}

    record Cycle(boolean cycle, int position) implements SequenceOption {}

    record Increment(String number, int position) implements SequenceOption {}

    /** Null for NO MAXVALUE. */
    record MaxValue(@Nullable String number, int position) implements SequenceOption {}

    /** Null for NO MINVALUE. */
    record MinValue(@Nullable String number, int position) implements SequenceOption {}

    /** {@code table.column}, or the single part {@code none}. */
    record OwnedBy(QualifiedName column, int position) implements SequenceOption {}

    record SequenceName(QualifiedName name, int position) implements SequenceOption {}

    record Start(String number, int position) implements SequenceOption {}

    /** Null for RESTART without a number. */
    record Restart(@Nullable String number, int position) implements SequenceOption {}
}
