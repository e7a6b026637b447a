package dev.boreal.contracts.transaction;

/**
 * A transaction that asks to commit. Everything in it is given away: the sender changes nothing afterwards.
 *
 * @param transactionId unique among all transactions of the cluster
 * @param session what people call the session: application_name, or empty
 * @param region the region of the query processor, or empty
 * @param snapshot {@code t_start}, nanoseconds since the Unix epoch
 * @param accesses what the adjudicator checks and remembers
 * @param record the commit record, which the adjudicator appends as it is
 * @param epoch the adjudicator's tenure epoch that the sender knows, or 0 if it knows none; a stale one is refused
 */
public record CommitRequest(
        long transactionId,
        String session,
        String region,
        long snapshot,
        Accesses accesses,
        TransactionRecord record,
        long epoch) {}
