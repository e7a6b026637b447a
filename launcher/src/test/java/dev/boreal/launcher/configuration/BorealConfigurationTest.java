package dev.boreal.launcher.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.pgwire.authentication.AuthenticationMethod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BorealConfigurationTest {
    private static final long HEAP = 1L << 30;

    @Test
    void hasADefaultForEverything() {
        BorealConfiguration configuration = BorealConfiguration.of(Map.of(), HEAP);
        assertThat(configuration.directory()).isEqualTo(Path.of("data"));
        assertThat(configuration.pgwire().address().getPort()).isEqualTo(5432);
        assertThat(configuration.pgwire().address().getAddress().isLoopbackAddress())
                .isTrue();
        assertThat(configuration.retention()).isEqualTo(Duration.ofMinutes(5));
        assertThat(configuration.adjudicator().fixedLead()).isNull();
        assertThat(configuration.storage().cacheBytes()).isEqualTo(HEAP / 8);
    }

    @Test
    void handsEachSettingToItsRoom() {
        BorealConfiguration configuration = BorealConfiguration.of(
                Map.ofEntries(
                        Map.entry("data.directory", "/somewhere"),
                        Map.entry("listen.address", "::1"),
                        Map.entry("listen.port", "6000"),
                        Map.entry("authentication", "scram-sha-256"),
                        Map.entry("connections.maximum", "7"),
                        Map.entry("history.retention", "90s"),
                        Map.entry("transaction.maximum.size", "3GB"),
                        Map.entry("heartbeat.interval", "2ms"),
                        Map.entry("heartbeat.interval.idle", "50ms"),
                        Map.entry("adjudicator.lead", "100us"),
                        Map.entry("adjudicator.lead.maximum", "4ms"),
                        Map.entry("clock.error", "20us"),
                        Map.entry("journal.segment.size", "8MB"),
                        Map.entry("journal.entry.maximum.size", "5MB"),
                        Map.entry("storage.cache.size", "10MB"),
                        Map.entry("storage.read.timeout", "3s"),
                        Map.entry("session.lease", "700ms"),
                        Map.entry("tenure.length", "600ms"),
                        Map.entry("shutdown.timeout", "2s")),
                HEAP);
        assertThat(configuration.directory()).isEqualTo(Path.of("/somewhere"));
        assertThat(configuration.pgwire().address().getPort()).isEqualTo(6000);
        assertThat(configuration.pgwire().authentication()).isEqualTo(AuthenticationMethod.SCRAM_SHA_256);
        assertThat(configuration.pgwire().maxConnections()).isEqualTo(7);
        assertThat(configuration.pgwire().drainTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(configuration.adjudicator().retention()).isEqualTo(Duration.ofSeconds(90));
        assertThat(configuration.storage().retentionNanos()).isEqualTo(90_000_000_000L);
        assertThat(configuration.adjudicator().maximumTransactionBytes()).isEqualTo(3L << 30);
        assertThat(configuration.adjudicator().heartbeatInterval()).isEqualTo(Duration.ofMillis(2));
        assertThat(configuration.adjudicator().idleHeartbeatInterval()).isEqualTo(Duration.ofMillis(50));
        assertThat(configuration.adjudicator().fixedLead()).isEqualTo(Duration.ofNanos(100_000));
        assertThat(configuration.adjudicator().maximumLead()).isEqualTo(Duration.ofMillis(4));
        assertThat(configuration.clockErrorNanos()).isEqualTo(20_000);
        assertThat(configuration.journal().segmentBytes()).isEqualTo(8L << 20);
        assertThat(configuration.journal().maxEntryBytes()).isEqualTo(5 << 20);
        assertThat(configuration.storage().cacheBytes()).isEqualTo(10L << 20);
        assertThat(configuration.storage().readTimeoutNanos()).isEqualTo(3_000_000_000L);
        assertThat(configuration.sessionLease()).isEqualTo(Duration.ofMillis(700));
        assertThat(configuration.tenureLength()).isEqualTo(Duration.ofMillis(600));
    }

    @Test
    void refusesLeasesThatEndWheneverTheMachineIsBusy() {
        assertThatThrownBy(() -> BorealConfiguration.of(Map.of("tenure.length", "1ms"), HEAP))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("tenure.length");
    }

    @Test
    void namesEverythingThatIsWrongAtOnce() {
        assertThatThrownBy(() -> BorealConfiguration.of(
                        Map.of(
                                "listen.port", "70000",
                                "history.retention", "soon",
                                "journal.segment.size", "1 parsec",
                                "storage.cash.size", "1MB"),
                        HEAP))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("listen.port")
                .hasMessageContaining("history.retention")
                .hasMessageContaining("journal.segment.size")
                .hasMessageContaining("no setting \"storage.cash.size\"");
    }

    @Test
    void letsTrustOnlyOntoLoopback() {
        assertThatThrownBy(() -> BorealConfiguration.of(Map.of("listen.address", "0.0.0.0"), HEAP))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("scram-sha-256");
        assertThat(BorealConfiguration.of(Map.of("listen.address", "0.0.0.0", "authentication", "scram-sha-256"), HEAP)
                        .pgwire()
                        .authentication())
                .isEqualTo(AuthenticationMethod.SCRAM_SHA_256);
    }

    @Test
    void wantsCertificateAndKeyTogether() {
        assertThatThrownBy(() -> BorealConfiguration.of(Map.of("tls.certificate", "/a.pem"), HEAP))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("belong together");
    }

    @Test
    void readsUnitsAsPostgreSqlWritesThem() {
        assertThat(SettingValues.bytes("64MB")).isEqualTo(64L << 20);
        assertThat(SettingValues.bytes("3 kB")).isEqualTo(3L << 10);
        assertThat(SettingValues.bytes("17")).isEqualTo(17);
        assertThat(SettingValues.duration("5min")).isEqualTo(Duration.ofMinutes(5));
        assertThat(SettingValues.duration("250")).isEqualTo(Duration.ofMillis(250));
        assertThat(SettingValues.duration("2 h")).isEqualTo(Duration.ofHours(2));
        assertThatThrownBy(() -> SettingValues.bytes("99999999999TB")).hasMessageContaining("too large");
    }
}
