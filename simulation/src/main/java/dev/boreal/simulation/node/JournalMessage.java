package dev.boreal.simulation.node;

import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.contracts.journal.PositionedEntry;
import java.util.List;

/** The door {@code Journal} as messages. */
public sealed interface JournalMessage {

    /** Hello of one who may want to write. */
    record Writing(String name) implements JournalMessage {}

    /** Hello of one who wants the entries behind a position. */
    record Subscribe(long afterPosition) implements JournalMessage {}

    record Open(String owner, long expectedEpoch) implements JournalMessage {}

    record Opened(OpenOutcome outcome) implements JournalMessage {}

    record LookForEnd() implements JournalMessage {}

    record End(long lastDurable, long currentEpoch) implements JournalMessage {}

    record Append(long number, long epoch, JournalEntry entry) implements JournalMessage {}

    record Durable(long number, long position) implements JournalMessage {}

    record Refused(long number, AppendRefusal refusal) implements JournalMessage {}

    record Heartbeat(long epoch, long timestamp) implements JournalMessage {}

    /** From a subscriber to the journal, and from the journal to its writer. */
    record RequestAdvance(long timestamp) implements JournalMessage {}

    record Entries(List<PositionedEntry> entries) implements JournalMessage {}

    record Watermark(long timestamp) implements JournalMessage {}
}
