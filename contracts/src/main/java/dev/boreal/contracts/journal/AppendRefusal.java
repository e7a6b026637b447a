package dev.boreal.contracts.journal;

import org.jspecify.annotations.Nullable;

/** Why an append was refused. */
public sealed interface AppendRefusal {

    /** The epoch is sealed; {@code currentEpoch} is open. Certainly nothing was written. */
    record Fenced(long currentEpoch) implements AppendRefusal {}

    /** The timestamp is not above the last one (an entry's or a heartbeat's). Certainly nothing was written. */
    record NotMonotonic(long lastTimestamp) implements AppendRefusal {}

    /** {@code appendIf} expected another position. Certainly nothing was written. */
    record PositionMoved(long lastPosition) implements AppendRefusal {}

    /** The bounded queue of appends is full. Certainly nothing was written. */
    record Overloaded() implements AppendRefusal {}

    /** The entry is larger than one record may be. Certainly nothing was written. */
    record TooLarge(long limitBytes) implements AppendRefusal {}

    /**
     * This replica does not lead, or does not know the epoch's writer yet. Certainly nothing was written <i>here</i>. Whoever goes
     * on calls {@code Journal.resume} at the leader first, and then sends again what was not answered, in order.
     *
     * @param leader the replica that leads as far as this one knows, perhaps itself; null if it knows none
     */
    record NotLeader(@Nullable String leader) implements AppendRefusal {}

    /**
     * The disk refused a write or a sync, the journal is closed, or the replica that led lost its lead or its connection.
     *
     * @param mayBeDurable whether the entry may be found later, here or at another replica, all the same
     */
    record Unavailable(String message, boolean mayBeDurable) implements AppendRefusal {}
}
