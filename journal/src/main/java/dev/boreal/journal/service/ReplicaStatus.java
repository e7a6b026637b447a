package dev.boreal.journal.service;

import dev.boreal.contracts.cluster.JournalPlan;
import org.jspecify.annotations.Nullable;

/**
 * How a replica stands, for people.
 *
 * @param plan as the replica knows it, null before it heard of one
 * @param leader who leads as far as it knows
 * @param lastIndex of its log, in records
 * @param committedPosition of the last entry that is known here to be committed
 * @param unavailable why it does nothing any more, or null
 */
public record ReplicaStatus(
        @Nullable JournalPlan plan,
        @Nullable String leader,
        boolean leads,
        long term,
        long epoch,
        long lastIndex,
        long committedIndex,
        long committedPosition,
        long watermark,
        @Nullable String unavailable) {}
