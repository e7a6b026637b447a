package dev.boreal.adjudicator;

import dev.boreal.adjudicator.conflict.WriteFootprint;
import dev.boreal.contracts.transaction.CommitOutcome;
import java.util.List;

/** What the core decides about a request. */
public sealed interface Decision {

    /**
     * Append the record with this timestamp. If the journal took it, tell the core at once with
     * {@link AdjudicatorCore#appended}, before the next decision.
     *
     * @param timestamp {@code t_commit}; a watermark promise of {@code timestamp - 1} is safe before the append
     * @param footprints of the commit record and its chunks
     */
    record Append(long timestamp, List<WriteFootprint> footprints) implements Decision {}

    /** Answer so; nothing has changed. */
    record Answer(CommitOutcome outcome) implements Decision {}
}
