package dev.boreal.launcher.configuration;

import dev.boreal.adjudicator.AdjudicatorConfiguration;
import dev.boreal.crossbar.CrossbarConfiguration;
import dev.boreal.journal.service.JournalConfiguration;
import dev.boreal.pgwire.authentication.AuthenticationMethod;
import dev.boreal.pgwire.service.PgWireConfiguration;
import dev.boreal.storage.StorageConfiguration;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns text into the record, collecting every fault before it gives up. Used once, by one thread. */
final class ConfigurationReader {
    private final Map<Setting, String> texts = new EnumMap<>(Setting.class);
    private final List<String> faults = new ArrayList<>();

    ConfigurationReader(Map<String, String> given) {
        given.forEach((key, text) -> {
            Setting setting = Setting.of(key);
            if (setting == null) {
                faults.add("there is no setting \"" + key + "\"");
            } else {
                texts.put(setting, text.strip());
            }
        });
    }

    BorealConfiguration read(long heapBytes) {
        Path directory = value(Setting.DATA_DIRECTORY, Path::of, Path.of("."));
        Duration retention = duration(Setting.HISTORY_RETENTION);
        Duration clockError = duration(Setting.CLOCK_ERROR);
        PgWireConfiguration pgwire = room(this::pgwire);
        JournalConfiguration journal = room(this::journal);
        AdjudicatorConfiguration adjudicator = room(() -> adjudicator(retention));
        StorageConfiguration storage = room(() -> storage(heapBytes, retention));
        Duration lease = duration(Setting.SESSION_LEASE);
        Duration tenure = duration(Setting.TENURE_LENGTH);
        if (!faults.isEmpty() || pgwire == null || journal == null || adjudicator == null || storage == null) {
            throw new InvalidConfigurationException(faults);
        }
        BorealConfiguration read = room(() -> new BorealConfiguration(
                directory,
                clockError.toNanos(),
                retention,
                pgwire,
                journal,
                adjudicator,
                CrossbarConfiguration.defaults(),
                storage,
                lease,
                tenure));
        if (read == null) {
            throw new InvalidConfigurationException(faults);
        }
        return read;
    }

    private PgWireConfiguration pgwire() {
        int port = value(Setting.LISTEN_PORT, ConfigurationReader::port, PgWireConfiguration.DEFAULT_PORT);
        AuthenticationMethod method =
                value(Setting.AUTHENTICATION, ConfigurationReader::authentication, AuthenticationMethod.TRUST);
        PgWireConfiguration defaults = PgWireConfiguration.loopback(port);
        int connections = value(Setting.CONNECTIONS, SettingValues::integer, defaults.maxConnections());
        String certificate = text(Setting.TLS_CERTIFICATE);
        String key = text(Setting.TLS_KEY);
        if (certificate.isEmpty() != key.isEmpty()) {
            faults.add("tls.certificate and tls.key belong together: one of them is missing");
        }
        return defaults.withAddress(new InetSocketAddress(text(Setting.LISTEN_ADDRESS), port), method)
                .withTls(
                        certificate.isEmpty() || key.isEmpty()
                                ? null
                                : new PgWireConfiguration.TlsFiles(Path.of(certificate), Path.of(key)))
                .withLimits(connections, defaults.largestMessageBytes())
                .withTimeouts(defaults.authenticationTimeout(), duration(Setting.SHUTDOWN_TIMEOUT));
    }

    private JournalConfiguration journal() {
        JournalConfiguration defaults = JournalConfiguration.defaults();
        long entryBytes = bytes(Setting.JOURNAL_ENTRY_BYTES, defaults.maxEntryBytes());
        return defaults.withSegmentBytes(bytes(Setting.JOURNAL_SEGMENT_BYTES, defaults.segmentBytes()))
                .withMaxEntryBytes((int) Math.min(Integer.MAX_VALUE, entryBytes));
    }

    private AdjudicatorConfiguration adjudicator(Duration retention) {
        AdjudicatorConfiguration defaults = AdjudicatorConfiguration.defaults();
        AdjudicatorConfiguration adaptive = defaults.withRetention(retention)
                .withMaximumLead(duration(Setting.ADJUDICATOR_LEAD_MAXIMUM))
                .withHeartbeatInterval(duration(Setting.HEARTBEAT_INTERVAL), duration(Setting.HEARTBEAT_IDLE_INTERVAL))
                .withMaximumTransactionBytes(bytes(Setting.TRANSACTION_BYTES, defaults.maximumTransactionBytes()));
        return text(Setting.ADJUDICATOR_LEAD).equals("adaptive")
                ? adaptive
                : adaptive.withFixedLead(duration(Setting.ADJUDICATOR_LEAD));
    }

    private StorageConfiguration storage(long heapBytes, Duration retention) {
        StorageConfiguration defaults = StorageConfiguration.forHeap(heapBytes);
        long cache = text(Setting.STORAGE_CACHE_BYTES).isEmpty()
                ? defaults.cacheBytes()
                : bytes(Setting.STORAGE_CACHE_BYTES, defaults.cacheBytes());
        return defaults.withRetentionNanos(retention.toNanos())
                .withReadTimeoutNanos(duration(Setting.STORAGE_READ_TIMEOUT).toNanos())
                .withCacheBytes(cache);
    }

    /** A room's own checks, told among the others. */
    private <T> @Nullable T room(Supplier<T> read) {
        int before = faults.size();
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            if (faults.size() == before) {
                faults.add(String.valueOf(e.getMessage()));
            }
            return null;
        }
    }

    private String text(Setting setting) {
        return texts.getOrDefault(setting, setting.defaultText());
    }

    private long bytes(Setting setting, long otherwise) {
        return value(setting, SettingValues::bytes, otherwise);
    }

    private Duration duration(Setting setting) {
        return value(setting, SettingValues::duration, Duration.ZERO);
    }

    private <T> T value(Setting setting, Function<String, T> read, T otherwise) {
        String text = text(setting);
        try {
            return read.apply(text);
        } catch (IllegalArgumentException e) {
            faults.add(setting.key() + " = \"" + text + "\" " + e.getMessage());
            return otherwise;
        }
    }

    private static int port(String text) {
        int port = SettingValues.integer(text);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("is not a port: those are 0 to 65535");
        }
        return port;
    }

    private static AuthenticationMethod authentication(String text) {
        return switch (text) {
            case "trust" -> AuthenticationMethod.TRUST;
            case "trust-network" -> AuthenticationMethod.TRUST_NETWORK;
            case "scram-sha-256" -> AuthenticationMethod.SCRAM_SHA_256;
            default -> throw new IllegalArgumentException("is none of trust, trust-network and scram-sha-256");
        };
    }
}
