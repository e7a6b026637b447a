package dev.boreal.pgwire.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.pgwire.authentication.AuthenticationMethod;
import dev.boreal.pgwire.scripted.ScriptedService;
import dev.boreal.pgwire.scripted.WireClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PgWireServerTest {
    private final PgWireConfiguration anyPort = PgWireConfiguration.loopback(0);

    @Test
    void saysThatTheAddressIsInUse() {
        try (PgWireServer first = PgWireServer.start(anyPort, new ScriptedService())) {
            assertThatThrownBy(
                            () -> PgWireServer.start(PgWireConfiguration.loopback(first.port()), new ScriptedService())
                                    .close())
                    .isInstanceOfSatisfying(BindFailedException.class, e -> {
                        assertThat(e.reason()).isEqualTo(BindFailedException.Reason.ADDRESS_IN_USE);
                        assertThat(e.address().getPort()).isEqualTo(first.port());
                    });
        }
    }

    @Test
    void refusesTrustBeyondLoopback() {
        InetSocketAddress everywhere = new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 0);
        assertThatThrownBy(() -> anyPort.withAddress(everywhere, AuthenticationMethod.TRUST))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("loopback addresses only, which 0.0.0.0 is not");
        assertThat(anyPort.withAddress(everywhere, AuthenticationMethod.SCRAM_SHA_256)
                        .address())
                .isEqualTo(everywhere);
    }

    @Test
    void namesEverythingThatIsWrongAtOnce() {
        PgWireConfiguration.TlsFiles absent =
                new PgWireConfiguration.TlsFiles(Path.of("no-such.pem"), Path.of("no-such.key"));
        assertThatThrownBy(() -> new PgWireConfiguration(
                        anyPort.address(),
                        AuthenticationMethod.TRUST,
                        absent,
                        0,
                        10,
                        Duration.ZERO,
                        Duration.ofSeconds(-1),
                        0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "TLS certificate no-such.pem",
                        "TLS private key no-such.key",
                        "max connections 0",
                        "largest message 10",
                        "event loops 0",
                        "authentication timeout",
                        "drain timeout");
    }

    @Test
    void refusesClientsThatDoNotOpenTheirSessionInTime() {
        PgWireConfiguration impatient = anyPort.withTimeouts(Duration.ofMillis(50), Duration.ofSeconds(5));
        try (PgWireServer server = PgWireServer.start(impatient, new ScriptedService());
                WireClient silent = new WireClient(server.port())) {
            assertThat(silent.read())
                    .isEqualTo("ErrorResponse S=FATAL C=57014 M=canceling authentication due to timeout");
            assertThat(silent.read()).isEqualTo("Closed");
        }
    }

    @Test
    void givesPlacesBackWhenSessionsEnd() {
        try (PgWireServer server = PgWireServer.start(anyPort.withLimits(1, 100_000), new ScriptedService())) {
            for (int i = 0; i < 3; i++) {
                try (WireClient client = loginWhenThereIsAPlace(server)) {
                    client.say("Terminate");
                    assertThat(client.read()).isEqualTo("Closed");
                }
            }
        }
    }

    /** A place is given back just after its client saw the end: whoever comes too soon tries again. */
    private static WireClient loginWhenThereIsAPlace(PgWireServer server) {
        return org.awaitility.Awaitility.await()
                .ignoreExceptions()
                .until(() -> new WireClient(server.port()).login(), client -> true);
    }
}
