package dev.boreal.contracts.feed;

import dev.boreal.contracts.transaction.WriteSet;

/**
 * The part of one committed transaction that falls into a subscriber's key range, or one piece of that part.
 *
 * @param timestamp {@code t_commit}
 * @param journal index of the journal it came from, as the crossbar counts them
 * @param position its commit record's position in that journal; a subscriber that has everything up to and including
 *     this position re-tails behind it
 * @param writes the writes in the subscriber's range; a transaction of several chunks comes as several entries with one
 *     timestamp, one behind another, and is visible only once a watermark passes it.
 *     When a feed is continued after a break between two of them, all come again, from the first
 * @param last whether this is the transaction's last piece
 */
public record FeedEntry(long timestamp, int journal, long position, WriteSet writes, boolean last) {}
