package dev.boreal.contracts.journal;

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
     * The disk refused a write or a sync, or the journal is closed; it takes no further appends.
     *
     * @param mayBeDurable whether the entry may be found after a restart all the same
     */
    record Unavailable(String message, boolean mayBeDurable) implements AppendRefusal {}
}
