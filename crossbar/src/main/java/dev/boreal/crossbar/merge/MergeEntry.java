package dev.boreal.crossbar.merge;

import dev.boreal.contracts.transaction.TransactionRecord;

/**
 * A commit record on its way through the merge.
 *
 * @param timestamp {@code t_commit}
 * @param journal the index of its journal
 * @param position its position there
 */
public record MergeEntry(long timestamp, int journal, long position, TransactionRecord record) {
    int bytes() {
        return record.bytes().length;
    }
}
