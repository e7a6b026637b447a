package dev.boreal.pgwire.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.clock.Chance;
import dev.boreal.pgwire.authentication.AuthenticationMethod;
import dev.boreal.pgwire.scripted.DamagedStreams;
import dev.boreal.pgwire.scripted.ScriptedService;
import dev.boreal.pgwire.scripted.WireClient;
import java.io.IOException;
import java.net.SocketException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** As {@code HostileInputTest}, over real sockets: the server goes on serving and forgets every one of them. */
class HostileClientsTest {
    private static final int CLIENTS = Integer.getInteger("boreal.hostile.clients", 500);

    @Test
    void servesOthersAfterEveryDamagedStream() throws IOException {
        for (AuthenticationMethod authentication : AuthenticationMethod.values()) {
            ScriptedService service = new ScriptedService();
            PgWireConfiguration configuration = PgWireConfiguration.loopback(0)
                    .withAuthentication(authentication)
                    .withLimits(50, 100_000);
            try (PgWireServer server = PgWireServer.start(configuration, service);
                    PgWireServer trusting = PgWireServer.start(PgWireConfiguration.loopback(0), service)) {
                for (int seed = 1; seed <= CLIENTS; seed++) {
                    boolean scram = authentication == AuthenticationMethod.SCRAM_SHA_256;
                    attack(server.port(), DamagedStreams.next(new Chance(seed), scram));
                }
                try (WireClient client = new WireClient(trusting.port()).login()) {
                    client.say("Query SELECT 1");
                    assertThat(client.readUntil("DataRow")).isEqualTo("DataRow 1");
                }
                Awaitility.await().until(() -> service.openSessions() == 0);
            }
        }
    }

    private static void attack(int port, byte[] stream) throws IOException {
        try (WireClient client = new WireClient(port)) {
            client.send(stream);
            client.endInput();
            while (client.socket().getInputStream().read() >= 0) {
                // Whatever it says, it ends.
            }
        } catch (SocketException e) {
            assertThat(e).hasMessageContaining("reset");
        }
    }
}
