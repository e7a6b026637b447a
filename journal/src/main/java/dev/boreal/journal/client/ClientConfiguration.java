package dev.boreal.journal.client;

/**
 * Settings of a client.
 *
 * @param pendingEntries appends that may wait for their answers; one more is refused as overload
 * @param pendingBytes of payload, likewise
 * @param timeoutMillis after which an append that was not answered is {@code Unavailable}, perhaps durable; also how long an open looks for a
 *     leader
 * @param stallMillis without any answer, though some are owed, after which another replica is tried
 * @param retryMillis between two rounds of asking the replicas
 */
public record ClientConfiguration(
        int pendingEntries, long pendingBytes, long timeoutMillis, long stallMillis, long retryMillis) {

    public ClientConfiguration {
        if (pendingEntries < 1 || pendingBytes < 1 || timeoutMillis < 1 || stallMillis < 1 || retryMillis < 1) {
            throw new IllegalArgumentException("a journal client's bounds and times must be positive");
        }
    }

    public static ClientConfiguration defaults() {
        return new ClientConfiguration(64 << 10, 64L << 20, 10_000, 500, 10);
    }

    public ClientConfiguration withTimeoutMillis(long millis) {
        return new ClientConfiguration(pendingEntries, pendingBytes, millis, stallMillis, retryMillis);
    }
}
