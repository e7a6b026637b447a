package dev.boreal.contracts.cluster;

import org.jspecify.annotations.Nullable;

/** What the control plane answers to an update. */
public sealed interface UpdateOutcome {

    /** Decided: the entry has this version now, or is gone if the update removed it. */
    record Updated(long version) implements UpdateOutcome {}

    /** Somebody was faster: {@code current} is what stands there, null for nothing. Nothing was changed. */
    record VersionMoved(@Nullable RegisterEntry current) implements UpdateOutcome {}

    /** The session that the entry should be bound to has ended. Nothing was changed. */
    record SessionEnded(long session) implements UpdateOutcome {}

    /**
     * No majority answered in time. The update may or may not be decided later: read before trying again.
     */
    record Unavailable(String message) implements UpdateOutcome {}
}
