package dev.boreal.launcher.configuration;

import org.jspecify.annotations.Nullable;

/** Every setting: its name in files and on the command line, its default, and what it is for. */
public enum Setting {
    DATA_DIRECTORY("data.directory", "data", "where everything durable lies"),
    LISTEN_ADDRESS("listen.address", "127.0.0.1", "the address to listen on"),
    LISTEN_PORT("listen.port", "5432", "the port to listen on; 0 takes a free one"),
    AUTHENTICATION("authentication", "trust", "trust (loopback only), trust-network or scram-sha-256"),
    TLS_CERTIFICATE("tls.certificate", "", "PEM file of the certificate chain; empty for no TLS"),
    TLS_KEY("tls.key", "", "PEM file of the private key, PKCS #8"),
    CONNECTIONS("connections.maximum", "10000", "sessions at a time"),
    HISTORY_RETENTION("history.retention", "5min", "how long versions are kept, and how old a transaction may become"),
    TRANSACTION_BYTES("transaction.maximum.size", "64GB", "what one transaction may write"),
    HEARTBEAT_INTERVAL("heartbeat.interval", "1ms", "between watermarks while somebody waits for them"),
    HEARTBEAT_IDLE_INTERVAL("heartbeat.interval.idle", "100ms", "between watermarks otherwise"),
    ADJUDICATOR_LEAD(
            "adjudicator.lead", "adaptive", "how far ahead of the clock commits are ordered; adaptive or a time"),
    ADJUDICATOR_LEAD_MAXIMUM("adjudicator.lead.maximum", "2ms", "the most that lead may become"),
    CLOCK_ERROR("clock.error", "0ms", "by how much this machine's clock may be wrong"),
    JOURNAL_SEGMENT_BYTES("journal.segment.size", "64MB", "size of one file of the journal"),
    JOURNAL_ENTRY_BYTES("journal.entry.maximum.size", "256MB", "size of one entry of the journal"),
    STORAGE_CACHE_BYTES("storage.cache.size", "", "heap for committed rows; empty for an eighth of the heap"),
    STORAGE_READ_TIMEOUT("storage.read.timeout", "30s", "how long a read waits for its snapshot"),
    SESSION_LEASE(
            "session.lease", "2s", "of a cluster: after how long without a sign of life a process counts as dead"),
    TENURE_LENGTH("tenure.length", "1s", "of a cluster: about how long nobody decides when the adjudicator has died"),
    SHUTDOWN_TIMEOUT("shutdown.timeout", "5s", "how long running statements may go on when the server stops");

    private final String key;
    private final String defaultText;
    private final String purpose;

    Setting(String key, String defaultText, String purpose) {
        this.key = key;
        this.defaultText = defaultText;
        this.purpose = purpose;
    }

    public String key() {
        return key;
    }

    public String defaultText() {
        return defaultText;
    }

    public String purpose() {
        return purpose;
    }

    /** The setting of that name, or null. */
    public static @Nullable Setting of(String key) {
        for (Setting setting : values()) {
            if (setting.key.equals(key)) {
                return setting;
            }
        }
        return null;
    }
}
