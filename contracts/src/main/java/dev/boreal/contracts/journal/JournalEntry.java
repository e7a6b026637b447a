package dev.boreal.contracts.journal;

/**
 * What a writer appends: a timestamp and bytes that the journal does not understand. The payload is given away.
 *
 * @param timestamp nanoseconds since the Unix epoch, above that of every earlier entry of the journal
 */
public record JournalEntry(long timestamp, byte[] payload) {
    @Override
    public String toString() {
        return "JournalEntry[" + timestamp + ", " + payload.length + " bytes]";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JournalEntry that
                && timestamp == that.timestamp
                && java.util.Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(timestamp) * 31 + java.util.Arrays.hashCode(payload);
    }
}
