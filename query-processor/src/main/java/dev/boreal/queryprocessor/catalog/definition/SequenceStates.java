package dev.boreal.queryprocessor.catalog.definition;

import dev.boreal.queryprocessor.catalog.Sequence;
import dev.boreal.queryprocessor.transaction.Transaction;

/**
 * Where sequences stand: state under a sequence's storage id. A storage id without state stands before the sequence's
 * start. Values that sessions took ahead belong to the storage id they were taken under.
 */
public interface SequenceStates {

    /** Makes a sequence that has a new storage id continue with {@code value}, as part of the transaction. */
    void restart(Transaction transaction, Sequence sequence, long value);
}
