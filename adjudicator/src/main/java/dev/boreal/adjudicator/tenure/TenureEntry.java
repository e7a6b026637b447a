package dev.boreal.adjudicator.tenure;

import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.transaction.TransactionRecord;

/**
 * A record of a tenure on its way to the journal.
 *
 * @param timestamp the entry's own
 * @param notAfter up to when its writer decides once it is durable
 */
public record TenureEntry(long timestamp, long notAfter) {
    public JournalEntry entry(String owner) {
        return new JournalEntry(
                timestamp, TransactionRecord.tenure(owner, notAfter).bytes());
    }
}
